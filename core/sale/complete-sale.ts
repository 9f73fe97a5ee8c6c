import type { Cart } from "#core/cart/cart.ts";
import { saleMemberOf } from "#core/members/points.ts";
import { addFen, type Fen, subtractFen } from "#core/money/fen.ts";
import type { CartTotals } from "#core/pricing/totals.ts";
import { taxOfLines } from "#core/tax/line-tax.ts";
import { taxBreakdown, type TaxRates } from "#core/tax/tax-breakdown.ts";
import type { Cashier } from "#core/access/role.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import { changeOf } from "#core/tender/tendering.ts";
import type { Sale, SaleLine, Tender } from "./sale.ts";

export interface SaleFacts {
  readonly cart: Cart;
  readonly totals: CartTotals;
  readonly tenders: readonly Tender[];
  readonly saleNumber: string;
  readonly terminalId: string;
  readonly shiftId: string;
  readonly cashier: Pick<Cashier, "id" | "name">;
  /** RFC 3339 with the shop's offset. */
  readonly completedAt: string;
  readonly businessDate: string;
  /** Of a member's sale: what they had before it, and what a yuan earns. */
  readonly points?: { readonly balance: number; readonly pointsPerYuan: number };
  /** Absent where the shop has named no tax rates. */
  readonly taxRates?: TaxRates;
}

export type CompleteSaleFault =
  | { readonly kind: "nothing-sold" }
  /** Tenders and total differ: positive is still to pay, negative was taken too much. */
  | { readonly kind: "tenders-differ"; readonly leftFen: Fen };

/**
 * The finished sale, to the fen: tenders sum to the total and lines sum to the total. Asserts that the totals are those
 * of this cart, line by line.
 */
export function completeSale(facts: SaleFacts): Result<Sale, CompleteSaleFault> {
  const { cart, totals, tenders } = facts;
  if (cart.lines.length === 0) return fail({ kind: "nothing-sold" });
  const leftFen = subtractFen(totals.totalFen, addFen(...tenders.map((tender) => tender.amountFen)));
  if (leftFen !== 0) return fail({ kind: "tenders-differ", leftFen });
  assert(tenders.every(isSound), "every tender covers something and cash gives back exactly the rest");
  const isThird = isOfThirdVersion(facts);
  const lines = taxed(saleLines(cart, totals, isThird), facts.taxRates);
  assert(addFen(...lines.map((line) => line.netFen)) === totals.totalFen, "the lines sum to the total");
  return ok({
    saleId: cart.saleId,
    saleNumber: facts.saleNumber,
    terminalId: facts.terminalId,
    shiftId: facts.shiftId,
    cashierId: facts.cashier.id,
    cashierName: facts.cashier.name,
    completedAt: facts.completedAt,
    businessDate: facts.businessDate,
    lines,
    pieceCount: totals.pieceCount,
    grossFen: totals.grossFen,
    lineDiscountFen: totals.lineDiscountFen,
    saleDiscountFen: totals.saleDiscountFen,
    rounding: cart.rounding,
    roundingFen: totals.roundingFen,
    totalFen: totals.totalFen,
    tenders,
    changeFen: changeOf(tenders),
    ...(isThird ? thirdVersionOf(facts, lines) : {}),
  });
}

/** Whether there is anything in it that an earlier version of a sale has no word for. */
function isOfThirdVersion({ cart, totals, taxRates }: SaleFacts): boolean {
  const isPricedByHand = cart.lines.some(
    ({ override, isTypedPrice }) => override !== undefined || isTypedPrice === true,
  );
  const hasMore = cart.coupons !== undefined || cart.member !== undefined || taxRates !== undefined;
  return isPricedByHand || hasMore || totals.promotionFen > 0;
}

function thirdVersionOf(facts: SaleFacts, lines: readonly SaleLine[]): Partial<Sale> {
  const { cart, totals, taxRates, points } = facts;
  const { promotions, coupons, member } = cart;
  assert(member === undefined || points !== undefined, "a member's sale says what they had before");
  return {
    promotionFen: totals.promotionFen,
    ...(promotions === undefined ? {} : { promotions }),
    ...(coupons === undefined ? {} : { coupons }),
    ...(member === undefined || points === undefined
      ? {}
      : { isMember: true, member: saleMemberOf(member, totals, points) }),
    ...(taxRates === undefined ? {} : { taxes: taxBreakdown(lines, taxRates) }),
  };
}

function saleLines(cart: Cart, totals: CartTotals, isThird: boolean): readonly SaleLine[] {
  assert(cart.lines.length === totals.lines.length, "totals have a line for every line of the cart");
  return cart.lines.map((line, index) => {
    const money = totals.lines[index];
    assert(money !== undefined && money.lineId === line.id, "totals are in the order of the cart");
    const { grossFen, discountFen, promotionFen, saleDiscountShareFen, roundingShareFen, netFen } = money;
    const amountRule = line.labelAmountFen === null ? "half-up" : "printed";
    return {
      ...{ ...line, lineNumber: index + 1, grossFen, discountFen, saleDiscountShareFen, roundingShareFen, netFen },
      ...(isThird ? ({ promotionFen, amountRule } as const) : {}),
    };
  });
}

/** The same lines, each with its rate and its part of the tax. */
function taxed(lines: readonly SaleLine[], rates: TaxRates | undefined): readonly SaleLine[] {
  if (rates === undefined) return lines;
  const taxes = taxOfLines(lines, rates);
  return lines.map((line, index) => ({ ...line, ...taxes[index] }));
}

function isSound(tender: Tender): boolean {
  if (tender.amountFen <= 0) return false;
  if (tender.kind === "static-code") return true;
  if (tender.kind === "wechat") return tender.payerTotalFen >= 0 && tender.payerTotalFen <= tender.amountFen;
  return tender.changeFen >= 0 && subtractFen(tender.receivedFen, tender.amountFen) === tender.changeFen;
}
