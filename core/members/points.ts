import type { Cart } from "#core/cart/cart.ts";
import { type Fen, fen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { scaleDown } from "#core/money/rounding.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { CartMember, SaleMember } from "./member.ts";

/** What points are earned and spent at; both whole. */
export interface PointRates {
  /** For each whole yuan paid; 0: none are earned. */
  readonly pointsPerYuan: number;
  /** What one takes off; 0: none are spent. */
  readonly fenPerPoint: number;
}

/** 100 points are a yuan, and a yuan is a point: one percent back. */
export const defaultPointRates: PointRates = { pointsPerYuan: 1, fenPerPoint: 1 };
export const mostPointsPerYuan = 100;
export const mostFenPerPoint = 1_000;
/** Points one sale spends; more than any balance a till earns in years. */
export const mostPointsSpent = 100_000_000;

/** Refuses rates by which a sale would earn more than it cost, and what is out of range. */
export function judgeRates(rates: PointRates): Result<PointRates, "rate-out-of-range" | "points-worth-more"> {
  const { pointsPerYuan, fenPerPoint } = rates;
  const isWithin = (value: number, most: number) => Number.isInteger(value) && value >= 0 && value <= most;
  if (!isWithin(pointsPerYuan, mostPointsPerYuan) || !isWithin(fenPerPoint, mostFenPerPoint))
    return fail("rate-out-of-range");
  return pointsPerYuan * fenPerPoint > 100 ? fail("points-worth-more") : ok(rates);
}

/** What a sale earns by what was paid for it, rounded down to whole points: 19.99 yuan at one a yuan are 19. */
export function earnedPoints(paidFen: Fen, { pointsPerYuan }: Pick<PointRates, "pointsPerYuan">): number {
  return scaleDown(paidFen, pointsPerYuan, 100);
}

/** The most points that may pay for an amount: whole ones, never more than there are, never more than it costs. */
export function mostSpendable(payableFen: Fen, balance: number, { fenPerPoint }: PointRates): number {
  if (fenPerPoint === 0 || balance <= 0) return 0;
  return Math.min(balance, scaleDown(payableFen, 1, fenPerPoint), mostPointsSpent);
}

/** What points may take off: what is left after every discount, before 抹零. */
export function payableBeforePoints(cart: Cart): Fen {
  const totals = priceCart(withoutPoints(cart));
  return subtractFen(
    subtractFen(subtractFen(totals.grossFen, totals.lineDiscountFen), totals.promotionFen),
    totals.saleDiscountFen,
  );
}

/**
 * The cart with no more points spent than it costs and the member has: after goods left it, or points were spent
 * elsewhere. `wanted` asks for another number of them.
 */
export function withPointsInReach(
  cart: Cart,
  balance: number,
  rates: PointRates,
  wanted: number = cart.member?.points?.count ?? 0,
): Cart {
  const { member } = cart;
  if (member === undefined || (wanted === 0 && member.points === undefined)) return cart;
  const bare = withoutPoints(cart);
  const count = Math.min(wanted, mostSpendable(payableBeforePoints(cart), balance, rates));
  if (count <= 0) return bare;
  const points = { count, worthFen: fen(count * rates.fenPerPoint) };
  return { ...bare, member: { memberId: member.memberId, points } };
}

/** The member's part of a finished sale. Asserts that what the points took off is what they are worth. */
export function saleMemberOf(
  { memberId, points }: CartMember,
  paid: { readonly totalFen: Fen; readonly pointsFen?: Fen },
  before: { readonly balance: number; readonly pointsPerYuan: number },
): SaleMember {
  const spentFen = paid.pointsFen ?? zeroFen;
  assert(spentFen === (points?.worthFen ?? zeroFen), "points take off exactly what they are worth");
  const earned = earnedPoints(paid.totalFen, before);
  const spent = points?.count ?? 0;
  return { memberId, earned, spent, spentFen, balance: before.balance + earned - spent };
}

function withoutPoints(cart: Cart): Cart {
  return cart.member === undefined ? cart : { ...cart, member: { memberId: cart.member.memberId } };
}
