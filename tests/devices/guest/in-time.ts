import { until } from "#tests/support/poll.ts";

/**
 * The guest's processor is emulated, twenty times slower than the machine's: how long anything may take in there before
 * it is taken for never. Milliseconds.
 */
const PATIENCE_MS = 180_000;

/** Asks until the answer is neither null, undefined nor false. `seen` says, when it never is, what was there instead. */
export async function inTime<T>(
  what: string,
  ask: () => T | Promise<T>,
  seen: () => unknown = () => "",
): Promise<NonNullable<Exclude<T, false>>> {
  try {
    return await until(what, ask, PATIENCE_MS);
  } catch (cause) {
    throw new Error(`never: ${what}; there was ${JSON.stringify(seen())}`, { cause });
  }
}
