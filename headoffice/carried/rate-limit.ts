/** Keys remembered; when there are more, the oldest is forgotten: a flood from everywhere is the proxy's to stop. */
const mostKeys = 20_000;

/** Counts in this instance; true while a key has not had its share of the running window. */
export interface RateLimit {
  allows(key: string, nowMs: number): boolean;
}

/** @param most per window of `windowMs` milliseconds and key */
export function rateLimit(most: number, windowMs: number): RateLimit {
  const counts = new Map<string, { readonly sinceMs: number; count: number }>();
  return {
    allows(key, nowMs) {
      const found = counts.get(key);
      const age = found === undefined ? windowMs : nowMs - found.sinceMs;
      // A clock that was set back begins a new window too.
      if (found !== undefined && age >= 0 && age < windowMs) {
        found.count += 1;
        return found.count <= most;
      }
      counts.delete(key);
      counts.set(key, { sinceMs: nowMs, count: 1 });
      const [oldest] = counts.keys();
      if (counts.size > mostKeys && oldest !== undefined) counts.delete(oldest);
      return true;
    },
  };
}
