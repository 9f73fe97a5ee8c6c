/** The gateway speaks Beijing time, which has no summer time: eight hours ahead of UTC, always. */
const aheadOfUtcMs = 8 * 3_600_000;

/** `2026-11-22T19:41:07+08:00`; milliseconds are cut off. */
export function beijingTime(atMs: number): string {
  return `${new Date(atMs + aheadOfUtcMs).toISOString().slice(0, 19)}+08:00`;
}

/** `20261122`. */
export function compactBeijingDate(atMs: number): string {
  return beijingTime(atMs).slice(0, 10).replaceAll("-", "");
}

/** `2026-11-22 19:41:07`, as bills write it. */
export function beijingBillTime(atMs: number): string {
  return beijingTime(atMs).slice(0, 19).replace("T", " ");
}

/** `2026-11-22`. */
export function beijingDate(atMs: number): string {
  return beijingTime(atMs).slice(0, 10);
}

/** The first millisecond of a Beijing day; NaN when `date` is no date. */
export function beijingMidnight(date: string): number {
  const atMs = Date.parse(`${date}T00:00:00+08:00`);
  return Number.isNaN(atMs) || beijingDate(atMs) !== date ? Number.NaN : atMs;
}
