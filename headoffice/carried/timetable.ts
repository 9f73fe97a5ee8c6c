const second = 1_000;
const minute = 60_000;
const hour = 60 * minute;

/** Gaps between two questions about one order, as the gateway advises (4012075249); after them hourly. Milliseconds. */
const gaps = [5 * second, 30 * second, minute, 3 * minute, 5 * minute, 10 * minute, 30 * minute] as const;

/**
 * When the gateway is asked next about an order that came to where it is at `phaseMs`. It follows from the row alone, so that
 * a restart goes on with it. Milliseconds since 1970.
 */
export function nextAskMs(phaseMs: number, nowMs: number): number {
  let dueMs = phaseMs;
  for (const gap of gaps) {
    dueMs += gap;
    if (dueMs > nowMs) return dueMs;
  }
  return dueMs + (Math.floor((nowMs - dueMs) / hour) + 1) * hour;
}
