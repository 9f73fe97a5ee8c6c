import type { VirtualClock } from "#tests/support/virtual-clock.ts";

/** Whose timers: the till's are gone with its process, the world's are not. */
type Owner = "till" | "world";

interface Timer {
  readonly atMs: number;
  readonly owner: Owner;
  readonly callback: () => void;
}

/**
 * One time for the shop, the gateway and the line between them; it passes only when the test says so. The till's own
 * clock may be set wrong, which changes what it reads and not how long it waits.
 */
export class WorldClock {
  /** Whether the till's clock was wrong at any time. */
  wasWrong = false;
  #skewMs = 0;
  #nowMs: number;
  /** In the order in which they were asked for; of two that are due together the older goes first. */
  #timers: readonly Timer[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  readonly now = (): number => this.#nowMs;

  /** How far the till's clock runs ahead. */
  get skewMs(): number {
    return this.#skewMs;
  }

  set skewMs(ms: number) {
    this.#skewMs = ms;
    this.wasWrong ||= ms !== 0;
  }

  readonly tillsClock: VirtualClock = {
    now: () => this.#nowMs + this.#skewMs,
    after: (ms, callback) => this.after(ms, callback, "till"),
    advance: (ms) => this.pass(ms, () => {}),
    dropTimers: () => {
      this.#timers = this.#timers.filter(({ owner }) => owner !== "till");
    },
  };

  after(ms: number, callback: () => void, owner: Owner = "world"): () => void {
    const timer = { atMs: this.#nowMs + ms, owner, callback };
    this.#timers = [...this.#timers, timer];
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass timer by timer. `look` sees the world whenever everything that was set in motion has come to rest. */
  async pass(ms: number, look: () => void): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (let next = this.#due(untilMs); next !== undefined; next = this.#due(untilMs)) {
      const fired = next;
      this.#nowMs = fired.atMs;
      this.#timers = this.#timers.filter((timer) => timer !== fired);
      fired.callback();
      await comesToRest();
      look();
    }
    this.#nowMs = untilMs;
  }

  #due(untilMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.atMs <= untilMs && (first === undefined || timer.atMs < first.atMs)) first = timer;
    }
    return first;
  }
}

/** Every promise that can go on without time passing has gone on: nothing in this world waits for the system. */
export function comesToRest(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
