import { TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { useCategories, useSearch } from "../search/use-items.ts";
import type { PromotionForm } from "./form.ts";
import { usePromotionsText } from "./promotions-texts.ts";
import { itemsNamed } from "./use-promotions.ts";

/** Of what a search finds; a narrower one finds the rest. */
const mostFound = 6;
/** Articles one promotion names (contract/promotion). */
const mostSkus = 200;

/** Which goods: all of them, or categories and articles. */
export function ScopeFields(props: {
  readonly form: PromotionForm;
  readonly onChange: (part: Partial<PromotionForm>) => void;
}) {
  const { form, onChange } = props;
  const text = usePromotionsText();
  const locale = useLocale();
  const categories = useCategories();
  const { isForAll, categoryIds } = form;
  return (
    <fieldset className="promotion-scope">
      <legend>{text("scope")}</legend>
      <div className="promotion-chips">
        <Press data-testid="scope-all" aria-pressed={isForAll} onClick={() => onChange({ isForAll: !isForAll })}>
          {text("scope.all")}
        </Press>
        {!isForAll &&
          categories.map((category) => {
            const isIn = categoryIds.includes(category.id);
            const without = categoryIds.filter((id) => id !== category.id);
            return (
              <Press
                key={category.id}
                data-testid={`scope-${category.id}`}
                aria-pressed={isIn}
                onClick={() => onChange({ categoryIds: isIn ? without : [...categoryIds, category.id] })}
              >
                {localName(category, locale)}
              </Press>
            );
          })}
      </div>
      {!isForAll && <ScopeItems form={form} onChange={onChange} />}
    </fieldset>
  );
}

function ScopeItems(props: {
  readonly form: PromotionForm;
  readonly onChange: (part: Partial<PromotionForm>) => void;
}) {
  const { form, onChange } = props;
  const text = usePromotionsText();
  const locale = useLocale();
  const [wanted, setWanted] = useState("");
  const found = useSearch(wanted);
  const named = useNamedItems(form.skus);
  const add = (item: ItemView): void => {
    setWanted("");
    if (!form.skus.includes(item.sku) && form.skus.length < mostSkus) onChange({ skus: [...form.skus, item.sku] });
  };
  return (
    <>
      <TextInput
        label={text("scope.items")}
        size="md"
        data-testid="scope-search"
        value={wanted}
        maxLength={64}
        autoComplete="off"
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <div className="promotion-chips">
        {(found?.items ?? []).slice(0, mostFound).map((item) => (
          <Press key={item.sku} data-testid="scope-found" onClick={() => add(item)}>
            {localName(item, locale)}
          </Press>
        ))}
        {form.skus.map((sku) => {
          const item = named.find((one) => one.sku === sku);
          const name = item === undefined ? sku : localName(item, locale);
          return (
            <Press
              key={sku}
              data-testid="scope-item"
              aria-pressed
              aria-label={text("scope.remove", { name })}
              onClick={() => onChange({ skus: form.skus.filter((one) => one !== sku) })}
            >
              {name}
              <IconX size={16} aria-hidden />
            </Press>
          );
        })}
      </div>
    </>
  );
}

/** The articles by their numbers, as soon as they are found. */
function useNamedItems(skus: readonly string[]): readonly ItemView[] {
  const [items, setItems] = useState<readonly ItemView[]>([]);
  const all = skus.join("\n");
  useEffect(() => {
    let isCurrent = true;
    void itemsNamed(all === "" ? [] : all.split("\n")).then((found) => {
      if (isCurrent) setItems(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [all]);
  return items;
}
