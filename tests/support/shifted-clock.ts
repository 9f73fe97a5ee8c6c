import { join } from "node:path";

/** How a program, Electron or Node, is started whose wall clock is to be off. */
export interface ShiftedClock {
  /** What it loads before its own code. */
  readonly preload: string;
  /** Goes into its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** @param offMs milliseconds; less than nothing for a clock that is behind */
export function shiftedClock(offMs: number): ShiftedClock {
  return { preload: join(import.meta.dirname, "shifted-clock.cjs"), env: { TILLWAY_CLOCK_OFF_MS: String(offMs) } };
}
