import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { categoryListSchema, type ItemLine, itemLineSchema, peopleListSchema } from "#contract/config/store-folder.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { FeedChange } from "../feed/feed-change.ts";

/** As much as a price list may be: a whole shop's goods are half a megabyte. */
const mostFileBytes = 8 * 1_048_576;

export interface StoreFolder {
  readonly catalog: readonly FeedChange[];
  readonly people: readonly FeedChange[];
}

/** The goods and people of a folder such as resources/demo-store, or where in it something is wrong. */
export function readStoreFolder(directory: string): Result<StoreFolder, string> {
  const categories = parsed(join(directory, "categories.json"), categoryListSchema);
  if (!categories.ok) return categories;
  const items = readItems(join(directory, "items.jsonl"));
  if (!items.ok) return items;
  const people = parsed(join(directory, "people.json"), peopleListSchema);
  if (!people.ok) return people;
  return ok({
    catalog: [
      ...categories.value.map(({ id, zh, en, colour, sort }): FeedChange => ({
        ...{ kind: "category", id, value: { nameZh: zh, nameEn: en, colour, sort } },
      })),
      ...items.value.map(itemOf),
    ],
    people: people.value.map(({ id, name, role }): FeedChange => ({ kind: "person", id, value: { name, role } })),
  });
}

function itemOf(line: ItemLine): FeedChange {
  const { sku, zh, en, category, unit, priceFen, barcodes, pack = [], scaleCode = null, taxClass, favourite } = line;
  const value = {
    ...{ nameZh: zh, nameEn: en, categoryId: category, unit, priceFen, taxClass, scaleCode },
    ...{ isFavourite: favourite ?? false, pricesFrom: [] },
    barcodes: [...barcodes.map((barcode) => ({ barcode, count: 1 })), ...pack],
  };
  return { kind: "item", id: sku, value };
}

function readItems(file: string): Result<readonly ItemLine[], string> {
  const text = read(file);
  if (!text.ok) return text;
  const lines: ItemLine[] = [];
  for (const [index, line] of text.value.split("\n").entries()) {
    if (line === "") continue;
    const one = judged(`${file}:${index + 1}`, line, itemLineSchema);
    if (!one.ok) return one;
    lines.push(one.value);
  }
  return ok(lines);
}

function parsed<T>(file: string, schema: z.ZodType<T>): Result<T, string> {
  const text = read(file);
  return text.ok ? judged(file, text.value, schema) : text;
}

function judged<T>(where: string, text: string, schema: z.ZodType<T>): Result<T, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(`${where}: not JSON`);
  }
  const right = schema.safeParse(value);
  return right.success ? ok(right.data) : fail(`${where}: ${z.prettifyError(right.error)}`);
}

function read(file: string): Result<string, string> {
  try {
    return statSync(file).size > mostFileBytes ? fail(`${file}: too large`) : ok(readFileSync(file, "utf8"));
  } catch (error) {
    return fail(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
