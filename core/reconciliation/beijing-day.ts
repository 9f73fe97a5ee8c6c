import { businessDate } from "#core/sale/business-date.ts";

const beijingOffsetMinutes = 480;
/** Between the till's or the gateway's own time of a success and the time its bill goes by. */
const lastMinutes = "23:55:00";

/**
 * A time as the gateway tells it (RFC 3339, always with +08:00) in the words of its bills: `YYYY-MM-DD HH:mm:ss`,
 * Beijing. Null for what is none.
 */
export function beijingTimeOf(time: string): string | null {
  const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
  const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
  const match = new RegExp(`^(${day})T(${clock})(?:\\.\\d{1,9})?\\+08:00$`, "u").exec(time);
  return match === null ? null : `${match[1]} ${match[2]}`;
}

/** The Beijing day of a moment in milliseconds since the epoch; the bills' day, wherever the till stands. */
export function beijingDay(atMs: number): string {
  return businessDate(atMs, beijingOffsetMinutes, 0);
}

/** Whether a Beijing time lies on this day. */
export function isOnDay(time: string | null, day: string): boolean {
  return time !== null && time.startsWith(day);
}

/** So late that the bill may count it for the next day. */
export function isLateOnDay(time: string | null, day: string): boolean {
  return time !== null && time.startsWith(day) && time.slice(11) >= lastMinutes;
}
