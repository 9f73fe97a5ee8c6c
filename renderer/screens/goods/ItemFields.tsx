import type { CatalogDeskView } from "#contract/ipc/catalog-intents.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { CodesField } from "./CodesField.tsx";
import { useGoodsText } from "./goods-texts.ts";
import type { DraftFault, ItemDraft } from "./item-draft.ts";
import { nameOf } from "./names.ts";
import { TextField } from "./TextField.tsx";

/** Tax classes the till's own goods have; an item may have another, which stays to be chosen. */
const usualTaxClasses = ["general", "food", "exempt", "standard"];

interface Props {
  readonly draft: ItemDraft;
  readonly faults: readonly DraftFault[];
  readonly categories: CatalogDeskView["categories"];
  readonly change: (part: Partial<ItemDraft>) => void;
}

/** Everything an item is sold by; what is wrong has a red frame. */
export function ItemFields(props: Props) {
  const { draft, faults, change } = props;
  const text = useGoodsText();
  return (
    <>
      <NameFields {...props} />
      <ChoiceFields {...props} />
      <TextField
        name="scaleCode"
        label={text("field.scaleCode")}
        value={draft.scaleCode}
        most={16}
        isNumber
        onText={(scaleCode) => change({ scaleCode })}
      />
      <CodesField codes={draft.codes} isWrong={faults.includes("codes")} onCodes={(codes) => change({ codes })} />
      <label className="goods-check">
        <input
          type="checkbox"
          data-testid="item-favourite"
          checked={draft.isFavourite}
          onChange={(event) => change({ isFavourite: event.currentTarget.checked })}
        />
        {text("editor.favourite")}
      </label>
      {draft.unit === "piece" && <OpenPriceFields {...props} />}
    </>
  );
}

function NameFields({ draft, faults, change }: Props) {
  const text = useGoodsText();
  const field = (name: "nameZh" | "nameEn" | "sku" | "price", most: number) => ({
    ...{ name, most, value: draft[name], onText: (typed: string) => change({ [name]: typed }) },
    isWrong: name !== "nameEn" && faults.includes(name),
  });
  return (
    <>
      <TextField {...field("nameZh", 120)} label={text("field.nameZh")} isFirst={draft.sku !== ""} />
      <TextField {...field("nameEn", 160)} label={text("field.nameEn")} />
      <TextField {...field("sku", 64)} label={text("field.sku")} isFirst={draft.sku === ""} isReadOnly={!draft.isNew} />
      <TextField
        {...field("price", 16)}
        label={text(draft.unit === "kg" ? "editor.price.kg" : "field.price")}
        isNumber
      />
    </>
  );
}

/** 开放价: limits are asked for only where it is one. */
function OpenPriceFields({ draft, faults, change }: Props) {
  const text = useGoodsText();
  const limit = (name: "minPrice" | "maxPrice") => ({
    ...{ name, most: 12, isNumber: true, value: draft[name], isWrong: faults.includes(name) },
    ...{ label: text(`editor.${name}`), onText: (typed: string) => change({ [name]: typed }) },
  });
  return (
    <>
      <label className="goods-check">
        <input
          type="checkbox"
          data-testid="item-open-price"
          checked={draft.isOpenPrice}
          onChange={(event) => change({ isOpenPrice: event.currentTarget.checked })}
        />
        {text("editor.openPrice")}
      </label>
      {draft.isOpenPrice && <TextField {...limit("minPrice")} />}
      {draft.isOpenPrice && <TextField {...limit("maxPrice")} />}
    </>
  );
}

function ChoiceFields({ draft, faults, categories, change }: Props) {
  const text = useGoodsText();
  const locale = useLocale();
  const taxClasses = [...new Set([draft.taxClass, ...usualTaxClasses])].filter((name) => name !== "");
  const isKnown = categories.some(({ id }) => id === draft.categoryId);
  return (
    <>
      <label className="goods-field">
        <span>{text("field.unit")}</span>
        <select
          data-testid="item-unit"
          value={draft.unit}
          onChange={(event) => change({ unit: event.currentTarget.value === "kg" ? "kg" : "piece" })}
        >
          <option value="piece">{text("unit.piece")}</option>
          <option value="kg">{text("unit.kg")}</option>
        </select>
      </label>
      <label className="goods-field">
        <span>{text("field.category")}</span>
        <select
          data-testid="item-category"
          value={draft.categoryId}
          aria-invalid={faults.includes("categoryId")}
          onChange={(event) => change({ categoryId: event.currentTarget.value })}
        >
          {!isKnown && <option value={draft.categoryId}>{draft.categoryId}</option>}
          {categories.map((category) => (
            <option key={category.id} value={category.id}>
              {nameOf(category, locale)}
            </option>
          ))}
        </select>
      </label>
      <label className="goods-field">
        <span>{text("field.taxClass")}</span>
        <select
          data-testid="item-tax"
          value={draft.taxClass}
          onChange={(event) => change({ taxClass: event.currentTarget.value })}
        >
          {taxClasses.map((name) => (
            <option key={name} value={name}>
              {taxWords(name, text)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function taxWords(name: string, text: ReturnType<typeof useGoodsText>): string {
  switch (name) {
    case "general":
    case "food":
    case "exempt":
    case "standard":
      return text(`tax.${name}`);
    default:
      return name;
  }
}
