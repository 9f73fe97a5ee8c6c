import type { SteadyClock } from "#main/store/sales/clock-watch.ts";

/** Electron's `powerMonitor`, as far as it is listened to. */
export interface TellsOfSleep {
  on(event: "resume", listener: () => void): unknown;
}

/** This process's monotonic clock, and how often the machine woke up: on Linux and macOS the one stands still meanwhile. */
export function steadyClock(machine: TellsOfSleep): SteadyClock {
  let sleeps = 0;
  machine.on("resume", () => (sleeps += 1));
  return { nowMs: () => performance.now(), sleeps: () => sleeps };
}
