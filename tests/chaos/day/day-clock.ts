/** A day's wall clock that runs faster than the machine's: it stands at the day's beginning until it is let go. */
export interface DayClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** How much of the day is over; beyond 1 once it has taken longer. */
  share(): number;
  begin(): void;
}

export const dayMs = 86_400_000;
/** Six in the morning in China; a day of 24 hours then crosses the cut-off at four. */
export const dayStartMs = Date.UTC(2026, 2, 1, 22);
export const utcOffsetMinutes = 480;
export const dayCutOffMinutes = 240;

/** @param speed hours of the day in an hour of the machine */
export function createDayClock(speed: number, steadyMs: () => number = () => performance.now()): DayClock {
  let beganAtMs: number | null = null;
  const goneMs = () => (beganAtMs === null ? 0 : Math.floor((steadyMs() - beganAtMs) * speed));
  return {
    now: () => dayStartMs + goneMs(),
    share: () => goneMs() / dayMs,
    begin: () => void (beganAtMs ??= steadyMs()),
  };
}
