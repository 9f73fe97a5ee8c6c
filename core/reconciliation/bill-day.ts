import { assert } from "#core/result.ts";
import { beijingDay } from "./beijing-day.ts";

const dayMs = 86_400_000;
const aheadOfUtcMs = 8 * 3_600_000;
/** Bills are written from 09:00 on and can be had from 10:00; five minutes are left to the gateway's clock. */
const readyAfterMs = dayMs + (10 * 60 + 5) * 60_000;

/** Days the gateway keeps bills for: "three months", of which the shortest have this many. */
export const mostDaysBack = 89;

/** The first millisecond of a Beijing day `YYYY-MM-DD`. Asserts the shape; a day that is none counts on from the month. */
export function startOfDayMs(day: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(day);
  assert(match !== null, `a day as YYYY-MM-DD, got ${day}`);
  const [year, month, date] = match.slice(1).map(Number);
  return daysFromCivil(year ?? 0, month ?? 1, date ?? 1) * dayMs - aheadOfUtcMs;
}

/** The Beijing day so many days later; negative goes back. */
export function dayAfter(day: string, count: number): string {
  return beijingDay(startOfDayMs(day) + count * dayMs);
}

/** The last day whose bill can be had at this moment. */
export function latestBillDay(nowMs: number): string {
  return beijingDay(nowMs - readyAfterMs);
}

/** When the bill of this day can be had, milliseconds since the epoch. */
export function billReadyMs(day: string): number {
  return startOfDayMs(day) + readyAfterMs;
}

/** The first day the gateway still gives a bill of. */
export function oldestBillDay(nowMs: number): string {
  return dayAfter(beijingDay(nowMs), -mostDaysBack);
}

/** The days whose bills can be had and were not compared yet, oldest first. `firstDay` is the first this till took money on. */
export function dueDays(firstDay: string, isCompared: (day: string) => boolean, nowMs: number): readonly string[] {
  const last = latestBillDay(nowMs);
  const due: string[] = [];
  const oldest = oldestBillDay(nowMs);
  for (let day = firstDay > oldest ? firstDay : oldest; day <= last; day = dayAfter(day, 1)) {
    if (!isCompared(day)) due.push(day);
  }
  return due;
}

/** Days since 1970-01-01 of a Gregorian date; the reverse of the count in core/sale/business-date.ts. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(marchYear / 400);
  const yearOfCycle = marchYear - cycle * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100);
  return cycle * 146_097 + yearOfCycle * 365 + leapDays + dayOfYear - 719_468;
}
