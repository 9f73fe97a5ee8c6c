/** Numbers in [0, 1) that are the same for the same seed (mulberry32), so that a failing run can be made again. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from 0 to `below` − 1. */
export function pick(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** One of `from`, which must not be empty. */
export function pickOne<T>(random: Random, from: readonly T[]): T {
  const found = from[pick(random, from.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}
