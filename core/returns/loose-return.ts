import type { Item } from "#core/catalog/item.ts";
import type { ReturnedPoints } from "#core/members/member.ts";
import { addFen, type Fen, fen, isFen, zeroFen } from "#core/money/fen.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { isSellable, milli, type Milli, type Unit } from "#core/quantity/quantity.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import { type LineTax, taxOfLines } from "#core/tax/line-tax.ts";
import type { TaxRates } from "#core/tax/tax-breakdown.ts";
import type { RefundedGoods } from "./refunded-goods.ts";
import type { GoodsCondition } from "./sale-return.ts";

/**
 * Goods taken back of which nobody knows the sale. The tax in what is given is what a sale for so much would have today: as
 * nobody knows the rate they were sold at, that is what comes off the shop's taxes. Without it where the shop names no rates.
 */
export interface LooseLine extends LineTax {
  /** From 1. */
  readonly lineNumber: number;
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly categoryId: string;
  readonly taxClass: string;
  readonly unit: Unit;
  readonly quantity: Milli;
  /** What the goods cost when they were taken back, per piece or kilogram: no more is given for them. */
  readonly presentFen: Fen;
  /** What is given, as above. */
  readonly unitPriceFen: Fen;
  readonly worthFen: Fen;
  readonly condition: GoodsCondition;
}

/**
 * 无小票退货: a return without a receipt, exactly as committed and journaled. Nobody knows how the goods were paid for, so
 * there is no payment to give back: it is cash from the drawer, or pays for other goods as cash would.
 */
export interface LooseReturn {
  /** Made by whoever asked, once: asking again with it is the same return. */
  readonly returnId: string;
  /** `T01-R000012`: the till and its gapless counter of such returns; given inside the commit. */
  readonly returnNumber: string;
  readonly terminalId: string;
  readonly shiftId: string;
  readonly lines: readonly LooseLine[];
  /** The sum of the lines' worths, given in cash; in an exchange its credit leaves the drawer and comes back at once. */
  readonly amountFen: Fen;
  readonly reason: string;
  readonly cashierId: string;
  readonly cashierName: string;
  /** Id of the manager whose word it was; the cashier's own where they needed none. */
  readonly approvedBy: string;
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
  readonly businessDate: string;
  /** Points taken back of the member who was named; absent where nobody was, or they had none. */
  readonly points?: ReturnedPoints;
  /** The sale of new goods it was exchanged for, and how much of it paid for them. */
  readonly exchange?: LooseReturnExchange;
}

export interface LooseReturnExchange {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly creditFen: Fen;
  /** What was given beside it. */
  readonly backCashFen: Fen;
}

/** The lines as goods that money was given back for: what sums by tax rate are made of. */
export function goodsOfLines(lines: readonly LooseLine[]): readonly RefundedGoods[] {
  return lines.map(({ sku, categoryId, taxClass, worthFen, taxBasisPoints, taxFen }) => {
    const tax = taxBasisPoints === undefined || taxFen === undefined ? {} : { taxBasisPoints, taxFen };
    return { sku, categoryId, taxClass, amountFen: worthFen, ...tax };
  });
}

/** What somebody wants to take back. */
export interface LoosePart {
  readonly sku: string;
  /** Thousandths. */
  readonly quantity: number;
  readonly unitPriceFen: number;
  readonly condition: GoodsCondition;
}

export type LooseFault =
  | { readonly kind: "no-such-item" | "quantity-out-of-range" | "amount-out-of-range" }
  /** More than the goods cost now. */
  | {
      readonly kind: "price-above-present";
      readonly nameZh: string;
      readonly nameEn: string;
      readonly presentFen: Fen;
    };

/** What is given for goods at most, per piece or kilogram: what they cost now; of an open price the most it may be. */
export function presentPriceOf({ priceFen, openPrice }: Pick<Item, "priceFen" | "openPrice">): Fen {
  return openPrice?.maxFen ?? priceFen;
}

/**
 * The lines with what each gives back, and their sum: something, and no more than a till handles.
 * @param rates the shop's tax rates of today; null where it names none
 */
