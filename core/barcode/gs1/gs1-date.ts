import { assert } from "#core/result.ts";

/** True for YYMMDD with a month from 01 to 12 and a day of that month, or 00 for all of it. */
export function isGs1Date(yymmdd: string, year: number): boolean {
  if (!/^\d{6}$/.test(yymmdd)) return false;
  const month = Number(yymmdd.slice(2, 4));
  return month >= 1 && month <= 12 && Number(yymmdd.slice(4)) <= daysOf(fullYear(yymmdd, year), month);
}

/**
 * YYMMDD as YYYY-MM-DD, near the present `year`; a day 00 is the last of its month. Asserts `isGs1Date`.
 * Source: GS1 General Specifications 3.4 and 7.12.
 */
export function gs1Date(yymmdd: string, year: number): string {
  assert(isGs1Date(yymmdd, year), `a date, got ${yymmdd}`);
  const full = fullYear(yymmdd, year);
  const month = yymmdd.slice(2, 4);
  const day = yymmdd.endsWith("00") ? String(daysOf(full, Number(month))).padStart(2, "0") : yymmdd.slice(4);
  return `${String(full).padStart(4, "0")}-${month}-${day}`;
}

/** Two digits mean 49 years back to 50 years ahead of the present one. */
function fullYear(yymmdd: string, year: number): number {
  const ofCentury = year % 100;
  const difference = Number(yymmdd.slice(0, 2)) - ofCentury;
  const century = year - ofCentury;
  const shift = difference >= 51 ? -100 : difference <= -50 ? 100 : 0;
  return century + shift + Number(yymmdd.slice(0, 2));
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
