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

const clockOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** "14:32" in both languages: a till's clock has no a.m. */
export function formatClock(atMs: number, locale: Locale): string {
  return dateFormat("clock", locale, clockOptions).format(atMs);
}

/** "11月22日星期日" or "Sunday, November 22". */
export function formatDay(atMs: number, locale: Locale): string {
  return dateFormat("day", locale, { month: "long", day: "numeric", weekday: "long" }).format(atMs);
}

/** "11-22 14:32": short enough for a table. */
export function formatDayAndClock(atMs: number, locale: Locale): string {
  const [, month = "", day = ""] = new Date(atMs).toLocaleDateString("sv-SE").split("-");
  return `${month}-${day} ${formatClock(atMs, locale)}`;
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

function dateFormat(name: string, locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${locale}`;
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  clocks.set(key, made);
  return made;
}
