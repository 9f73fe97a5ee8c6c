/** A weight that a scale repeats unchanged for so long stands still. */
const STEADY_MS = 1_000;
/** A longer silence between two readings says nothing about what happened meanwhile. */
const LONGEST_GAP_MS = 500;

/** For scales whose bytes do not say whether the weight stands still: every reading unchanged for a second. */
export class Steadiness {
  #grams: number | null = null;
  #sinceMs = 0;
  #lastMs = 0;

  isSteady(grams: number | null, atMs: number): boolean {
    const hasGap = atMs - this.#lastMs > LONGEST_GAP_MS || atMs < this.#lastMs;
    if (grams === null || grams !== this.#grams || hasGap) this.#sinceMs = atMs;
    this.#grams = grams;
    this.#lastMs = atMs;
    return grams !== null && atMs - this.#sinceMs >= STEADY_MS;
  }
}
