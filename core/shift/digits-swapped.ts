import type { Fen } from "#core/money/fen.ts";

/**
 * Whether two neighbouring digits of `counted` were swapped, as in 1260 for 1620: what an eye or a finger does, and what
 * leaves a difference that nine divides.
 */
export function digitsSwapped(counted: Fen, expected: Fen): boolean {
  if (counted < 0 || expected < 0 || counted === expected || Math.abs(counted - expected) % 9 !== 0) return false;
  const wanted = String(expected);
  const typed = String(counted).padStart(wanted.length, "0");
  if (typed.length !== wanted.length) return false;
  const differing = [...typed].flatMap((digit, index) => (digit === wanted[index] ? [] : [index]));
  const [first = 0, second = 0] = differing;
  const areNeighbours = differing.length === 2 && second === first + 1;
  return areNeighbours && typed[first] === wanted[second] && typed[second] === wanted[first];
}
