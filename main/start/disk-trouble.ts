import type { Clock } from "#main/till/ports/clock.ts";

/** Told to the next start, with the time of this one's end. */
export const diskTroubleOption = "--after-disk-trouble";

/** Long enough to read two sentences; the till refuses every change meanwhile. */
const readMs = 4_000;
/** A disk that fails again so soon is not mended by another start: somebody has to look at it. */
const leastBetweenMs = 600_000;
/** Where a service starts the till again, nothing can be told to the next start: one that fails at once stays as it is. */
const leastUptimeMs = 30_000;

export interface DiskTroubleParts {
  readonly clock: Clock;
  /** Milliseconds since this process began. */
  readonly uptimeMs: () => number;
  /** When the process before ended for this reason, as the command line says; null where it did not. */
  readonly lastMs: number | null;
  readonly isSupervised: boolean;
  /** Says at the till that it starts again. */
  readonly tell: () => void;
  /** Ends this process and has another started, told of `nowMs`. */
  readonly restart: (nowMs: number) => void;
}

/**
 * After a failed write or sync the memory of this process and of the system may hold what the disk does not, and nothing
 * can be asked that would tell. A new start reads the disk anew and writes out again whatever it finds there before it counts.
 * @returns called with every store that gave up
 */
export function createDiskTrouble(parts: DiskTroubleParts): () => void {
  const { clock, uptimeMs, lastMs, isSupervised, tell, restart } = parts;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    const isAgain = lastMs !== null && Math.abs(clock.now() - lastMs) < leastBetweenMs;
    const isUseless = isAgain || (isSupervised && uptimeMs() < leastUptimeMs);
    // The notice of the failed action stands: no sales now, and call the manager.
    if (isUseless) return;
    tell();
    clock.after(readMs, () => restart(clock.now()));
  };
}
