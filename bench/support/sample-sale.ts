import { applyCartEvent } from "#core/cart/apply.ts";
import { type Cart, type CartLine, emptyCart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { assert } from "#core/result.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import type { Shift } from "#core/shift/shift.ts";
import type { TaxRates } from "#core/tax/tax-breakdown.ts";

/** The terminal of every sample. */
export const sampleTerminalId = "T01";

export const sampleShift: Shift = {
  shiftId: "shift-1",
  openedAt: "2026-03-02T08:00:00+08:00",
  openedBy: "c1",
  openedByName: "王芳",
  businessDate: "2026-03-02",
  floatFen: fen(30_000),
  closedAt: null,
};

/** A cart of `lineCount` different things; the same arguments always give the same cart. */
export function sampleCart(saleId: string, lineCount: number): Cart {
  let cart = emptyCart(saleId);
  for (let index = 0; index < lineCount; index += 1) {
    const added = applyCartEvent(cart, { kind: "line-added", line: sampleLine(saleId, index) });
    assert(added.ok, "a sample line fits");
    cart = added.value;
  }
  return cart;
}

/** A finished sale of `lineCount` lines, paid in cash unless `tenders` says otherwise. */
export function sampleSale(facts: {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly lineCount: number;
  readonly cart?: Cart;
  readonly tenders?: readonly Tender[];
  readonly completedAt?: string;
  readonly businessDate?: string;
  readonly shiftId?: string;
  readonly taxRates?: TaxRates;
}): Sale {
  const cart = facts.cart ?? sampleCart(facts.saleId, facts.lineCount);
  const totals = priceCart(cart);
  const sale = completeSale({
    cart,
    totals,
    tenders: facts.tenders ?? [cashFor(facts.saleId, totals.totalFen)],
    saleNumber: facts.saleNumber,
    terminalId: sampleTerminalId,
    shiftId: facts.shiftId ?? sampleShift.shiftId,
    cashier: { id: sampleShift.openedBy, name: sampleShift.openedByName },
    completedAt: facts.completedAt ?? "2026-03-02T09:15:00+08:00",
    businessDate: facts.businessDate ?? sampleShift.businessDate,
    ...(facts.taxRates === undefined ? {} : { taxRates: facts.taxRates }),
  });
  assert(sale.ok, "a sample sale completes");
  return sale.value;
}

/** Cash handed over in whole ten-yuan notes. */
export function cashFor(saleId: string, totalFen: number): Tender {
  const receivedFen = totalFen + ((1000 - (totalFen % 1000)) % 1000);
  return {
    kind: "cash",
    tenderId: `${saleId}-cash`,
    amountFen: fen(totalFen),
    receivedFen: fen(receivedFen),
    changeFen: fen(receivedFen - totalFen),
  };
}

/** The laid-out receipt as a print job stores it, about as long as a real one. */
export function sampleReceipt(sale: Sale, journalHash: string): string {
  const lines = sale.lines.map(({ nameZh, netFen }) => ({
    kind: "text",
    text: `${nameZh}  ${netFen}`,
    align: "left",
    style: {},
  }));
  return JSON.stringify([...lines, { kind: "barcode", text: sale.saleNumber }, { kind: "qr", text: journalHash }]);
}

function sampleLine(saleId: string, index: number): CartLine {
  const isWeighed = index % 4 === 3;
  return {
    id: `${saleId}-${index}`,
    sku: index % 7 === 6 ? null : `SKU${String(index).padStart(5, "0")}`,
    nameZh: `可口可乐汽水${index}号`,
    nameEn: `Coca-Cola no. ${index}`,
    categoryId: "drinks",
    taxClass: "standard",
    barcode: `690123456${String(index).padStart(4, "0")}`,
    source: isWeighed ? "weighed-label" : "scan",
    unit: isWeighed ? "kg" : "piece",
    unitPriceFen: fen(350 + 17 * index),
    quantity: isWeighed ? milli(845) : pieces(1 + (index % 3)),
    labelAmountFen: null,
    discount: null,
  };
}
