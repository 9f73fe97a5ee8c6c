/** Wrong codes one address may try, over all terminals, before it has to wait. */
const mostTries = 20;
const windowMs = 600_000;
/** Addresses remembered; when there are more, the oldest is forgotten: the limit per code still holds. */
const mostAddresses = 10_000;

/** Counts wrong codes by address in this instance. The limit that several instances share is the one of each code. */
export interface WrongTries {
  isBlocked(address: string, nowMs: number): boolean;
  note(address: string, nowMs: number): void;
}

export function wrongTries(): WrongTries {
  const tries = new Map<string, { readonly sinceMs: number; count: number }>();
  const current = (address: string, nowMs: number) => {
    const found = tries.get(address);
    return found !== undefined && nowMs - found.sinceMs < windowMs ? found : undefined;
  };
  return {
    isBlocked: (address, nowMs) => (current(address, nowMs)?.count ?? 0) >= mostTries,
    note(address, nowMs) {
      const found = current(address, nowMs) ?? { sinceMs: nowMs, count: 0 };
      found.count += 1;
      tries.delete(address);
      tries.set(address, found);
      const [oldest] = tries.keys();
      if (tries.size > mostAddresses && oldest !== undefined) tries.delete(oldest);
    },
  };
}
