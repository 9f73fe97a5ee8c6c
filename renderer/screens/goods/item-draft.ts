import type { CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";

/** An item as it stands in the fields of the page: texts, until they are saved. */
export interface ItemDraft {
  readonly isNew: boolean;
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly categoryId: string;
  readonly unit: "piece" | "kg";
  readonly price: string;
  readonly taxClass: string;
  readonly scaleCode: string;
  readonly isFavourite: boolean;
  /** 开放价; the limits are empty for none. */
  readonly isOpenPrice: boolean;
  readonly minPrice: string;
  readonly maxPrice: string;
  readonly codes: readonly { readonly barcode: string; readonly count: string }[];
}

/** A field that cannot be saved as it is. */
export type DraftFault = "sku" | "nameZh" | "price" | "categoryId" | "taxClass" | "codes" | "minPrice" | "maxPrice";

export function draftOf(item: CatalogItemView): ItemDraft {
  return {
    ...{ isNew: false, sku: item.sku, nameZh: item.nameZh, nameEn: item.nameEn, categoryId: item.categoryId },
    ...{ unit: item.unit, price: formatYuan(item.priceFen).replaceAll(",", ""), taxClass: item.taxClass },
    ...{ scaleCode: item.scaleCode ?? "", isFavourite: item.isFavourite },
    ...{ isOpenPrice: item.openPrice !== undefined, minPrice: limitText(item.openPrice?.minFen) },
    maxPrice: limitText(item.openPrice?.maxFen),
    codes: item.codes.map(({ barcode, count }) => ({ barcode, count: String(count) })),
  };
}

/** An item that is not there yet; one made of a scan goes by its barcode. */
export function newDraft(categoryId: string, barcode: string | null): ItemDraft {
  return {
    ...{ isNew: true, sku: barcode ?? "", nameZh: "", nameEn: "", categoryId, unit: "piece", price: "" },
    ...{ taxClass: "general", scaleCode: "", isFavourite: false, isOpenPrice: false, minPrice: "", maxPrice: "" },
    codes: barcode === null ? [] : [{ barcode, count: "1" }],
  };
}

/** What is saved of it, or every field that cannot be. Codes without a text are not there. */
export function itemOfDraft(draft: ItemDraft): IntentArgs<"save-item"> | readonly DraftFault[] {
  const price = parseYuan(draft.price);
  const codes = draft.codes
    .filter(({ barcode }) => barcode.trim() !== "")
    .map(({ barcode, count }) => ({ barcode: barcode.trim(), count: Number(count.trim()) }));
  const faults: DraftFault[] = [];
  for (const field of ["sku", "nameZh", "categoryId", "taxClass"] as const)
    if (draft[field].trim() === "") faults.push(field);
  if (!price.ok || price.value < 0) faults.push("price");
  if (codes.some(({ count }) => !Number.isInteger(count) || count < 1 || count > 10_000)) faults.push("codes");
  const minFen = limitOf(draft.minPrice);
  const maxFen = limitOf(draft.maxPrice);
  const isOpenPrice = draft.isOpenPrice && draft.unit === "piece";
  if (isOpenPrice && minFen === undefined) faults.push("minPrice");
  if (isOpenPrice && maxFen === undefined) faults.push("maxPrice");
  if (!price.ok || faults.length > 0) return faults;
  const { isNew, categoryId, unit, isFavourite } = draft;
  const [sku, nameZh, nameEn] = [draft.sku.trim(), draft.nameZh.trim(), draft.nameEn.trim()];
  const scaleCode = draft.scaleCode.trim() === "" ? null : draft.scaleCode.trim();
  const taxClass = draft.taxClass.trim();
  return {
    isNew,
    item: {
      ...{ sku, nameZh, nameEn, categoryId, unit, priceFen: price.value, taxClass, scaleCode, isFavourite, codes },
      ...(isOpenPrice ? { openPrice: { minFen: minFen ?? null, maxFen: maxFen ?? null } } : {}),
    },
  };
}

function limitText(limitFen: Fen | null | undefined): string {
  return limitFen === null || limitFen === undefined ? "" : formatYuan(limitFen).replaceAll(",", "");
}

/** Null for no limit; undefined for what is no price. */
function limitOf(typed: string): Fen | null | undefined {
  if (typed.trim() === "") return null;
  const limit = parseYuan(typed);
  return limit.ok && limit.value > 0 ? limit.value : undefined;
}
