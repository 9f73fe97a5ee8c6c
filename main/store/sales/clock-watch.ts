import { type ClockJump, jumpBetween, jumpSinceEntry } from "#core/journal/clock-jump.ts";

/** The machine's time that only goes on. It may stand still while the machine sleeps. */
export interface SteadyClock {
  /** Milliseconds from anywhere. */
  nowMs(): number;
  /** How often the machine has slept since this process began, as far as it says so. */
  sleeps(): number;
}

/** `running`: between two entries of one process; `start`: before the last entry of the one before; `sleep`: after sleep. */
export type JumpSeen = "running" | "start" | "sleep";

export interface SeenJump extends ClockJump {
  readonly seen: JumpSeen;
}

/** The last entry as the journal has it. */
export interface LastEntry {
  readonly position: number;
  readonly atWall: string;
  readonly atMono: number;
}

/**
 * Compares each entry's time with the one before. What it goes by is on the disk: a jump whose entry was rolled back with its
 * transaction is found again, and one that was written is not.
 * @param before the last entry of earlier processes; 0 in a new file
 */
export function watchClock(steady: SteadyClock, before: number): (last: LastEntry, wallMs: number) => SeenJump | null {
  let sleepsKnown = steady.sleeps();
  return (last, wallMs) => {
    const lastWallMs = Date.parse(last.atWall);
    const isOfThisProcess = last.position > before;
    const jump = isOfThisProcess
      ? jumpBetween({ wallMs: lastWallMs, steadyMs: last.atMono }, { wallMs, steadyMs: steady.nowMs() })
      : jumpSinceEntry(lastWallMs, wallMs);
    const sleeps = steady.sleeps();
    const hasSlept = sleeps > sleepsKnown;
    sleepsKnown = sleeps;
    if (jump === null) return null;
    return { ...jump, seen: isOfThisProcess ? (hasSlept && jump.byMs > 0 ? "sleep" : "running") : "start" };
  };
}
