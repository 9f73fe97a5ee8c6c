/** The calendar as the machine shows it, and time that only goes on, both in milliseconds. */
export interface ClockReading {
  readonly wallMs: number;
  readonly steadyMs: number;
}

export interface ClockJump {
  /** What the calendar should have shown, by the steady clock or by the last entry; milliseconds since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
  /** To minus from; negative where the calendar went back. */
  readonly byMs: number;
}

/** Less is a clock being set right by the network, or two clocks that run apart; milliseconds. */
export const leastJumpMs = 60_000;

/** Between two looks of one process. Null: none worth an entry. */
export function jumpBetween(before: ClockReading, now: ClockReading): ClockJump | null {
  return jumpFrom(before.wallMs + (now.steadyMs - before.steadyMs), now.wallMs);
}

/**
 * At a start against the last entry, which another process wrote: only a calendar before it is known to have jumped. One
 * that is later may just be the next morning.
 */
export function jumpSinceEntry(lastEntryWallMs: number, nowWallMs: number): ClockJump | null {
  return nowWallMs < lastEntryWallMs ? jumpFrom(lastEntryWallMs, nowWallMs) : null;
}

function jumpFrom(fromMs: number, toMs: number): ClockJump | null {
  const byMs = toMs - fromMs;
  return Number.isFinite(byMs) && Math.abs(byMs) >= leastJumpMs ? { fromMs, toMs, byMs } : null;
}
