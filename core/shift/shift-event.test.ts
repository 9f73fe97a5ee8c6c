import { expect, it } from "vitest";
import { applyCartEvent } from "#core/cart/apply.ts";
import { type Cart, type CartLine, emptyCart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { pieces } from "#core/quantity/quantity.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import { assert } from "#core/result.ts";
import { saleFact } from "./shift-event.ts";

it("The discount of a sale is all that the shop gave up: on lines, by promotions, on the sale and as 抹零", () => {
  const line: CartLine = {
    ...{ id: "l", sku: "s", nameZh: "货", nameEn: "Thing", categoryId: null, taxClass: "general", barcode: null },
    ...{ source: "scan", unit: "piece", unitPriceFen: fen(1_003), quantity: pieces(2), labelAmountFen: null },
    discount: { kind: "amount", amountFen: fen(100) },
  };
  const added = applyCartEvent(emptyCart("sale"), { kind: "line-added", line });
  assert(added.ok, "one line fits");
  const cart: Cart = {
    ...added.value,
    ...{ rounding: "jiao", discount: { kind: "amount", amountFen: fen(50) } },
    promotions: [
      {
        ...{ promotionId: "p", nameZh: "促销", nameEn: "Promotion", level: "line" },
        shares: [{ lineId: "l", quantity: pieces(1), savedFen: fen(200) }],
      },
    ],
  };
  const totals = priceCart(cart);
  expect([totals.grossFen, totals.totalFen]).toEqual([2_006, 1_650]);
  const sale = completeSale({
    ...{ cart, totals, saleNumber: "T01-000001", terminalId: "T01", shiftId: "s", businessDate: "2026-03-01" },
    tenders: [{ kind: "static-code", tenderId: "t", amountFen: totals.totalFen, approvedBy: "m" }],
    ...{ cashier: { id: "c", name: "C" }, completedAt: "2026-03-01T10:00:00+08:00" },
  });
  assert(sale.ok, "it is covered");
  expect(saleFact(sale.value)).toMatchObject({ totalFen: 1_650, discountFen: 356, discountsFen: [100, 50] });
});
