import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { fail, type Result } from "#core/result.ts";
import type { FeedItem } from "#contract/wire/feed.ts";
import type { CategoriesAnswer, ItemsAnswer } from "../../admin/shapes.ts";
import { send, type AskFault } from "../api-client.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { useWords } from "../texts.tsx";

export type ItemRow = ItemsAnswer["rows"][number];

interface Props {
  readonly storeCode: string;
  /** null: a new item. */
  readonly row: ItemRow | null;
  readonly categories: CategoriesAnswer | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

interface Fields {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly categoryId: string;
  readonly unit: "piece" | "kg";
  readonly price: string;
  readonly laterPrice: string;
  /** As the browser's own field has it: local time without a zone. */
  readonly laterFrom: string;
  readonly barcodes: string;
  readonly scaleCode: string;
  readonly isFavourite: boolean;
}

/** An item's own page: names, price and the next one, barcodes. What is wrong stands at its field. */
export function ItemForm({ storeCode, row, categories, onClose, onSaved }: Props) {
  const { text, locale } = useWords();
  const [fields, setFields] = useState<Fields>(() => fieldsOf(row, categories));
  const set = (change: Partial<Fields>) => setFields((before) => ({ ...before, ...change }));
  const price = parseYuan(fields.price);
  const later = fields.laterPrice === "" ? null : parseYuan(fields.laterPrice);
  const wrongBarcode = barcodesOf(fields.barcodes).find(
    (code) => /^(?:\d{8}|\d{12,14})$/.test(code) && !hasValidCheckDigit(code),
  );
  const path = `/shops/${storeCode}/items/${encodeURIComponent(fields.id.trim())}`;

  const save = async (): Promise<Result<unknown, AskFault>> => {
    const isLaterRight = later === null || (later.ok && later.value >= 0);
    if (!price.ok || price.value < 0 || !isLaterRight || wrongBarcode !== undefined)
      return fail({ kind: "bad-request", status: 400, detail: text("item.see-fields"), retryAfter: null });
    const laterFen = later?.ok === true ? later.value : null;
    return send("PUT", path, itemOf(fields, row, price.value, laterFen));
  };
  const remove = async () => {
    if (!(await send("DELETE", path)).ok) return;
    onSaved();
    onClose();
  };
  const priceFault = (typed: string, read: ReturnType<typeof parseYuan> | null) =>
    typed !== "" && read !== null && (!read.ok || read.value < 0) && text("item.price-wrong");
  return (
    <FormDialog
      extra={
        row !== null && (
          <Button color="red" onClick={() => void remove()} variant="subtle">
            {text("remove")}
          </Button>
        )
      }
      onClose={onClose}
      onSave={save}
      onSaved={onSaved}
      save={text("save")}
      title={row === null ? text("item.add") : row.value.nameZh}
    >
      <div className="office-two">
        <TextInput
          data-autofocus={row === null}
          label={text("item.id")}
          maxLength={64}
          onChange={(event) => set({ id: event.currentTarget.value })}
          readOnly={row !== null}
          required
          value={fields.id}
        />
        <Select
          allowDeselect={false}
          comboboxProps={{ transitionProps: { duration: 80 } }}
          data={(categories?.rows ?? []).map(({ id, value }) => ({
            value: id,
            label: locale === "en" && value.nameEn !== "" ? value.nameEn : value.nameZh,
          }))}
          error={categories?.rows.length === 0 && text("item.no-category")}
          label={text("item.category")}
          onChange={(categoryId) => set({ categoryId: categoryId ?? "" })}
          required
          value={fields.categoryId}
        />
      </div>
      <TextInput
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
      <div className="office-two">
        <TextInput
          error={priceFault(fields.price, price)}
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
          comboboxProps={{ transitionProps: { duration: 80 } }}
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
          error={priceFault(fields.laterPrice, later)}
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
      <TextInput
        description={text("item.barcodes-rule")}
        error={wrongBarcode !== undefined && text("item.barcode-wrong", { barcode: wrongBarcode })}
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
    </FormDialog>
  );
}

function fieldsOf(row: ItemRow | null, categories: CategoriesAnswer | null): Fields {
  const item = row?.value;
  const [later] = item?.pricesFrom ?? [];
  return {
    ...{ id: row?.id ?? "", nameZh: item?.nameZh ?? "", nameEn: item?.nameEn ?? "", unit: item?.unit ?? "piece" },
    categoryId: item?.categoryId ?? categories?.rows[0]?.id ?? "",
    price: item === undefined ? "" : formatYuan(fen(item.priceFen)),
    laterPrice: later === undefined ? "" : formatYuan(fen(later.priceFen)),
    laterFrom: later === undefined ? "" : localField(later.validFrom),
    barcodes: item?.barcodes.map(({ barcode }) => barcode).join(" ") ?? "",
    ...{ scaleCode: item?.scaleCode ?? "", isFavourite: item?.isFavourite ?? false },
  };
}

function itemOf(fields: Fields, row: ItemRow | null, priceFen: Fen, laterFen: Fen | null): FeedItem {
  const before = row?.value;
  const countOf = new Map(before?.barcodes.map(({ barcode, count }) => [barcode, count]));
  const [, ...furtherPrices] = before?.pricesFrom ?? [];
  return {
    ...{ nameZh: fields.nameZh.trim(), nameEn: fields.nameEn.trim(), categoryId: fields.categoryId, unit: fields.unit },
    ...{ priceFen, taxClass: before?.taxClass ?? "standard", isFavourite: fields.isFavourite },
    scaleCode: fields.scaleCode.trim() === "" ? null : fields.scaleCode.trim(),
    barcodes: barcodesOf(fields.barcodes).map((barcode) => ({ barcode, count: countOf.get(barcode) ?? 1 })),
    pricesFrom:
      laterFen === null
        ? furtherPrices
        : [{ validFrom: new Date(fields.laterFrom).toISOString(), priceFen: laterFen }, ...furtherPrices],
  };
}

function barcodesOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;、]+/u).filter((code) => code !== ""))];
}

/** "2026-12-01T00:00" in this browser's zone. */
function localField(validFrom: string): string {
  const at = new Date(validFrom);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
