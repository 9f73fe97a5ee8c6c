import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useState, type ChangeEvent, type ReactNode } from "react";
import { fail, type Result } from "#core/result.ts";
import type { CategoriesAnswer } from "../../admin/shapes.ts";
import { send, type AskFault } from "../api-client.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { useWords } from "../texts.tsx";
import { fieldsOf, itemOf, limitFault, priceOf, wrongBarcode, type ItemFields, type ItemRow } from "./item-fields.ts";

interface Props {
  readonly storeCode: string;
  /** null: a new item. */
  readonly row: ItemRow | null;
  readonly categories: CategoriesAnswer | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** An item's own page: names, price and the next one, barcodes. What is wrong stands at its field. */
export function ItemForm({ storeCode, row, categories, onClose, onSaved }: Props) {
  const { text } = useWords();
  const [fields, setFields] = useState<ItemFields>(() => fieldsOf(row, categories));
  const set = (change: Partial<ItemFields>) => setFields((before) => ({ ...before, ...change }));
  const path = `/shops/${storeCode}/items/${encodeURIComponent(fields.id.trim())}`;

  const save = async (): Promise<Result<unknown, AskFault>> => {
    const item = itemOf(fields, row);
    if (item !== null) return send("PUT", path, item);
    return fail({ kind: "bad-request", status: 400, detail: text("item.see-fields"), retryAfter: null });
  };
  const remove = async () => {
    if (!(await send("DELETE", path)).ok) return;
    onSaved();
    onClose();
  };
  const removal: ReactNode = row !== null && (
    <Button color="red" onClick={() => void remove()} variant="subtle">
      {text("remove")}
    </Button>
  );
  return (
    <FormDialog
      extra={removal}
      onClose={onClose}
      onSave={save}
      onSaved={onSaved}
      save={text("save")}
      title={row === null ? text("item.add") : row.value.nameZh}
    >
      <Names categories={categories} fields={fields} isNew={row === null} set={set} />
      <Prices fields={fields} set={set} />
      {fields.unit === "piece" && <OpenPrice fields={fields} set={set} />}
      <Codes fields={fields} set={set} />
    </FormDialog>
  );
}

interface PartProps {
  readonly fields: ItemFields;
  readonly set: (change: Partial<ItemFields>) => void;
}

const quick = { transitionProps: { duration: 80 } };

function Names(props: PartProps & { readonly categories: CategoriesAnswer | null; readonly isNew: boolean }) {
  const { fields, set, categories, isNew } = props;
  const { text, locale } = useWords();
  const choices = (categories?.rows ?? []).map(({ id, value }) => ({
    value: id,
    label: locale === "en" && value.nameEn !== "" ? value.nameEn : value.nameZh,
  }));
  return (
    <>
      <div className="office-two">
        <TextInput
          data-autofocus={isNew || undefined}
          label={text("item.id")}
          maxLength={64}
          onChange={(event) => set({ id: event.currentTarget.value })}
          readOnly={!isNew}
          required
          value={fields.id}
        />
        <Select
          allowDeselect={false}
          comboboxProps={quick}
          data={choices}
          error={choices.length === 0 && text("item.no-category")}
          label={text("item.category")}
          onChange={(categoryId) => set({ categoryId: categoryId ?? "" })}
          required
          value={fields.categoryId}
        />
      </div>
      <TextInput
        data-autofocus={!isNew || undefined}
        label={text("item.name-zh")}
        maxLength={120}
        onChange={(event) => set({ nameZh: event.currentTarget.value })}
        required
        value={fields.nameZh}
      />
      <TextInput
        label={text("item.name-en")}
        maxLength={160}
        onChange={(event) => set({ nameEn: event.currentTarget.value })}
        value={fields.nameEn}
      />
    </>
  );
}

function Prices({ fields, set }: PartProps) {
  const { text } = useWords();
  const fault = (typed: string) => typed !== "" && priceOf(typed) === null && text("item.price-wrong");
  return (
    <>
      <div className="office-two">
        <TextInput
          error={fault(fields.price)}
          inputMode="decimal"
          label={text("item.price")}
          leftSection="¥"
          maxLength={16}
          onChange={(event) => set({ price: event.currentTarget.value })}
          required
          value={fields.price}
        />
        <Select
          allowDeselect={false}
          comboboxProps={quick}
          data={[
            { value: "piece", label: text("item.piece") },
            { value: "kg", label: text("item.kg") },
          ]}
          label={text("item.unit")}
          onChange={(unit) => set({ unit: unit === "kg" ? "kg" : "piece" })}
          value={fields.unit}
        />
      </div>
      <div className="office-two">
        <TextInput
          error={fault(fields.laterPrice)}
          inputMode="decimal"
          label={text("item.later-price")}
          leftSection="¥"
          maxLength={16}
          onChange={(event) => set({ laterPrice: event.currentTarget.value })}
          value={fields.laterPrice}
        />
        <TextInput
          label={text("item.later-from")}
          onChange={(event) => set({ laterFrom: event.currentTarget.value })}
          required={fields.laterPrice !== ""}
          type="datetime-local"
          value={fields.laterFrom}
        />
      </div>
    </>
  );
}

/** 开放价: limits are asked for only where it is one. */
function OpenPrice({ fields, set }: PartProps) {
  const { text } = useWords();
  const fault = limitFault(fields);
  const limit = (field: "minPrice" | "maxPrice") => {
    const words = fault?.kind === "crossed" ? text("item.limits-crossed") : text("item.limit-wrong");
    return {
      ...{ error: fault?.field === field && words, inputMode: "decimal" as const, leftSection: "¥", maxLength: 16 },
      ...{
        value: fields[field],
        onChange: (event: ChangeEvent<HTMLInputElement>) => set({ [field]: event.currentTarget.value }),
      },
    };
  };
  return (
    <>
      <Switch
        checked={fields.isOpenPrice}
        label={text("item.open-price-rule")}
        onChange={(event) => set({ isOpenPrice: event.currentTarget.checked })}
        size="md"
      />
      {fields.isOpenPrice && (
        <div className="office-two">
          <TextInput {...limit("minPrice")} label={text("item.min-price")} />
          <TextInput {...limit("maxPrice")} label={text("item.max-price")} />
        </div>
      )}
    </>
  );
}

function Codes({ fields, set }: PartProps) {
  const { text } = useWords();
  const wrong = wrongBarcode(fields.barcodes);
  return (
    <>
      <TextInput
        description={text("item.barcodes-rule")}
        error={wrong !== null && text("item.barcode-wrong", { barcode: wrong })}
        label={text("item.barcode")}
        maxLength={800}
        onChange={(event) => set({ barcodes: event.currentTarget.value })}
        value={fields.barcodes}
      />
      <div className="office-two">
        <TextInput
          label={text("item.scale-code")}
          maxLength={16}
          onChange={(event) => set({ scaleCode: event.currentTarget.value })}
          value={fields.scaleCode}
        />
        <Switch
          checked={fields.isFavourite}
          className="office-switch"
          label={text("item.favourite")}
          onChange={(event) => set({ isFavourite: event.currentTarget.checked })}
          size="md"
        />
      </div>
    </>
  );
}
