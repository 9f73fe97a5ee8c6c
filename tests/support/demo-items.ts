import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "#scripts/electron-runtime.ts";

export interface DemoItem {
  readonly sku: string;
  readonly zh: string;
  readonly en: string;
  readonly priceFen: number;
  readonly barcodes: readonly string[];
}

/** The first `count` items of the demo store that are sold by the piece, each with its first barcode. */
export function demoItems(count: number): readonly (DemoItem & { readonly barcode: string })[] {
  const lines = readFileSync(join(projectRoot, "resources/demo-store/items.jsonl"), "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as DemoItem)
    .flatMap((item) => (item.barcodes[0] === undefined ? [] : [{ ...item, barcode: item.barcodes[0] }]))
    .slice(0, count);
}
