/** A question that any page answers between two frames. */
const askEveryMs = 1_000;
/** Painting a long list on a slow and busy machine takes seconds; a page that says nothing for this long stands still. */
const hangsAfterMs = 10_000;

export interface HangWatchParts {
  /** Steady time, milliseconds. */
  readonly nowMs: () => number;
  /** Asks the page for a sign of life; settles with its answer, however it ends. */
  readonly ask: () => Promise<unknown>;
  /** Called once for each question that stays without an answer. */
  readonly onHang: () => void;
}

/**
 * Whether a page still answers, by asking it: Chromium itself notices a page that hangs only when somebody has pressed a key
 * there and half a minute has passed. Time in which this process did not run either, such as a machine's sleep, is no page's
 * fault and does not count.
 */
export class HangWatch {
  readonly #parts: HangWatchParts;
  #askedAtMs: number | null = null;
  #lastBeatMs: number;
  /** Answers to questions of a page that is gone count for nothing. */
  #round = 0;

  constructor(parts: HangWatchParts) {
    this.#parts = parts;
    this.#lastBeatMs = parts.nowMs();
  }

  /** To be called every `askEveryMs`. */
  beat(): void {
    const nowMs = this.#parts.nowMs();
    const lateMs = Math.max(0, nowMs - this.#lastBeatMs - askEveryMs);
    this.#lastBeatMs = nowMs;
    if (this.#askedAtMs === null) return this.#ask(nowMs);
    this.#askedAtMs += lateMs;
    if (nowMs - this.#askedAtMs < hangsAfterMs) return;
    this.reset();
    this.#parts.onHang();
  }

  /** Another page is on its way, or none: nothing is expected of the one before. */
  reset(): void {
    this.#round += 1;
    this.#askedAtMs = null;
  }

  #ask(nowMs: number): void {
    this.#askedAtMs = nowMs;
    const { ask } = this.#parts;
    const round = this.#round;
    const answered = (): void => {
      if (round === this.#round) this.#askedAtMs = null;
    };
    ask().then(answered, answered);
  }
}

/** Asks at that pace until the returned function is called. */
export function keepAsking(watch: HangWatch): () => void {
  const timer = setInterval(() => watch.beat(), askEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
