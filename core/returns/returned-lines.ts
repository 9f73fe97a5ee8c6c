import type { Fen } from "#core/money/fen.ts";
import { addFen, subtractFen } from "#core/money/fen.ts";
import { allocate } from "#core/money/rounding.ts";
import { isSellable, milli, type Milli, type Unit } from "#core/quantity/quantity.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { SaleLine } from "#core/sale/sale.ts";

/** A line of a sale, as far as bringing its goods back goes. */
export interface ReturnableLine {
  readonly lineNumber: number;
  readonly unit: Unit;
  /** What was sold. */
  readonly quantity: Milli;
  /** What the customer paid for all of it. */
  readonly paidFen: Fen;
}

/** Goods of a line that came back, or are about to. Thousandths. */
export interface ReturnedPart {
  readonly lineNumber: number;
  readonly quantity: number;
}

export type ReturnFault =
  | { readonly kind: "nothing-returned" }
  | { readonly kind: "no-such-line"; readonly lineNumber: number }
  | { readonly kind: "line-twice"; readonly lineNumber: number }
  /** Nothing, less than nothing, or half a piece. */
  | { readonly kind: "quantity-out-of-range"; readonly lineNumber: number }
  /** Thousandths that are left of the line. */
  | { readonly kind: "over-line"; readonly lineNumber: number; readonly remaining: number };

/**
 * What was paid for a line: after its own discounts and its part of the sale's discount and of 抹零. The one place that
 * says so, for returns.
 */
export function paidForLine(line: Pick<SaleLine, "netFen">): Fen {
  return line.netFen;
}

/** Thousandths of the line that have not come back; never below zero, though tills apart may take back too much together. */
export function remainingOfLine(line: ReturnableLine, returned: readonly ReturnedPart[]): Milli {
  return milli(Math.max(0, line.quantity - returnedOf(line, returned)));
}

/**
 * What so much more of a line gives back beside what came back before. The paid amount is shared by largest remainder
 * between what is back and what is not, so no unit is worth a fen more or less than another beyond rounding, and all of
 * them together, in whatever order and parts, give exactly what was paid: the last unit gives what is left.
 * Asserts no more than what remains.
 */
export function worthOfReturn(line: ReturnableLine, returned: readonly ReturnedPart[], quantity: number): Fen {
  const before = Math.min(line.quantity, returnedOf(line, returned));
  assert(quantity >= 0 && before + quantity <= line.quantity, "no more comes back than was sold");
  return subtractFen(shareOf(line, before + quantity), shareOf(line, before));
}

/** Judges what is brought back, line by line; the worth of each, in the order asked. */
export function judgeReturn(
  asked: readonly ReturnedPart[],
  lines: readonly ReturnableLine[],
  returned: readonly ReturnedPart[],
): Result<{ readonly worthFen: Fen; readonly worths: readonly Fen[] }, ReturnFault> {
  if (asked.length === 0) return fail({ kind: "nothing-returned" });
  const worths: Fen[] = [];
  const seen = new Set<number>();
  for (const { lineNumber, quantity } of asked) {
    const line = lines.find((one) => one.lineNumber === lineNumber);
    if (line === undefined) return fail({ kind: "no-such-line", lineNumber });
    if (seen.has(lineNumber)) return fail({ kind: "line-twice", lineNumber });
    seen.add(lineNumber);
    if (!isSellable(quantity, line.unit)) return fail({ kind: "quantity-out-of-range", lineNumber });
    const remaining = remainingOfLine(line, returned);
    if (quantity > remaining) return fail({ kind: "over-line", lineNumber, remaining });
    worths.push(worthOfReturn(line, returned, quantity));
  }
  return ok({ worthFen: addFen(...worths), worths });
}

function returnedOf({ lineNumber }: ReturnableLine, returned: readonly ReturnedPart[]): number {
  let sum = 0;
  for (const part of returned) if (part.lineNumber === lineNumber) sum += part.quantity;
  return sum;
}

/** What the first so many thousandths of the line were paid with. */
function shareOf({ paidFen, quantity }: ReturnableLine, back: number): Fen {
  const [share] = allocate(paidFen, [back, quantity - back]);
  assert(share !== undefined, "two parts of the paid amount");
  return share;
}
