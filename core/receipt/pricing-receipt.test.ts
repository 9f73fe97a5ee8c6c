import { expect, test } from "vitest";
import type { Cart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { withPromotions } from "#core/promotion/evaluate.ts";
import { preparePromotions } from "#core/promotion/prepare.ts";
import { basket, goods, noon, onSkus, promotion } from "#core/promotion/testing-basket.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import { savedFen } from "#core/sale/saved.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { TaxRates } from "#core/tax/tax-breakdown.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { layOut } from "./layout.ts";
import { saleReceipt } from "./sale-receipt.ts";

const store = { name: "小店", address: "", phone: "", footer: "" };
const options = { copy: false, training: false, journalHash: "", qrText: "" };
const rates: TaxRates = [
  { taxClass: "standard", basisPoints: 1_300 },
  { taxClass: "reduced", basisPoints: 900 },
];

function sell(cart: Cart, taxRates?: TaxRates): Sale {
  const totals = priceCart(cart);
  const { totalFen } = totals;
  const completed = completeSale({
    ...{ cart, totals, saleNumber: "T01-000001", terminalId: "T01", shiftId: "s" },
    tenders: [{ kind: "cash", tenderId: "t", amountFen: totalFen, receivedFen: totalFen, changeFen: fen(0) }],
    cashier: { id: "c", name: "王芳" },
    ...{ completedAt: "2026-11-25T12:00:00+08:00", businessDate: "2026-11-25" },
    ...(taxRates === undefined ? {} : { taxRates }),
  });
  if (!completed.ok) throw new Error(JSON.stringify(completed.fault));
  return completed.value;
}

/** What stands between the two first rules and below the second, on 58 mm paper. */
function priced(sale: Sale, locale: "zh-CN" | "en"): readonly string[] {
  const lines = layOut(saleReceipt(sale, receiptTexts(locale).sale, store, options), 32).map((line) =>
    line.kind === "text" ? line.text : `<${line.kind}>`,
  );
  return lines.slice(lines.indexOf("-".repeat(32)) + 1, lines.lastIndexOf("-".repeat(32)));
}

const half = promotion(
  "half",
  { kind: "nth-off", every: 2, basisPoints: 5_000 },
  { nameZh: "第二件半价", nameEn: "Second at half", scope: onSkus("可乐") },
);
const spend = promotion(
  "spend",
  { kind: "spend-off", thresholdFen: fen(1_000), amountFen: fen(100), isRepeated: false },
  { nameZh: "满10减1", nameEn: "1 off 10" },
);
const cart: Cart = {
  ...basket(
    goods("可乐", 350, pieces(2)),
    goods("苹果", 1_299, milli(845), { unit: "kg", taxClass: "reduced" }),
    goods("薯片", 500, pieces(1), { override: { fromFen: fen(650), reason: "临期", approvedBy: null } }),
  ),
  rounding: "jiao",
};
const promotedSale = sell(withPromotions(cart, preparePromotions([half, spend]), noon), rates);

test("says of every line why it costs what it costs, what was saved in all, and the tax by rate", () => {
  // 7.00 − 1.75; 10.98; 5.00 instead of 6.50: 21.23, less 1.00 and 0.03. Saved: 1.50 + 1.75 + 1.00 + 0.03.
  expect(priced(promotedSale, "zh-CN")).toEqual(
    [
      "可乐",
      "  2 × 3.50                 7.00",
      "  第二件半价               -1.75",
      "苹果",
      "  0.845kg × 12.99         10.98",
      "薯片",
      "  1 × 5.00                 5.00",
      "  原价 6.50",
      "-".repeat(32),
      "件数                           4",
      "小计                       21.23",
      "满10减1                    -1.00",
      "抹零                       -0.03",
      "合计     ￥20.20",
      "共优惠                   ￥4.28",
      "其中税额 13% (9.75)         1.12",
      "其中税额 9% (10.45)         0.86",
      "现金                    ￥20.20",
    ].map((line) =>
      expect.stringMatching(
        new RegExp(`^${line.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/ {2,}/g, " +")}$`),
      ),
    ),
  );
  expect(savedFen(promotedSale)).toBe(428);
});

test("speaks English where the shop does", () => {
  const lines = priced(promotedSale, "en").join("\n");
  for (const words of ["Second at half", "1 off 10", "Was 6.50", "You save", "Incl. tax 13% (9.75)"]) {
    expect(lines).toContain(words);
  }
});

test("no line is wider than its paper, whatever the promotion is called", () => {
  const long = { ...half, nameZh: "很".repeat(40) };
  const sale = sell(withPromotions(cart, preparePromotions([long]), noon), rates);
  for (const columns of [32, 42, 48] as const) {
    const lines = layOut(saleReceipt(sale, receiptTexts("zh-CN").sale, store, options), columns);
    const widths = lines.map((line) =>
      line.kind === "text" ? [...line.text].reduce((sum, one) => sum + (one > "\u2e7f" ? 2 : 1), 0) : 0,
    );
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
  }
});

test("a sale with nothing of it in it is the sale it always was", () => {
  const sale = sell(basket(goods("可乐", 350)));
  for (const key of ["promotionFen", "promotions", "coupons", "isMember", "taxes"])
    expect(sale).not.toHaveProperty(key);
  expect(sale.lines[0]).not.toHaveProperty("amountRule");
  expect(priced(sale, "zh-CN").join("\n")).not.toContain("共优惠");
});

test("a part of a promoted line is worth what was paid for it: the shares of its pieces sum to the line", () => {
  const [colas] = promotedSale.lines;
  expect(colas).toMatchObject({ grossFen: 700, promotionFen: 175 + 25, netFen: 499, amountRule: "half-up" });
  expect(promotedSale.lines.reduce((sum, line) => sum + line.netFen, 0)).toBe(promotedSale.totalFen);
});
