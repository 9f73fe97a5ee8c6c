import { assert } from "#core/result.ts";

const dayMs = 86_400_000;
/** A till that was busier after the backup than on any day before it; and one that had sold next to nothing yet. */
const busierThanEver = 3;
const leastPerDay = 1_000;
/** So that the gap is seen to be one: the next number of an unknown past ends with zeros and a one. */
const roundTo = 1_000;

export interface KnownPast {
  /** The last number given by the books that come back; 0 for none. */
  readonly inBackup: number;
  /** The last number of the books that are here now; null where nobody can read them. */
  readonly here: number | null;
  /** Numbers given on the busiest business day of the books that come back. */
  readonly mostInDay: number;
  readonly backupAtMs: number;
  readonly nowMs: number;
}

/**
 * The number below which none is given any more once the books are restored. Known where the present books can be read;
 * where not, as many are passed over as a till could have given since. Head office, once heard, may raise it again.
 */
export function floorAfterRestore({ inBackup, here, mostInDay, backupAtMs, nowMs }: KnownPast): number {
  assert(Number.isSafeInteger(inBackup) && inBackup >= 0, "a number from 0");
  if (here !== null) return Math.max(inBackup, here);
  // A calendar that went back says nothing of how long it was.
  const days = Math.max(1, Math.ceil((nowMs - backupAtMs) / dayMs) + 1);
  const perDay = Math.max(leastPerDay, mostInDay * busierThanEver);
  return Math.ceil((inBackup + days * perDay) / roundTo) * roundTo;
}
