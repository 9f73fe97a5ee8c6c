import { pick, type Random, seededRandom } from "#tests/support/random.ts";

/** Everything a seeded shop leaves to chance: the same seed asks for the same shop. */
export interface Chance {
  /** A whole number from 0 to `below` − 1. */
  below(below: number): number;
  /** True so many times in a hundred. */
  percent(share: number): boolean;
  /** A number in [0, 1). */
  readonly next: Random;
  /** An id in the form of a UUID v7, sorted by the moment it was made at. @param atMs milliseconds since 1970 */
  id(atMs: number): string;
}

export function createChance(seed: number): Chance {
  const next = seededRandom(seed);
  const hex = (digits: number): string =>
    pick(next, 16 ** digits)
      .toString(16)
      .padStart(digits, "0");
  return {
    next,
    below: (below) => pick(next, below),
    percent: (share) => next() * 100 < share,
    id(atMs) {
      const time = atMs.toString(16).padStart(12, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
    },
  };
}
