import { scaleDown } from "#core/money/rounding.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import type { ReturnedPart } from "#core/returns/returned-lines.ts";
import type { ReturnedPoints } from "./member.ts";

/**
 * What returned goods do to the points of their sale: what they earned is taken back by what was paid for them, what was
 * spent comes back by what it paid of them. Both are shares of the whole sale, rounded down over all that came back so far,
 * so that the parts of any sequence of returns never exceed the sale's points, and all of its goods together give exactly
 * those. Null where the sale has no member.
 * @param before what came back earlier
 * @param now what comes back with it
 */
export function pointsOfReturn(
  sale: Pick<Sale, "lines" | "member">,
  before: readonly ReturnedPart[],
  now: readonly ReturnedPart[],
): Omit<ReturnedPoints, "balance"> | null {
  const { member, lines } = sale;
  if (member === undefined) return null;
  const after = [...before, ...now];
  const share = (points: number, weightOf: (line: SaleLine) => number): number =>
    shareBack(points, lines, weightOf, after) - shareBack(points, lines, weightOf, before);
  return {
    memberId: member.memberId,
    takenBack: share(member.earned, ({ netFen }) => netFen),
    givenBack: share(member.spent, ({ netFen, saleDiscountShareFen }) => netFen + saleDiscountShareFen),
  };
}

/** So much of the points as the goods that are back weigh of all goods. */
function shareBack(
  points: number,
  lines: readonly SaleLine[],
  weightOf: (line: SaleLine) => number,
  back: readonly ReturnedPart[],
): number {
  let [all, returned] = [0, 0];
  for (const line of lines) {
    const weight = weightOf(line);
    all += weight;
    returned += scaleDown(weight, quantityBack(line, back), line.quantity);
  }
  return all === 0 ? 0 : scaleDown(points, returned, all);
}

/** Never more than was sold, though tills apart may take back too much together. */
function quantityBack({ lineNumber, quantity }: SaleLine, back: readonly ReturnedPart[]): number {
  let sum = 0;
  for (const part of back) if (part.lineNumber === lineNumber) sum += part.quantity;
  return Math.min(quantity, sum);
}
