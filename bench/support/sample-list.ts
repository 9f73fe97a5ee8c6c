import { closeSync, openSync, writeSync } from "node:fs";
import type { ImportRow } from "#main/store/catalog/import-items.ts";

/** Rows written at once. */
const rowsAtOnce = 5_000;

/** Writes goods sold by the piece as a list that a shop might bring: UTF-8, commas, Chinese headings. */
export function writeSampleList(
  path: string,
  rows: Iterable<ImportRow>,
  categoryNames: ReadonlyMap<string, string> = new Map(),
): void {
  const file = openSync(path, "w");
  let lines = ["货号,名称,英文名称,分类,单位,售价,条码,税率"];
  for (const { item, barcodes } of rows) {
    const { sku, nameZh, nameEn, categoryId, priceFen, taxClass } = item;
    const digits = String(priceFen).padStart(3, "0");
    const price = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
    const category = categoryNames.get(categoryId) ?? categoryId;
    lines.push([sku, nameZh, nameEn, category, "个", price, barcodes[0]?.barcode ?? "", taxClass].join(","));
    if (lines.length < rowsAtOnce) continue;
    writeSync(file, `${lines.join("\n")}\n`);
    lines = [];
  }
  writeSync(file, `${lines.join("\n")}\n`);
  closeSync(file);
}
