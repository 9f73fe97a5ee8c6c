import type { Cart, CartLine } from "#core/cart/cart.ts";
import { type Fen, fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeSale, type SaleFacts } from "./complete-sale.ts";
import type { Tender } from "./sale.ts";

function line(id: string, more: Partial<CartLine> = {}): CartLine {
  return {
    ...{ id, sku: id, nameZh: "农夫山泉", nameEn: "Water", categoryId: null, taxClass: "standard", barcode: null },
    ...{
      source: "scan",
      unit: "piece",
      unitPriceFen: fen(200),
      quantity: pieces(1),
      labelAmountFen: null,
      discount: null,
    },
    ...more,
  };
}

const cart: Cart = {
  saleId: "sale-1",
  lines: [
    line("a", { quantity: pieces(3) }),
    line("b", { unit: "kg", quantity: milli(845), unitPriceFen: fen(1_299) }),
  ],
  discount: { kind: "percent", basisPoints: 1_000 },
  rounding: "jiao",
  currentLineId: "b",
};

function cash(amountFen: Fen, receivedFen: Fen = amountFen): Tender {
  return { kind: "cash", tenderId: "c", amountFen, receivedFen, changeFen: fen(receivedFen - amountFen) };
}

function facts(tenders: readonly Tender[], of: Cart = cart): SaleFacts {
  return {
    ...{ cart: of, totals: priceCart(of), tenders, saleNumber: "T01-000042", terminalId: "T01", shiftId: "shift-1" },
    ...{ cashier: { id: "u1", name: "小王" }, completedAt: "2026-11-22T19:32:05+08:00", businessDate: "2026-11-22" },
  };
}

describe("completing a sale", () => {
  it("fixes every line's money and every total", () => {
    const result = completeSale(facts([cash(fen(1_520), fen(2_000))]));
    expect(result).toMatchObject({
      ok: true,
      value: { totalFen: 1_520, changeFen: 480, pieceCount: 4, rounding: "jiao" },
    });
    if (!result.ok) return;
    expect(result.value.lines.map(({ lineNumber, netFen }) => [lineNumber, netFen]).length).toBe(2);
    expect(result.value.lines.reduce((sum, { netFen }) => sum + netFen, 0)).toBe(1_520);
    expect(result.value).not.toHaveProperty("currentLineId");
  });

  it.each([
    [1_519, 1],
    [1_521, -1],
  ])("is refused when tenders of %i fen leave %i", (tendered, leftFen) => {
    const fault = { kind: "tenders-differ", leftFen };
    expect(completeSale(facts([cash(fen(tendered))]))).toEqual({ ok: false, fault });
  });

  it("is refused for an empty cart", () => {
    expect(completeSale(facts([], { ...cart, lines: [] }))).toEqual({ ok: false, fault: { kind: "nothing-sold" } });
  });

  it("breaks loudly on totals of another cart or change that does not add up", () => {
    const tenders = [cash(fen(1_520))];
    const otherTotals = priceCart({ ...cart, lines: cart.lines.toReversed() });
    expect(() => completeSale({ ...facts(tenders), totals: otherTotals })).toThrow("broken promise");
    const wrongChange: Tender = { ...cash(fen(1_520), fen(2_000)), changeFen: fen(500) } as Tender; // still a cash tender
    expect(() => completeSale(facts([wrongChange]))).toThrow("broken promise");
  });

  it("always sums lines and tenders to the total", () => {
    const amounts = fc.record({ price: fc.integer({ min: 0, max: 100_000 }), count: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(fc.array(amounts, { minLength: 1 }), fc.integer({ min: 0, max: 10_000 }), (goods, basisPoints) => {
        const lines = goods.map(({ price, count }, index) => {
          return line(String(index), { unitPriceFen: fen(price), quantity: pieces(count) });
        });
        const some: Cart = { ...cart, lines, discount: { kind: "percent", basisPoints } };
        const { totalFen } = priceCart(some);
        const result = completeSale(facts(totalFen === 0 ? [] : [cash(totalFen)], some));
        expect(result).toMatchObject({ ok: true, value: { totalFen } });
      }),
    );
  });
});
