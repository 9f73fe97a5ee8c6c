import { businessDate } from "#core/sale/business-date.ts";

const beijingOffsetMinutes = 480;

/** The Beijing day, YYYY-MM-DD, of a time as the gateway tells it: RFC 3339, always with +08:00. Null for what is none. */
export function beijingDayOf(time: string): string | null {
  const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
  const clock = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?`;
  return new RegExp(`^${day}T${clock}\\+08:00$`, "u").test(time) ? time.slice(0, 10) : null;
}

/** The Beijing day of a moment in milliseconds since the epoch; the bills' day, wherever the till stands. */
export function beijingDay(atMs: number): string {
  return businessDate(atMs, beijingOffsetMinutes, 0);
}
