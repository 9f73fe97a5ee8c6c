import { assert } from "#core/result.ts";

const msPerMinute = 60_000;
const minutesPerDay = 1_440;
const msPerDay = 86_400_000;

/**
 * The day a sale counts for, `YYYY-MM-DD`: the shop's local date, where everything before the cut-off still belongs to
 * the day before (a bar that closes at 02:00 has one evening, not two). `epochMs` is till time; `utcOffsetMinutes` is
 * east of Greenwich, +480 in China; `cutOffMinutes` are minutes after local midnight, 0…1439.
 */
export function businessDate(epochMs: number, utcOffsetMinutes: number, cutOffMinutes: number): string {
  assert(cutOffMinutes >= 0 && cutOffMinutes < minutesPerDay, "a day's cut-off lies within the day");
  const local = localTime(epochMs, utcOffsetMinutes - cutOffMinutes);
  return `${local.year}-${local.month}-${local.day}`;
}

/**
 * The day a sale of an open shift counts for. The shift's opening is what began its day, and a clock that jumps does not
 * end it: only the shift's own day and the one after it (a shift may run past the cut-off) are believed of the clock.
 * Known limit: a clock that is one day ahead is believed.
 */
export function businessDateInShift(
  epochMs: number,
  utcOffsetMinutes: number,
  cutOffMinutes: number,
  shiftDate: string,
): string {
  const byClock = businessDate(epochMs, utcOffsetMinutes, cutOffMinutes);
  // Before the second day of 1970 no day was yesterday, and no shift either.
  if (epochMs < 2 * msPerDay) return shiftDate;
  const isDayAfter = businessDate(epochMs - msPerDay, utcOffsetMinutes, cutOffMinutes) === shiftDate;
  return isDayAfter ? byClock : shiftDate;
}

/** RFC 3339 to the second with the shop's offset, such as `2026-11-22T19:32:05+08:00`. */
export function localIso(epochMs: number, utcOffsetMinutes: number): string {
  const { year, month, day, hour, minute, second } = localTime(epochMs, utcOffsetMinutes);
  const eastMinutes = Math.abs(utcOffsetMinutes);
  const offset = `${pad(Math.floor(eastMinutes / 60), 2)}:${pad(eastMinutes % 60, 2)}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${utcOffsetMinutes < 0 ? "-" : "+"}${offset}`;
}

/** Local time as `yyMMddHHmmss`, for numbers that must be short. */
export function compactLocalTime(epochMs: number, utcOffsetMinutes: number): string {
  const { year, month, day, hour, minute, second } = localTime(epochMs, utcOffsetMinutes);
  return `${year.slice(2)}${month}${day}${hour}${minute}${second}`;
}

function localTime(epochMs: number, utcOffsetMinutes: number) {
  assert(
    Number.isInteger(utcOffsetMinutes) && Math.abs(utcOffsetMinutes) < minutesPerDay,
    "an offset in whole minutes",
  );
  const localSeconds = Math.floor((epochMs + utcOffsetMinutes * msPerMinute) / 1_000);
  const days = Math.floor(localSeconds / 86_400);
  const secondOfDay = localSeconds - days * 86_400;
  const { year, month, day } = civilFromDays(days);
  assert(year >= 1970 && year <= 9999, `a time between 1970 and 9999, got ${epochMs}`);
  return {
    year: pad(year, 4),
    month: pad(month, 2),
    day: pad(day, 2),
    hour: pad(Math.floor(secondOfDay / 3_600), 2),
    minute: pad(Math.floor(secondOfDay / 60) % 60, 2),
    second: pad(secondOfDay % 60, 2),
  };
}

/**
 * Days since 1970-01-01 to a Gregorian date, by counting whole cycles of 400, 100, 4 and 1 years from 0000-03-01: with
 * the year starting in March the leap day is the last of its year and needs no exception.
 */
function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const sinceMarchZero = days + 719_468; // from 0000-03-01 to 1970-01-01
  const cycle = Math.floor(sinceMarchZero / 146_097);
  const dayOfCycle = sinceMarchZero - cycle * 146_097;
  // The fourth century and the fourth year of a cycle are one day longer: their last day must not start a fifth.
  const century = Math.min(Math.floor(dayOfCycle / 36_524), 3);
  const dayOfCentury = dayOfCycle - century * 36_524;
  const quad = Math.floor(dayOfCentury / 1_461);
  const dayOfQuad = dayOfCentury - quad * 1_461;
  const yearOfQuad = Math.min(Math.floor(dayOfQuad / 365), 3);
  const dayOfYear = dayOfQuad - yearOfQuad * 365;
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153); // March is 0; months from March run 31,30,31,30,31 twice
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const marchYear = cycle * 400 + century * 100 + quad * 4 + yearOfQuad;
  return { year: month <= 2 ? marchYear + 1 : marchYear, month, day };
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
