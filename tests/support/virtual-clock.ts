import type { Clock } from "#main/till/ports/clock.ts";

export interface VirtualClock extends Clock {
  /** Lets time pass timer by timer, with whatever arrives between them. */
  advance(ms: number): Promise<void>;
  /** The process is gone, and its timers with it. */
  dropTimers(): void;
}

/**
 * Time that passes only when a test says so. It stands still until `arrive` says that nothing is on its way any more;
 * a test whose answers come over real sockets waits for them there.
 */
export function createVirtualClock(startMs: number, arrive: () => Promise<void> = answersArrive): VirtualClock {
  let nowMs = startMs;
  let timers: { readonly atMs: number; readonly callback: () => void }[] = [];

  return {
    now: () => nowMs,
    after(ms, callback) {
      const timer = { atMs: nowMs + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await arrive();
      for (let next = due(untilMs); next !== undefined; next = due(untilMs)) {
        nowMs = next.atMs;
        const fired = next;
        timers = timers.filter((timer) => timer !== fired);
        fired.callback();
        await arrive();
      }
      nowMs = untilMs;
    },
    dropTimers() {
      timers = [];
    },
  };

  function due(untilMs: number): (typeof timers)[number] | undefined {
    return timers.filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  }
}

/** Everything that only waits for its turn has had it. */
export async function answersArrive(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
