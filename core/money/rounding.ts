import { fen, type Fen } from "./fen.ts";
import { assert } from "#core/result.ts";

/**
 * Divides whole numbers and rounds half away from zero, so that giving back rounds exactly as selling did.
 * Asserts safe integers and a denominator above zero.
 */
export function divideHalfUp(numerator: number, denominator: number): number {
  return scaleHalfUp(numerator, 1, denominator);
}

/**
 * `value × multiplier ÷ divisor`, rounded half away from zero, exact however large the product is.
 * Asserts safe integers, the result among them, and a divisor above zero.
 */
export function scaleHalfUp(value: number, multiplier: number, divisor: number): number {
  const { quotient, rest } = multiplyAndDivide(Math.abs(value), Math.abs(multiplier), divisor);
  // `rest >= divisor - rest` is `rest × 2 >= divisor` without leaving the safe integers.
  const magnitude = rest >= divisor - rest ? quotient + 1 : quotient;
  const isNegative = value < 0 !== multiplier < 0;
  return isNegative && magnitude !== 0 ? -magnitude : magnitude;
}

/**
 * `value × multiplier ÷ divisor` of whole numbers of zero or more, rounded down, exact however large the product is.
 * Asserts that, and a divisor above zero.
 */
export function scaleDown(value: number, multiplier: number, divisor: number): number {
  assert(value >= 0 && multiplier >= 0, "nothing below zero to round down");
  return multiplyAndDivide(value, multiplier, divisor).quotient;
}

/** So many basis points (1/100 percent) of an amount, half up: 1000 of 10.05 yuan is 1.01 yuan. */
export function percentOf(amountFen: Fen, basisPoints: number): Fen {
  return fen(scaleHalfUp(amountFen, basisPoints, 10_000));
}

/**
 * Splits an amount by weight so that the parts sum to it to the fen (largest remainder; of equal remainders the earlier
 * part gets the fen). A zero weight gets nothing, a part of a total within the sum of the weights never exceeds its own
 * weight, and a negative total splits as its positive would. Where all weights are zero all count the same.
 * Asserts whole, non-negative weights, and at least one unless the total is zero.
 */
export function allocate(totalFen: Fen, weights: readonly number[]): Fen[] {
  assert(weights.length > 0 || totalFen === 0, "somebody to give the amount to");
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  if (weightSum === 0)
    return weights.length === 0
      ? []
      : allocate(
          totalFen,
          Array.from(weights, () => 1),
        );

  const whole = Math.abs(totalFen);
  const parts: number[] = [];
  const rests: number[] = [];
  let leftOver = whole;
  for (const weight of weights) {
    assert(weight >= 0, `a weight of zero or more, got ${weight}`);
    const { quotient, rest } = multiplyAndDivide(whole, weight, weightSum);
    parts.push(quotient);
    rests.push(rest);
    leftOver -= quotient;
  }
  if (leftOver > 0) {
    const byRest = rests.map((_, index) => index).sort((a, b) => (rests[b] ?? 0) - (rests[a] ?? 0) || a - b);
    for (const index of byRest.slice(0, leftOver)) parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts.map((part) => fen(totalFen < 0 ? -part : part));
}

/** 抹零 to the jiao: drops the fen below 0.10 yuan, towards zero. */
export function roundDownToJiao(amountFen: Fen): Fen {
  return fen(amountFen - (amountFen % 10));
}

/** 抹零 to the yuan: drops jiao and fen, towards zero. */
export function roundDownToYuan(amountFen: Fen): Fen {
  return fen(amountFen - (amountFen % 100));
}

/** Exact division of a product of non-negative integers; price × quantity outgrows what a double counts exactly. */
function multiplyAndDivide(value: number, multiplier: number, divisor: number): { quotient: number; rest: number } {
  assert(Number.isSafeInteger(value) && Number.isSafeInteger(multiplier), "whole numbers to multiply");
  assert(Number.isSafeInteger(divisor) && divisor > 0, `a whole divisor above zero, got ${divisor}`);
  const product = value * multiplier;
  if (Number.isSafeInteger(product)) {
    const rest = product % divisor;
    return { quotient: (product - rest) / divisor, rest };
  }
  const exactProduct = BigInt(value) * BigInt(multiplier);
  const exactDivisor = BigInt(divisor);
  const quotient = Number(exactProduct / exactDivisor);
  assert(Number.isSafeInteger(quotient), `an exact result, got about ${quotient}`);
  return { quotient, rest: Number(exactProduct % exactDivisor) };
}
