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
