import { assert } from "#core/result.ts";

/** What each digit 0–9 contributes under a weighting factor. */
type Weighting = readonly number[];

// GS1 General Specifications 7.9.2: "2-" is the last digit of twice the digit less its tens, and so on.
const twoMinus: Weighting = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
const threeTimes: Weighting = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
const fivePlus: Weighting = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
const fiveMinus: Weighting = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];

const fourDigitWeightings = [twoMinus, twoMinus, threeTimes, fiveMinus] as const;
const fiveDigitWeightings = [fivePlus, twoMinus, fiveMinus, fivePlus, twoMinus] as const;

/**
 * The digit that guards the price (or weight) inside a label of variable measure: 2875 has 9, 14685 has 6. Asserts four or
 * five digits, the only lengths that have one. Source: GS1 General Specifications 7.9.3 and 7.9.4.
 */
export function priceVerifierDigit(digits: string): number {
  assert(/^\d{4,5}$/.test(digits), "four or five digits of price");
  if (digits.length === 4) return (weigh(digits, fourDigitWeightings) * 3) % 10;
  // Five digits: the verifier is the digit whose own "5-" product fills the sum up to the next ten.
  const missing = (10 - (weigh(digits, fiveDigitWeightings) % 10)) % 10;
  return fiveMinus.indexOf(missing);
}

function weigh(digits: string, weightings: readonly Weighting[]): number {
  let sum = 0;
  for (const [place, weighting] of weightings.entries()) sum += weighting[Number(digits[place])] ?? 0;
  return sum;
}