export function judgeLooseReturn(
  parts: readonly LoosePart[],
  itemOf: (sku: string) => Item | null,
  rates: TaxRates | null,
): Result<Pick<LooseReturn, "lines" | "amountFen">, LooseFault> {
  const lines: LooseLine[] = [];
  let sum = 0;
  for (const part of parts) {
    const item = itemOf(part.sku);
    if (item === null) return fail({ kind: "no-such-item" });
    const line = looseLine(lines.length + 1, item, part);
    if (!line.ok) return line;
    lines.push(line.value);
    sum += line.value.worthFen;
  }
  if (!isFen(sum) || sum === 0) return fail({ kind: "amount-out-of-range" });
  return ok({ lines: rates === null ? lines : taxed(lines, rates), amountFen: fen(sum) });
}

function taxed(lines: readonly LooseLine[], rates: TaxRates): readonly LooseLine[] {
  const taxes = taxOfLines(
    lines.map(({ taxClass, worthFen }) => ({ taxClass, netFen: worthFen })),
    rates,
  );
  return lines.map((line, place) => ({ ...line, ...taxes[place] }));
}

function looseLine(
  lineNumber: number,
  item: Item,
  { quantity, unitPriceFen, condition }: LoosePart,
): Result<LooseLine, LooseFault> {
  const { sku, nameZh, nameEn, categoryId, taxClass, unit } = item;
  if (!isSellable(quantity, unit)) return fail({ kind: "quantity-out-of-range" });
  const presentFen = presentPriceOf(item);
  if (unitPriceFen > presentFen) return fail({ kind: "price-above-present", nameZh, nameEn, presentFen });
  if (unitPriceFen < 0) return fail({ kind: "amount-out-of-range" });
  const worth = rawPriceOf(fen(unitPriceFen), milli(quantity));
  if (!isFen(worth)) return fail({ kind: "amount-out-of-range" });
  return ok({
    ...{ lineNumber, sku, nameZh, nameEn, categoryId, taxClass, unit, quantity: milli(quantity) },
    ...{ presentFen, unitPriceFen: fen(unitPriceFen), worthFen: fen(worth), condition },
  });
}

/** The till and its counter of such returns. No sale's number looks like it. */
export function formatReturnNumber(terminalId: string, counter: number): string {
  assert(Number.isSafeInteger(counter) && counter > 0, `a counter from 1, got ${counter}`);
  return `${terminalId}-R${String(counter).padStart(6, "0")}`;
}

/** Of a number as printed or typed, small letters too; null where it is none. */
export function parseReturnNumber(text: string): { readonly terminalId: string; readonly counter: number } | null {
  const [, terminalId, counter] = /^([0-9A-Z]{1,8})-R(\d{6,15})$/.exec(text.trim().toUpperCase()) ?? [];
  return terminalId === undefined ? null : { terminalId, counter: Number(counter) };
}

/** Checked at the last door: a return whose money is not that of its goods must never be journaled. */
export function assertLooseReturn({ returnId, lines, amountFen, points, exchange }: LooseReturn): void {
  assert(lines.length > 0 && amountFen > 0, `return ${returnId} brings something back for something`);
  const worthFen = addFen(zeroFen, ...lines.map((line) => line.worthFen));
  assert(worthFen === amountFen, `the lines of return ${returnId} sum to its amount`);
  const isWithin = lines.every((line) => line.unitPriceFen <= line.presentFen);
  assert(isWithin, `return ${returnId} gives no more than its goods cost`);
  const isTaxed = (line: LooseLine): boolean =>
    (line.taxFen === undefined) === (line.taxBasisPoints === undefined) &&
    (line.taxFen ?? 0) >= 0 &&
    (line.taxFen ?? 0) <= line.worthFen;
  assert(lines.every(isTaxed), `the tax of return ${returnId} is within what was given, at a rate`);
  assert(points === undefined || (points.takenBack > 0 && points.givenBack === 0), "points are taken back alone");
  const exchangedFen = exchange === undefined ? amountFen : addFen(exchange.creditFen, exchange.backCashFen);
  assert(exchangedFen === amountFen, `credit and cash of return ${returnId} sum to its amount`);
}
