/** Often enough to see a pause that matters, rarely enough to cost nothing. */
const beatMs = 10;
/** A timer that is this late was kept from running; less is the machine's own unrest. */
const lateMs = 8;

/** Keys that waited are heard within this after the process is free again. */
const recentMs = 50;

/** Notices when this process was too busy to look at keys: they then come in a heap, faster than anybody typed them. */
export class StallWatch {
  #timer: NodeJS.Timeout | null = null;
  #lastBeatMs = 0;
  #stalledMs = 0;
  #stallEndedMs = 0;

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

  /** How long the stall was that is just over, since it was last asked; 0 where none was. One of long ago says nothing. */
  take(): number {
    const stalledMs = this.peek();
    this.#stalledMs = 0;
    return stalledMs;
  }

  /** The same, and it may be asked again. */
  peek(): number {
    this.#beat();
    return performance.now() - this.#stallEndedMs < recentMs ? this.#stalledMs : 0;
  }

  #beat(): void {
    if (this.#timer === null) return;
    const nowMs = performance.now();
    const late = nowMs - this.#lastBeatMs - beatMs;
    if (late > lateMs) {
      const isSameStall = nowMs - late - this.#stallEndedMs < recentMs;
      this.#stalledMs = isSameStall ? this.#stalledMs + late : late;
      this.#stallEndedMs = nowMs;
    }
    this.#lastBeatMs = nowMs;
  }
}
