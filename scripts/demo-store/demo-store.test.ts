import { readFileSync } from "node:fs";
import { pinyin } from "pinyin-pro";
import { describe, expect, test } from "vitest";
import { printItems } from "./build-items.ts";
import { demoCategories, demoItems } from "./generate.ts";
import type { DemoItem } from "./item.ts";

const resources = new URL("../../resources/demo-store/", import.meta.url);
const items = demoItems();
const categories = demoCategories();

function allBarcodes(item: DemoItem): readonly string[] {
  return [...item.barcodes, ...(item.pack ?? []).map((pack) => pack.barcode)];
}

/** Weighted sum over the whole code, check digit included: written apart from core's arithmetic, which the generator uses. */
function isValidGtin(code: string): boolean {
  const digits = Array.from(code.padStart(14, "0"), Number);
  return digits.reduce((sum, digit, at) => sum + (at % 2 === 0 ? digit * 3 : digit), 0) % 10 === 0;
}

function duplicates(values: readonly string[]): readonly string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

function hanCount(text: string): number {
  return text.match(/\p{Script=Han}/gu)?.length ?? 0;
}

describe("the demo store", () => {
  test("items.jsonl is exactly what the generator prints", () => {
    expect(readFileSync(new URL("items.jsonl", resources), "utf8")).toBe(printItems(items));
  });

  test("holds about 2,000 items, no two with the same name, SKU or scale code", () => {
    expect(items.length).toBeGreaterThan(1_900);
    expect(items.length).toBeLessThan(2_300);
    expect(duplicates(items.map((item) => item.sku))).toEqual([]);
    expect(duplicates(items.map((item) => item.zh))).toEqual([]);
    expect(duplicates(items.map((item) => item.en))).toEqual([]);
    expect(duplicates(items.flatMap((item) => item.scaleCode ?? []))).toEqual([]);
  });

  test("every SKU is six digits and every name is trimmed text in its own language", () => {
    for (const item of items) {
      expect(item.sku).toMatch(/^\d{6}$/);
      expect(item.en).toMatch(/^[^\s\p{Script=Han}](?:[^\p{Script=Han}]*[^\s\p{Script=Han}])?$/u);
      expect(item.zh).toMatch(/\p{Script=Han}|^M&M/u);
      expect(item.zh).toBe(item.zh.trim());
    }
  });
});

describe("barcodes", () => {
  test("are valid EAN-13 or EAN-8 under the Chinese prefixes 690 to 699", () => {
    const wrong = items.flatMap(allBarcodes).filter((code) => !/^69(?:\d{6}|\d{11})$/.test(code) || !isValidGtin(code));
    expect(wrong).toEqual([]);
  });

  test("the check above notices a wrong digit and two swapped digits", () => {
    expect(isValidGtin("6901234567892")).toBe(true);
    expect(isValidGtin("6901234567893")).toBe(false);
    expect(isValidGtin("6901234567829")).toBe(false);
  });

  test("belong to one item each, cartons included", () => {
    expect(duplicates(items.flatMap(allBarcodes))).toEqual([]);
  });

  test("come several to an item for about one in twenty, and short on some small packages", () => {
    const several = items.filter((item) => item.barcodes.length > 1).length;
    expect(several / items.length).toBeGreaterThan(0.03);
    expect(several / items.length).toBeLessThan(0.07);
    expect(items.filter((item) => item.barcodes.some((code) => code.length === 8)).length).toBeGreaterThan(10);
  });

  test("are missing on weighed items, which carry a scale code, and on a few that are tapped", () => {
    const weighed = items.filter((item) => item.unit === "kg");
    expect(weighed.length).toBeGreaterThanOrEqual(60);
    expect(weighed.filter((item) => item.barcodes.length > 0 || !/^\d{5}$/.test(item.scaleCode ?? ""))).toEqual([]);
    expect(items.filter((item) => item.unit === "piece" && item.scaleCode !== undefined)).toEqual([]);
    const tapped = items.filter((item) => item.unit === "piece" && item.barcodes.length === 0);
    expect(tapped.length).toBeGreaterThan(10);
    expect(tapped.length).toBeLessThan(60);
  });

  test("of cartons hold at least two pieces of an item that is scanned itself", () => {
    const packed = items.filter((item) => item.pack !== undefined);
    expect(packed.length).toBeGreaterThan(100);
    expect(packed.filter((item) => item.barcodes.length === 0 || item.pack?.some((pack) => pack.count < 2))).toEqual(
      [],
    );
  });
});

describe("categories, prices and names", () => {
  test("every category is used, no other is named, and its fields are in range", () => {
    const known = categories.map((category) => category.id);
    expect(duplicates(known)).toEqual([]);
    expect([...new Set(items.map((item) => item.category))].sort()).toEqual([...known].sort());
    expect(categories.map((category) => category.sort)).toEqual(categories.map((_, at) => at + 1));
    for (const category of categories) {
      expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(category.colour);
      expect(hanCount(category.zh)).toBe(category.zh.length);
      expect(category.en).toMatch(/^[A-Z]/);
    }
  });

  test("every price is a whole number of fen above nothing and below 5,000 yuan", () => {
    const implausible = items.filter(
      ({ priceFen }) => !Number.isSafeInteger(priceFen) || priceFen <= 0 || priceFen >= 500_000,
    );
    expect(implausible).toEqual([]);
  });

  test("every tax class is explained in store.json", () => {
    const store: unknown = JSON.parse(readFileSync(new URL("store.json", resources), "utf8"));
    const used = [...new Set(items.map((item) => item.taxClass))];
    expect(store).toMatchObject({
      zh: {
        name: expect.any(String),
        address: expect.any(String),
        phone: expect.any(String),
        footer: expect.any(String),
      },
      en: {
        name: expect.any(String),
        address: expect.any(String),
        phone: expect.any(String),
        footer: expect.any(String),
      },
      taxClasses: expect.arrayContaining(used.map((id): unknown => expect.objectContaining({ id }))),
    });
  });

  test("24 items are favourites, the shopping bag among them", () => {
    const favourites = items.filter((item) => item.favourite === true);
    expect(favourites).toHaveLength(24);
    expect(favourites.map((item) => item.zh)).toContain("购物袋大号 1个");
  });

  test("the initials kkkl find 可口可乐", () => {
    const found = items.filter((item) =>
      pinyin(item.zh, { pattern: "first", toneType: "none", type: "array" }).join("").startsWith("kkkl"),
    );
    expect(found.map((item) => item.zh)).toContain("可口可乐 500ml");
  });

  test("two names of 40 Chinese characters and an English one of 60 letters are there to test the layout", () => {
    expect(items.filter((item) => hanCount(item.zh) === 40)).toHaveLength(2);
    expect(items.filter((item) => item.en.length === 60)).toHaveLength(1);
    expect(items.filter((item) => hanCount(item.zh) > 40 || item.en.length > 60)).toEqual([]);
  });
});
