import { localIso } from "#core/sale/business-date.ts";

/** A backup of this till that is whole, by its name and when it was made; milliseconds since the epoch. */
export interface KeptBackup {
  readonly name: string;
  readonly madeAtMs: number;
}

/** How many periods have one kept: the newest of each of the last days, weeks and months that have any. */
export interface RotationRule {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

/** A fortnight of mistakes, a quarter's doubt, a year's audit: at most 24 files. */
export const defaultRotation: RotationRule = { days: 7, weeks: 5, months: 12 };

const msPerMinute = 60_000;
const dayMs = 86_400_000;
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const mondayOffsetDays = 3;

/**
 * The backups that may go, oldest first. Only those of the list are ever named, and never the newest: whoever calls lists
 * what is this till's and whole, so whatever else lies in the folder stays.
 * @param utcOffsetMinutes the shop's clock, east of UTC
 */
export function surplusBackups(
  backups: readonly KeptBackup[],
  utcOffsetMinutes: number,
  rule: RotationRule = defaultRotation,
): readonly KeptBackup[] {
  const newestFirst = backups.toSorted((a, b) => b.madeAtMs - a.madeAtMs || (a.name < b.name ? 1 : -1));
  const kept = new Set(newestFirst.slice(0, 1));
  const local = (one: KeptBackup): number => one.madeAtMs + utcOffsetMinutes * msPerMinute;
  const periods: readonly (readonly [number, (one: KeptBackup) => number | string])[] = [
    [rule.days, (one) => Math.floor(local(one) / dayMs)],
    [rule.weeks, (one) => Math.floor((Math.floor(local(one) / dayMs) + mondayOffsetDays) / 7)],
    [rule.months, (one) => localIso(one.madeAtMs, utcOffsetMinutes).slice(0, 7)],
  ];
  for (const [most, periodOf] of periods) {
    const seen = new Set<number | string>();
    for (const one of newestFirst) {
      const period = periodOf(one);
      if (seen.has(period)) continue;
      if (seen.size >= most) break;
      seen.add(period);
      kept.add(one);
    }
  }
  return newestFirst.filter((one) => !kept.has(one)).toReversed();
}
