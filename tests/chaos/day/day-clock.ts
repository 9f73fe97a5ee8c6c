/** A day's wall clock that runs faster than the machine's: it stands at the day's beginning until it is let go. */
export interface DayClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** How much of the day is over. */
  share(): number;
  begin(): void;
}

export const dayMs = 86_400_000;
/** Six in the morning in China; a day of 24 hours then crosses the cut-off at four. */
export const dayStartMs = Date.UTC(2026, 2, 1, 22);
export const utcOffsetMinutes = 480;
export const dayCutOffMinutes = 240;

/**
 * @param speed hours of the day in an hour of the machine
 * @param mostShare how far the day may have come: on a machine that cannot keep up it is as slow as what happens in it
 */
export function createDayClock(
  speed: number,
  mostShare: () => number,
  steadyMs: () => number = () => performance.now(),
): DayClock {
  let beganAtMs: number | null = null;
  let goneMs = 0;

  function gone(): number {
    if (beganAtMs === null) return 0;
    const dueMs = Math.min((steadyMs() - beganAtMs) * speed, mostShare() * dayMs);
    // It never goes back.
    goneMs = Math.max(goneMs, Math.floor(dueMs));
    return goneMs;
  }

  return {
    now: () => dayStartMs + gone(),
    share: () => gone() / dayMs,
    begin: () => void (beganAtMs ??= steadyMs()),
  };
}
