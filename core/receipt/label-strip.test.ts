import fc from "fast-check";
import { expect, test } from "vitest";
import type { ShelfLabel } from "#core/label/shelf-label.ts";
import { fen } from "#core/money/fen.ts";
import words from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };
import { labelStrip } from "./label-strip.ts";
import { layOut } from "./layout.ts";
import { displayWidth } from "./width.ts";

const tea: ShelfLabel = {
  ...{ sku: "A-1001", nameZh: "茉莉茶 500ml", nameEn: "Jasmine tea", unit: "piece", priceFen: fen(1280) },
  ...{ unitPrice: { priceFen: fen(256), per: "100ml" }, barcode: "6901234567892" },
  ...{ memberPriceFen: null, offer: null },
};
const zh = { ...words.label, itemName: "zh" } as const;
const lines = (label: ShelfLabel, columns: 48 | 32 = 32) =>
  layOut(labelStrip([label], zh, "2026-11-26"), columns).map((line) =>
    line.kind === "text" ? line.text.replaceAll(/ +/g, " ") : `${line.kind} ${"text" in line ? line.text : ""}`,
  );

test("a label has its name, the price, the price to compare by, the code, its number and the day it was printed", () => {
  expect(lines(tea)).toEqual([
    ...["茉莉茶 500ml", "￥12.80", "单价 每100毫升 ￥2.56", "barcode 6901234567892", "A-1001 2026-11-26"],
    "-".repeat(32),
  ]);
});

test("an offer is the large price, with its name, its last day and what it costs otherwise; members' price below", () => {
  const offer = { nameZh: "双十二", nameEn: "Sale", priceFen: fen(990), lastDay: "2026-12-12" };
  expect(lines({ ...tea, offer, memberPriceFen: fen(950), unitPrice: null, barcode: null })).toEqual([
    ...["茉莉茶 500ml", "促销 双十二", "有效期至 2026-12-12", "￥9.90", "原价 ￥12.80", "会员价 ￥9.50"],
    ...["A-1001 2026-11-26", "-".repeat(32)],
  ]);
});

test("an offer for several together leaves the price of one as it is", () => {
  const offer = { nameZh: "第二件半价", nameEn: "", priceFen: null, lastDay: null };
  expect(lines({ ...tea, offer }).slice(0, 4)).toEqual([
    ...["茉莉茶 500ml", "促销 第二件半价", "￥12.80", "单价 每100毫升 ￥2.56"],
  ]);
});

test("weighed goods say that the price is for a kilogram", () => {
  expect(lines({ ...tea, unit: "kg" })).toContain("￥12.80/kg");
});

test("no line is wider than the paper, whatever the goods are called and cost", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), fc.integer({ min: 0, max: 1_000_000_000 }), (name, price) => {
      const label = { ...tea, nameZh: name, nameEn: name, priceFen: fen(price), unit: "kg" as const };
      for (const line of layOut(labelStrip([label], zh, "2026-11-26"), 32)) {
        if (line.kind !== "text") continue;
        expect(displayWidth(line.text) * (line.style.widthTimes ?? 1)).toBeLessThanOrEqual(32);
      }
    }),
  );
});
