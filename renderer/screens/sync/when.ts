import { formatClock, formatDayAndClock, formatIsoDay, type ClockPlace } from "../../i18n/formats.ts";

/** "14:05", and with its day where that is not today: an outage may last a weekend. */
export function formatWhen(atMs: number, nowMs: number, place: ClockPlace): string {
  const isToday = formatIsoDay(atMs, place) === formatIsoDay(nowMs, place);
  return isToday ? formatClock(atMs, place) : formatDayAndClock(atMs, place);
}
