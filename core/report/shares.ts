import type { CartLine } from "#core/cart/cart.ts";
import { rawGrossOf } from "#core/pricing/price-cart.ts";
import { pieceCountOf } from "#core/quantity/quantity.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import { assert } from "#core/result.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import type { LineTax } from "#core/tax/line-tax.ts";

/** By what a report breaks a business day down. */
export type Dimension = "hour" | "tender" | "category" | "cashier" | "item" | "tax";

/**
 * What is added up of one key of one dimension on one business day. Money is whole fen and no `Fen`: a year's sum may lie
 * beyond the bounds of one amount.
 */
export interface Sums {
  /** Sales with this key; a sale with two tenders or three categories counts once in each. */
  readonly saleCount: number;
  /** Pieces, where what is weighed counts as one a line. */
  readonly pieceCount: number;
  /** Thousandths of the item's own unit; means something for one item only. */
  readonly quantityMilli: number;
  /** Before any discount; of a tender what it covered. */
  readonly grossFen: number;
  /** Line and sale discounts and 抹零. */
  readonly discountFen: number;
  /** Gross less discounts: what was sold for. Refunds are not taken off. */
  readonly netFen: number;
  /**
   * Money given back on this day, whenever its sale was. By item, category and tax class what lines came back for it; an
   * amount that was given back without goods is in none of their keys.
   */
  readonly refundCount: number;
  readonly refundFen: number;
  /** Lines and whole carts thrown away before they were sold, and what they would have cost before discounts. */
  readonly voidCount: number;
  readonly voidFen: number;
  /**
   * By tax class alone, and nowhere else: of `netFen` and `refundFen` what its tax was recorded for, and that tax. What is
   * not in them was sold, or came back, where the shop named no rates.
   */
  readonly taxedFen: number;
  readonly taxFen: number;
  readonly refundTaxedFen: number;
  readonly refundTaxFen: number;
}

export const noSums: Sums = {
  ...{ saleCount: 0, pieceCount: 0, quantityMilli: 0, grossFen: 0, discountFen: 0, netFen: 0 },
  ...{ refundCount: 0, refundFen: 0, voidCount: 0, voidFen: 0 },
  ...{ taxedFen: 0, taxFen: 0, refundTaxedFen: 0, refundTaxFen: 0 },
};

/** What one event adds to one key of its day. */
export interface Share extends Sums {
  readonly dimension: Dimension;
  /** Hour "00"–"23", tender kind, category id, cashier id, sku or tax class; empty for a line that is of no item. */
  readonly key: string;
}

/** What a sale adds to its business day, each key once. */
export function sharesOfSale(sale: Sale): readonly Share[] {
  const shares = new Map<string, Share>();
  const whole = {
    ...{ saleCount: 1, pieceCount: 0, quantityMilli: 0, grossFen: sale.grossFen },
    ...{ discountFen: sale.grossFen - sale.totalFen, netFen: sale.totalFen },
  };
  for (const line of sale.lines) whole.pieceCount += pieceCountOf(line.quantity, line.unit);
  addTo(shares, "hour", hourOf(sale.completedAt), whole);
  addTo(shares, "cashier", sale.cashierId, whole);
  for (const { kind, amountFen } of sale.tenders)
    addTo(shares, "tender", kind, { grossFen: amountFen, netFen: amountFen, saleCount: 1 });
  for (const line of sale.lines) {
    const sums = sumsOfLine(line);
    addTo(shares, "category", line.categoryId ?? "", sums);
    addTo(shares, "item", line.sku ?? "", { ...sums, quantityMilli: line.quantity });
    addTo(shares, "tax", line.taxClass, { ...sums, ...taxOf(line, line.netFen) });
  }
  // However many lines or tenders of a sale had the key, it is one sale.
  return [...shares.values()].map((share) => ({ ...share, saleCount: 1 }));
}

