import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { areLimitsOpen } from "#core/catalog/open-price.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import type { FeedItem } from "#contract/wire/feed.ts";
import type { CategoriesAnswer, ItemsAnswer } from "../../admin/shapes.ts";

export type ItemRow = ItemsAnswer["rows"][number];

/** An item as it is typed. */
export interface ItemFields {
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
  /** 开放价: the cashier types the price; of goods by the piece. */
  readonly isOpenPrice: boolean;
  /** Empty for no limit on that side. */
  readonly minPrice: string;
  readonly maxPrice: string;
}

export function fieldsOf(row: ItemRow | null, categories: CategoriesAnswer | null): ItemFields {
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
    isOpenPrice: item?.openPrice !== undefined,
    ...{ minPrice: limitField(item?.openPrice?.minFen), maxPrice: limitField(item?.openPrice?.maxFen) },
  };
}

/** The item, or null while a price, a limit or a barcode is wrong. What the form does not show stays as it was. */
export function itemOf(fields: ItemFields, row: ItemRow | null): FeedItem | null {
  const priceFen = priceOf(fields.price);
  const laterFen = fields.laterPrice === "" ? null : priceOf(fields.laterPrice);
  const isLaterMissing = fields.laterPrice !== "" && laterFen === null;
  if (priceFen === null || isLaterMissing || wrongBarcode(fields.barcodes) !== null) return null;
  const openPrice = openPriceOf(fields);
  if (openPrice === null) return null;
  const before = row?.value;
  const countOf = new Map(before?.barcodes.map(({ barcode, count }) => [barcode, count]));
  const [, ...furtherPrices] = before?.pricesFrom ?? [];
  const later = laterFen === null ? [] : [{ validFrom: new Date(fields.laterFrom).toISOString(), priceFen: laterFen }];
  return {
    ...{ nameZh: fields.nameZh.trim(), nameEn: fields.nameEn.trim(), categoryId: fields.categoryId, unit: fields.unit },
    ...{ priceFen, taxClass: before?.taxClass ?? "standard", isFavourite: fields.isFavourite },
    scaleCode: fields.scaleCode.trim() === "" ? null : fields.scaleCode.trim(),
    ...openPrice,
    barcodes: barcodesOf(fields.barcodes).map((barcode) => ({ barcode, count: countOf.get(barcode) ?? 1 })),
    pricesFrom: [...later, ...furtherPrices],
  };
}

/** Yuan as typed; null where it is no price. */
export function priceOf(typed: string): Fen | null {
  const read = parseYuan(typed);
  return read.ok && read.value >= 0 ? read.value : null;
}

/** What is wrong with the limits of an open price. Null where nothing is, and where there is no open price. */
export function limitFault(
  fields: Pick<ItemFields, "unit" | "isOpenPrice" | "minPrice" | "maxPrice">,
): { readonly field: "minPrice" | "maxPrice"; readonly kind: "no-price" | "crossed" } | null {
  if (!fields.isOpenPrice || fields.unit === "kg") return null;
  const [minFen, maxFen] = [limitOf(fields.minPrice), limitOf(fields.maxPrice)];
  if (minFen === undefined) return { field: "minPrice", kind: "no-price" };
  if (maxFen === undefined) return { field: "maxPrice", kind: "no-price" };
  return areLimitsOpen({ minFen, maxFen }) ? null : { field: "maxPrice", kind: "crossed" };
}

/** As the feed carries it: nothing for a price of its own, null while a limit is wrong. */
function openPriceOf(fields: ItemFields): Pick<FeedItem, "openPrice"> | null {
  if (!fields.isOpenPrice || fields.unit === "kg") return {};
  const [minFen, maxFen] = [limitOf(fields.minPrice), limitOf(fields.maxPrice)];
  if (minFen === undefined || maxFen === undefined || limitFault(fields) !== null) return null;
  return { openPrice: { minFen, maxFen } };
}

/** Null for no limit; undefined for what is no price, or nothing. */
function limitOf(typed: string): Fen | null | undefined {
  if (typed.trim() === "") return null;
  const limit = priceOf(typed);
  return limit !== null && limit > 0 ? limit : undefined;
}

function limitField(limitFen: number | null | undefined): string {
  return limitFen === null || limitFen === undefined ? "" : formatYuan(fen(limitFen));
}

/** The first barcode whose check digit is wrong; null where all are right. */
export function wrongBarcode(typed: string): string | null {
  const isWrong = (code: string) => /^(?:\d{8}|\d{12,14})$/.test(code) && !hasValidCheckDigit(code);
  return barcodesOf(typed).find(isWrong) ?? null;
}

function barcodesOf(typed: string): readonly string[] {
  return [...new Set(typed.split(/[\s,;、]+/u).filter((code) => code !== ""))];
}

/** "2026-12-01T00:00" in this browser's zone. */
function localField(validFrom: string): string {
  const at = new Date(validFrom);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
