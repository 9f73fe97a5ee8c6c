import { assert } from "#core/result.ts";

/** After the first failure at most this long, then twice as long each time. */
export const firstBackOffMs = 500;
/** Longest pause: a head office that comes back is noticed within five minutes. */
export const mostBackOffMs = 300_000;
/** A server may ask for more patience, but not for ever. */
export const mostRetryAfterMs = 3_600_000;

/**
 * How long to wait after so many failures in a row: full jitter, so that a thousand tills that lost head office together
 * do not come back together (source: AWS Architecture Blog, "Exponential Backoff and Jitter").
 * @param failures from 1
 * @param random from 0 up to 1, without 1
 * @param retryAfterMs what the server asked for; it is never undercut
 */
export function backOffMs(failures: number, random: number, retryAfterMs: number | null = null): number {
  assert(Number.isSafeInteger(failures) && failures >= 1, `failures from 1, got ${failures}`);
  assert(random >= 0 && random < 1, `a random number from 0 up to 1, got ${random}`);
  const ceilingMs = Math.min(mostBackOffMs, firstBackOffMs * 2 ** Math.min(failures - 1, 20));
  const jittered = Math.max(1, Math.floor(ceilingMs * random));
  return retryAfterMs === null ? jittered : Math.max(jittered, Math.min(retryAfterMs, mostRetryAfterMs));
}

/** Where only a person or a newer program can help: asked again every few minutes all the same. */
export function slowRetryMs(random: number): number {
  const leastMs = mostBackOffMs >> 1;
  return leastMs + Math.floor(leastMs * random);
}
