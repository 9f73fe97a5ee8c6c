/** Often enough to see a pause that matters, rarely enough to cost nothing. */
const beatMs = 10;
/** A timer that is this late was kept from running; less is the machine's own unrest. */
const lateMs = 8;

/** Notices when this process was too busy to look at keys: they then come in a heap, faster than anybody typed them. */
export class StallWatch {
  /** How long keys that waited get to come in. */
  readonly patienceMs = 3 * beatMs;
  #timer: NodeJS.Timeout | null = null;
  #lastBeatMs = 0;
  #stalledMs = 0;

  start(): void {
    if (this.#timer !== null) return;
    this.#lastBeatMs = performance.now();
    this.#timer = setInterval(() => this.#beat(), beatMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Stalls since it was last asked, one that is just over included. */
  take(): number {
    this.#beat();
    const stalledMs = this.#stalledMs;
    this.#stalledMs = 0;
    return stalledMs;
  }

  /** Whether a timer that was due then ran so late that more than timers must have waited. */
  isStalled(dueAtMs: number): boolean {
    return performance.now() - dueAtMs > lateMs + beatMs;
  }

  #beat(): void {
    if (this.#timer === null) return;
    const nowMs = performance.now();
    const late = nowMs - this.#lastBeatMs - beatMs;
    if (late > lateMs) this.#stalledMs += late;
    this.#lastBeatMs = nowMs;
  }
}
