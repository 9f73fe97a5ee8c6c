/** An expected outcome: a value, or a fault the caller must answer. Bugs are assertions, not faults. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: F };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<F>(fault: F): { readonly ok: false; readonly fault: F } {
  return { ok: false, fault };
}

/** Fails loudly on a broken promise between our own functions. Never for input from outside. */
export function assert(claim: boolean, promise: string): asserts claim {
  if (!claim) throw new Error(`broken promise: ${promise}`);
}
