import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { shelfGoods } from "./shelf-goods.ts";
import { shelfLabels } from "./shelf-labels.ts";

interface DemoItem {
  readonly sku: string;
  readonly zh: string;
  readonly en: string;
  readonly priceFen: number;
  readonly barcodes: readonly string[];
  readonly scaleCode?: string;
}

const file = new URL("../../resources/demo-store/items.jsonl", import.meta.url);
const items = readFileSync(file, "utf8")
  .trimEnd()
  .split("\n")
  .map((line): DemoItem => JSON.parse(line));

test("everything on the shelf is an item of the demo store, by the same name, price and barcode", () => {
  for (const good of shelfGoods) {
    const item = items.find(({ sku }) => sku === good.sku);
    expect({ ...good, inStore: true }).toMatchObject({
      inStore: item !== undefined,
      nameZh: item?.zh,
      nameEn: item?.en,
      priceFen: item?.priceFen,
    });
    expect(item?.barcodes).toContain(good.barcode);
  }
});

test("the shelf's labels name weighed items, its unknown code is nobody's, and its misread one fails its check digit", () => {
  const text = (key: string): string => shelfLabels.find((label) => label.key === key)?.text ?? "";
  for (const key of ["amount", "weight", "both"]) {
    expect(hasValidCheckDigit(text(key))).toBe(true);
    expect(items.some(({ scaleCode }) => scaleCode === text(key).slice(2, 7))).toBe(true);
  }
  expect(hasValidCheckDigit(text("unknown"))).toBe(true);
  expect(items.some(({ barcodes }) => barcodes.includes(text("unknown")))).toBe(false);
  expect(hasValidCheckDigit(text("misread"))).toBe(false);
});
