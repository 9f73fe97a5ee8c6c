import type { OfficeLocale } from "./texts.tsx";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * "¥1,234.50", "−¥3.25". By its digits, because a year of many shops is more than one amount of core/money may be.
 * @param amountFen a whole number of fen
 */
export function money(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, "0");
  const yuan = digits.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  return `${amountFen < 0 ? "\u2212" : ""}¥${yuan}.${digits.slice(-2)}`;
}

/** "3 分钟前", "2 hours ago": how long ago by the server's clock. */
export function ago(atMs: number, nowMs: number, locale: OfficeLocale): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  const passed = Math.max(0, nowMs - atMs);
  if (passed < minuteMs) return format.format(-Math.round(passed / 1_000), "second");
  if (passed < hourMs) return format.format(-Math.floor(passed / minuteMs), "minute");
  return passed < dayMs
    ? format.format(-Math.floor(passed / hourMs), "hour")
    : format.format(-Math.floor(passed / dayMs), "day");
}

/** "2026-11-26 15:04": by this browser's clock, for what happened at head office. */
export function dayAndClock(atMs: number): string {
  const at = new Date(atMs - new Date(atMs).getTimezoneOffset() * minuteMs);
  return at.toISOString().slice(0, 16).replace("T", " ");
}

/** "15:04:05" of a till's own spelling of a time: the shop's clock, whatever the browser's zone. */
export function shopClock(completedAt: string): string {
  return /T(\d{2}:\d{2}:\d{2})/.exec(completedAt)?.[1] ?? completedAt;
}

/** "9:07" minutes and seconds. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
