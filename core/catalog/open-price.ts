import { type Fen, fen } from "#core/money/fen.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** 开放价: what a cashier may type for a piece of the goods, both included; null for no limit on that side. */
export interface PriceLimits {
  readonly minFen: Fen | null;
  readonly maxFen: Fen | null;
}

/** Limits as they stand in a file or a message; asserts that each is money. */
export function limitsOf(told: { readonly minFen: number | null; readonly maxFen: number | null }): PriceLimits {
  const { minFen, maxFen } = told;
  return { minFen: minFen === null ? null : fen(minFen), maxFen: maxFen === null ? null : fen(maxFen) };
}

/** Says the limits, so that whoever typed knows what can be typed. */
export interface TypedPriceFault {
  readonly kind: "price-outside-limits";
  readonly minFen: Fen;
  readonly maxFen: Fen | null;
}

/** Goods are never given away by a slip of the hand: what is to cost nothing is discounted, with a right and a trace. */
const leastFen = fen(1);

/** Whether a typed price may be sold at. Per piece. */
export function judgeTypedPrice(priceFen: Fen, { minFen, maxFen }: PriceLimits): Result<Fen, TypedPriceFault> {
  const least = minFen ?? leastFen;
  const isWithin = priceFen >= least && (maxFen === null || priceFen <= maxFen);
  return isWithin ? ok(priceFen) : fail({ kind: "price-outside-limits", minFen: least, maxFen });
}

/** False where no price could be typed at all. */
export function areLimitsOpen({ minFen, maxFen }: PriceLimits): boolean {
  return (minFen ?? leastFen) >= leastFen && (maxFen === null || maxFen >= (minFen ?? leastFen));
}

export function areSameLimits(one: PriceLimits | undefined, other: PriceLimits | undefined): boolean {
  return (
    (one === undefined) === (other === undefined) && one?.minFen === other?.minFen && one?.maxFen === other?.maxFen
  );
}
