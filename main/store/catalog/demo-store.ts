import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { categoryListSchema, type ItemLine, itemLineSchema } from "#contract/config/store-folder.ts";
import type { Category } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ImportReport, ImportRow } from "./import-items.ts";
import type { OpenCatalogStore } from "./open-catalog-store.ts";

export interface SeedFault {
  readonly kind: "unreadable";
  readonly file: string;
  /** From 1; 0 for the whole file. */
  readonly line: number;
  readonly detail: string;
}

/** Fills the catalogue from `items.jsonl` and `categories.json` in `directory`; nothing is written when one is wrong. */
export async function seedFromDemoStore(
  catalog: Pick<OpenCatalogStore, "importItems" | "importCategories">,
  directory: string,
  onProgress: (itemsDone: number) => void = () => {},
): Promise<Result<ImportReport, SeedFault>> {
  const categories = readCategories(join(directory, "categories.json"));
  if (!categories.ok) return categories;
  const rows = readItems(join(directory, "items.jsonl"));
  if (!rows.ok) return rows;
  catalog.importCategories(categories.value);
  return ok(await catalog.importItems(rows.value, onProgress));
}

function readCategories(file: string): Result<readonly Category[], SeedFault> {
  const parsed = categoryListSchema.safeParse(readJson(() => readFileSync(file, "utf8")));
  if (!parsed.success) return fail({ kind: "unreadable", file, line: 0, detail: z.prettifyError(parsed.error) });
  const sorted = parsed.data.toSorted((a, b) => a.sort - b.sort);
  return ok(sorted.map(({ id, zh, en, colour }) => ({ id, nameZh: zh, nameEn: en, colour })));
}

function readItems(file: string): Result<readonly ImportRow[], SeedFault> {
  let lines: readonly string[];
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch (error) {
    return fail({ kind: "unreadable", file, line: 0, detail: String(error) });
  }
  const rows: ImportRow[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const parsed = itemLineSchema.safeParse(readJson(() => line));
    if (!parsed.success) {
      return fail({ kind: "unreadable", file, line: index + 1, detail: z.prettifyError(parsed.error) });
    }
    rows.push(rowOf(parsed.data));
  }
  return ok(rows);
}

/** The value of a JSON text, or undefined, which no schema here accepts. */
function readJson(read: () => string): unknown {
  try {
    return JSON.parse(read());
  } catch {
    return undefined;
  }
}

function rowOf(line: ItemLine): ImportRow {
  const {
    sku,
    zh,
    en,
    category,
    unit,
    priceFen,
    barcodes,
    pack = [],
    scaleCode = null,
    taxClass,
    favourite = false,
  } = line;
  const item = {
    sku,
    nameZh: zh,
    nameEn: en,
    categoryId: category,
    unit,
    priceFen: fen(priceFen),
    taxClass,
    scaleCode,
  };
  return {
    item: { ...item, isFavourite: favourite },
    barcodes: [...barcodes.map((barcode) => ({ barcode, count: 1 })), ...pack],
  };
}
