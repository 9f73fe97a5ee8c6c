const dayMs = 86_400_000;

/**
 * Whether the day's backup is still to be made: none was since the last time the shop's clock showed `atMinutes`. A till
 * that was off, or whose folder was away, is due as soon as it can.
 * @param atMinutes after the shop's midnight
 * @param lastMadeMs milliseconds since the epoch; null for never. One that lies ahead (the calendar was wrong) counts as none
 */
export function isDailyDue(
  nowMs: number,
  lastMadeMs: number | null,
  atMinutes: number,
  utcOffsetMinutes: number,
): boolean {
  if (lastMadeMs === null || lastMadeMs > nowMs) return true;
  const shiftMs = (atMinutes - utcOffsetMinutes) * 60_000;
  const lastTimeMs = Math.floor((nowMs - shiftMs) / dayMs) * dayMs + shiftMs;
  return lastMadeMs < lastTimeMs;
}
