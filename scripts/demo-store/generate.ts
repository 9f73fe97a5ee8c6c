/**
 * Writes resources/demo-store/items.jsonl from the catalogue texts beside this file and categories.json.
 * `node scripts/demo-store/generate.ts` writes, `--print` prints to standard output instead.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { buildItems, printItems } from "./build-items.ts";
import type { DemoCategory, DemoItem } from "./item.ts";

const resources = new URL("../../resources/demo-store/", import.meta.url);
const itemsFile = new URL("items.jsonl", resources);

/** The categories as they stand in resources/demo-store/categories.json, which is edited by hand. */
export function demoCategories(): readonly DemoCategory[] {
  // Our own committed file; demo-store.test.ts checks its every field.
  return JSON.parse(readFileSync(new URL("categories.json", resources), "utf8")) as readonly DemoCategory[];
}

/** The demo store's items, built afresh from the catalogue. */
export function demoItems(): readonly DemoItem[] {
  return buildItems(demoCategories(), (categoryId) =>
    readFileSync(new URL(`catalogue/${categoryId}.txt`, import.meta.url), "utf8"),
  );
}

if (import.meta.main) {
  const text = printItems(demoItems());
  if (process.argv.includes("--print")) process.stdout.write(text);
  else writeFileSync(itemsFile, text);
}
