/** Wrong PINs in a row before the first lock. */
export const triesBeforeLock = 5;

/** Each further lock is longer: a 4-digit PIN must not fall to a patient evening. Minutes. */
const lockMinutes = [1, 5, 15, 60] as const;

export interface AfterWrongPin {
  readonly failures: number;
  /** Milliseconds since the epoch; 0 while tries are left. */
  readonly lockedUntilMs: number;
  readonly triesLeft: number;
}

/** `failures` wrong PINs in a row so far, and now one more. A right PIN starts again from none. */
export function afterWrongPin(failures: number, nowMs: number): AfterWrongPin {
  const count = failures + 1;
  const intoRound = count % triesBeforeLock;
  if (intoRound !== 0) return { failures: count, lockedUntilMs: 0, triesLeft: triesBeforeLock - intoRound };
  const round = Math.trunc(count / triesBeforeLock);
  const minutes = lockMinutes[Math.min(round, lockMinutes.length) - 1] ?? 60;
  return { failures: count, lockedUntilMs: nowMs + minutes * 60_000, triesLeft: 0 };
}
