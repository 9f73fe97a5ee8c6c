import type { Locale } from "#contract/config/terminal.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import type { Milli, Unit } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";

/** "¥1,234.50", "−¥3.25": with a true minus sign, so that a discount is not taken for a dash. */
export function formatMoney(amountFen: Fen): string {
  const text = formatYuan(amountFen);
  return text.startsWith("-") ? `\u2212¥${text.slice(1)}` : `¥${text}`;
}

/** "1,234.50", "−3.25": the same without the currency sign, for columns that have it in their head. */
export function formatPlainMoney(amountFen: Fen): string {
  return formatYuan(amountFen).replace("-", "\u2212");
}

/** "×3" for pieces, "0.845 kg" for what is weighed. */
export function formatAmountOf(quantity: Milli, unit: Unit): string {
  return unit === "kg" ? `${formatQuantity(quantity, unit)} kg` : `×${formatQuantity(quantity, unit)}`;
}

/** Where a clock hangs: in which language it speaks, and how many minutes east of UTC it goes. */
export interface ClockPlace {
  readonly locale: Locale;
  readonly utcOffsetMinutes: number;
}

/** The machine's own zone, for a page that has not been told the shop's. */
export function machineOffsetMinutes(): number {
  return -new Date().getTimezoneOffset();
}

const msPerMinute = 60_000;
const days: Readonly<Record<Locale, Intl.DateTimeFormat>> = { "zh-CN": dayFormat("zh-CN"), en: dayFormat("en") };

/** "14:32" in both languages: a till's clock has no a.m. Epoch milliseconds are told by the shop's time, like `formatDay`. */
export function formatClock(atMs: number, { utcOffsetMinutes }: ClockPlace): string {
  return isoAt(atMs, utcOffsetMinutes).slice(11, 16);
}

/** "11月22日星期日" or "Sunday, November 22". */
export function formatDay(atMs: number, { locale, utcOffsetMinutes }: ClockPlace): string {
  return days[locale].format(atMs + utcOffsetMinutes * msPerMinute);
}

/** "11-22 14:32": short enough for a table. */
export function formatDayAndClock(atMs: number, { utcOffsetMinutes }: ClockPlace): string {
  return isoAt(atMs, utcOffsetMinutes).slice(5, 16).replace("T", " ");
}

/** "2026-11-22": a day that may be years away. */
export function formatIsoDay(atMs: number, { utcOffsetMinutes }: ClockPlace): string {
  return isoAt(atMs, utcOffsetMinutes).slice(0, 10);
}

/** "2026-11-22 周日", "2026-11-22 Sun": the date as receipts write it, with its weekday. */
export function dateInWords(isoDate: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return `${isoDate} ${weekday.format(Date.parse(isoDate))}`;
}

/** Whole seconds until `deadlineMs`, never below zero. */
export function secondsLeft(deadlineMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((deadlineMs - nowMs) / 1000));
}

/** "4:07" minutes and seconds, for a countdown above a minute; "52" below. */
export function formatCountdown(seconds: number): string {
  if (seconds < 60) return String(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "2026-11-22T14:32:05.000Z" where the Z stands for the shop's own zone: the machine's zone has no say. */
function isoAt(atMs: number, utcOffsetMinutes: number): string {
  return new Date(atMs + utcOffsetMinutes * msPerMinute).toISOString();
}

/** The moment handed to it is shifted already, as in `isoAt`. */
function dayFormat(locale: Locale): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { month: "long", day: "numeric", weekday: "long", timeZone: "UTC" });
}
