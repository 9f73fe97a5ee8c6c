/** Wrong passwords that cost nothing: people mistype. */
export const freeTries = 5;
/** An address stands for a whole shop behind one router. */
export const freeTriesOfAddress = 20;
const firstWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;
/** Failures older than this are forgotten. Milliseconds. */
export const forgottenAfterMs = 24 * 60 * 60_000;

/**
 * How long nothing is tried after the n-th failure in a row: 1 s, doubled with each, at most 15 minutes. Slowed and never
 * locked, so that nobody can keep another out by guessing at his name for longer than that.
 */
export function waitAfterFailures(failures: number, free: number): number {
  return failures < free ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, failures - free));
}