/** What money given back adds to the day it is given on. Nothing for a payment that no sale books: it was never sold. */
export function sharesOfRefund(refund: SaleRefund): readonly Share[] {
  const { kind, given, amountFen, cashierId } = refund;
  if (given === null || kind === "charge") return [];
  const shares = new Map<string, Share>();
  const sums = { refundCount: 1, refundFen: amountFen };
  addTo(shares, "hour", hourOf(given.at), sums);
  addTo(shares, "tender", kind, sums);
  addTo(shares, "cashier", cashierId, sums);
  for (const goods of refund.goods ?? []) {
    const { sku, categoryId, taxClass, amountFen } = goods;
    const { taxedFen, taxFen } = taxOf(goods, amountFen);
    addTo(shares, "category", categoryId ?? "", { refundFen: amountFen });
    addTo(shares, "item", sku ?? "", { refundFen: amountFen });
    addTo(shares, "tax", taxClass, { refundFen: amountFen, refundTaxedFen: taxedFen, refundTaxFen: taxFen });
  }
  // However many lines of a key came back for it, it is one refund.
  return [...shares.values()].map((share) => ({ ...share, refundCount: 1 }));
}

/** What cash for goods of no known sale adds to its day: a refund, of these goods. */
export function sharesOfLooseReturn({ at, cashierId, lines, amountFen }: LooseReturn): readonly Share[] {
  const shares = new Map<string, Share>();
  addTo(shares, "hour", hourOf(at), { refundFen: amountFen });
  addTo(shares, "tender", "cash", { refundFen: amountFen });
  addTo(shares, "cashier", cashierId, { refundFen: amountFen });
  for (const line of lines) {
    const { sku, categoryId, taxClass, worthFen } = line;
    const { taxedFen, taxFen } = taxOf(line, worthFen);
    addTo(shares, "category", categoryId, { refundFen: worthFen });
    addTo(shares, "item", sku, { refundFen: worthFen });
    addTo(shares, "tax", taxClass, { refundFen: worthFen, refundTaxedFen: taxedFen, refundTaxFen: taxFen });
  }
  return [...shares.values()].map((share) => ({ ...share, refundCount: 1 }));
}

/** What was thrown away before it was sold: one line, or a whole cart. */
export interface Voided {
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
  readonly cashierId: string;
  readonly lines: readonly CartLine[];
}

export function sharesOfVoid(voided: Voided): readonly Share[] {
  const shares = new Map<string, Share>();
  const sums = { voidCount: 1, voidFen: voidedFen(voided.lines) };
  addTo(shares, "hour", hourOf(voided.at), sums);
  addTo(shares, "cashier", voided.cashierId, sums);
  return [...shares.values()];
}

/** What lines would have cost before discounts. */
export function voidedFen(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + rawGrossOf(line), 0);
}

/** The hour "00"–"23" of an RFC 3339 time in its own offset, which is the shop's. */
export function hourOf(rfc3339: string): string {
  const hour = /T(\d\d):/.exec(rfc3339)?.[1];
  assert(hour !== undefined, `an RFC 3339 time, got ${rfc3339}`);
  return hour;
}

/** Both together. */
export function addSums(a: Sums, b: Sums): Sums {
  return {
    saleCount: a.saleCount + b.saleCount,
    pieceCount: a.pieceCount + b.pieceCount,
    quantityMilli: a.quantityMilli + b.quantityMilli,
    grossFen: a.grossFen + b.grossFen,
    discountFen: a.discountFen + b.discountFen,
    netFen: a.netFen + b.netFen,
    refundCount: a.refundCount + b.refundCount,
    refundFen: a.refundFen + b.refundFen,
    voidCount: a.voidCount + b.voidCount,
    voidFen: a.voidFen + b.voidFen,
    taxedFen: a.taxedFen + b.taxedFen,
    taxFen: a.taxFen + b.taxFen,
    refundTaxedFen: a.refundTaxedFen + b.refundTaxedFen,
    refundTaxFen: a.refundTaxFen + b.refundTaxFen,
  };
}

function sumsOfLine(line: SaleLine) {
  return {
    pieceCount: pieceCountOf(line.quantity, line.unit),
    grossFen: line.grossFen,
    discountFen: line.grossFen - line.netFen,
    netFen: line.netFen,
  };
}

/** Nothing where no tax was recorded: an amount of its own, so that it is never taken for tax-free. */
function taxOf({ taxFen }: LineTax, amountFen: number): Pick<Sums, "taxedFen" | "taxFen"> {
  return taxFen === undefined ? { taxedFen: 0, taxFen: 0 } : { taxedFen: amountFen, taxFen };
}

function addTo(shares: Map<string, Share>, dimension: Dimension, key: string, sums: Partial<Sums>): void {
  const name = `${dimension} ${key}`;
  const before = shares.get(name) ?? noSums;
  shares.set(name, { dimension, key, ...addSums(before, { ...noSums, ...sums }) });
}
