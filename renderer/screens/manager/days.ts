/** The calendar day `count` days after an ISO date, such as "2026-02-28" and 1; negative goes back. */
export function dayAfter(isoDate: string, count: number): string {
  const [year = 0, month = 1, day = 1] = isoDate.split("-").map(Number);
  // Days are counted in UTC, where every one of them has 24 hours.
  return new Date(Date.UTC(year, month - 1, day + count)).toISOString().slice(0, 10);
}

/** "14:32" of an RFC 3339 time in the shop's own offset: read off the text, so that no other time zone gets in. */
export function clockOf(rfc3339: string): string {
  return rfc3339.slice(11, 16);
}
