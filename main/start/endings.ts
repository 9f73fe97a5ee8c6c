import type { Clock } from "#main/till/ports/clock.ts";

/** The device host takes two seconds to give up a stuck port; a shop that switches off waits no longer than this. */
const endWithinMs = 6_000;

export interface Endings {
  /** What must be ended in order when the till closes; the last opened ends first. */
  push(end: () => unknown): void;
  /** Ends everything in order before the process goes, once. What does not end in time is left: it was on disk all along. */
  endOnce(event: { readonly preventDefault: () => void }): void;
  /** The clock of who has nothing left to do once the till closes: what it waited for does not come any more. */
  whileOpen(clock: Clock): Clock;
}

export function createEndings(exit: () => void): Endings {
  const endings: (() => unknown)[] = [];
  let isEnding = false;

  async function endAll(): Promise<void> {
    for (const end of endings.toReversed()) {
      try {
        await end();
      } catch (cause) {
        console.error("while closing:", cause);
      }
    }
  }

  return {
    push: (end) => void endings.push(end),
    whileOpen: (clock) => ({
      now: clock.now,
      after: (ms, callback) =>
        clock.after(ms, () => {
          if (!isEnding) callback();
        }),
    }),
    endOnce(event) {
      if (isEnding) return;
      isEnding = true;
      event.preventDefault();
      setTimeout(exit, endWithinMs);
      void endAll().finally(exit);
    },
  };
}
