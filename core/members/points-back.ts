import { scaleDown } from "#core/money/rounding.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import type { ReturnedPart } from "#core/returns/returned-lines.ts";
import type { ReturnedPoints } from "./member.ts";

/**
 * What returned goods do to the points of their sale: what they earned is taken back by what was paid for them, what was
 * spent comes back by what it paid of them. Both are shares of the whole sale, rounded down over all that came back so far,
 * so that the parts of any sequence of returns never exceed the sale's points, and all of its goods together give exactly
 * those. What another till took back moved no points there: they move with the next return. Null where the sale has no member.
 * @param back all that came back, at any till, with what comes back now
 * @param moved what earlier returns did to the points of the sale
 */
export function pointsOfReturn(
  sale: Pick<Sale, "lines" | "member">,
  back: readonly ReturnedPart[],
  moved: readonly MovedPoints[],
): (MovedPoints & Pick<ReturnedPoints, "memberId">) | null {
  const { member, lines } = sale;
  if (member === undefined) return null;
  let [takenBack, givenBack] = [
    shareBack(member.earned, lines, ({ netFen }) => netFen, back),
    shareBack(member.spent, lines, ({ netFen, saleDiscountShareFen }) => netFen + saleDiscountShareFen, back),
  ];
  for (const earlier of moved) {
    takenBack -= earlier.takenBack;
    givenBack -= earlier.givenBack;
  }
  // A relay may tell of less than head office did before it.
  return { memberId: member.memberId, takenBack: Math.max(0, takenBack), givenBack: Math.max(0, givenBack) };
}

type MovedPoints = Pick<ReturnedPoints, "takenBack" | "givenBack">;

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
