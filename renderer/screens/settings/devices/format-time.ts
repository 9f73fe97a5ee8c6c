import { formatClock, formatDayAndClock, type ClockPlace } from "../../../i18n/formats.ts";

const dayMs = 86_400_000;

/** "14:32:07" for what was just now, with the day for what is older than a day. */
export function formatTime(atMs: number, place: ClockPlace): string {
  if (Date.now() - atMs > dayMs) return formatDayAndClock(atMs, place);
  return `${formatClock(atMs, place)}:${String(Math.floor(atMs / 1_000) % 60).padStart(2, "0")}`;
}

/** "14:32:07.085": to see what came first. */
export function formatMoment(atMs: number, place: ClockPlace): string {
  return `${formatTime(atMs, place)}.${String(atMs % 1_000).padStart(3, "0")}`;
}
