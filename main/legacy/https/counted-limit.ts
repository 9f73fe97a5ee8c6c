/** Addresses and names that are remembered; the oldest is forgotten first. */
const mostKept = 1_000;

export interface CountedLimit {
  count(key: string): void;
  /** Counted more often within its time than is allowed. */
  isOver(key: string): boolean;
}

/** How often something happened under a key, in stretches of so many milliseconds that begin with the first of them. */
export function countedLimit(
  { most, everyMs }: { readonly most: number; readonly everyMs: number },
  now: () => number,
): CountedLimit {
  const counts = new Map<string, { readonly sinceMs: number; readonly times: number }>();
  const current = (key: string) => {
    const kept = counts.get(key);
    return kept === undefined || Math.abs(now() - kept.sinceMs) >= everyMs ? { sinceMs: now(), times: 0 } : kept;
  };
  return {
    count(key) {
      const { sinceMs, times } = current(key);
      counts.delete(key);
      counts.set(key, { sinceMs, times: times + 1 });
      const [oldest] = counts.keys();
      if (counts.size > mostKept && oldest !== undefined) counts.delete(oldest);
    },
    isOver: (key) => current(key).times > most,
  };
}
