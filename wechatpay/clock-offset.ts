import type { WireAnswer } from "./http.ts";

/** Between signing and sending an answer; a `Date` further off was put there by somebody on the way. */
const mostSigningMs = 60_000;

/**
 * How far the till's clock runs ahead of the gateway's (negative: behind), milliseconds, from an answer whose signature
 * holds: its `Date`, believed only near the signed time, else the signed time itself. Good to a second or so, which is
 * all a limit of five minutes needs. Null when the answer tells no time.
 */
export function clockOffset(answer: Pick<WireAnswer, "headers">, nowMs: number): number | null {
  const signedMs = Number(answer.headers["wechatpay-timestamp"] ?? Number.NaN) * 1_000;
  const datedMs = dateOf(answer);
  if (Number.isNaN(signedMs)) return null;
  return nowMs - (datedMs !== null && Math.abs(datedMs - signedMs) <= mostSigningMs ? datedMs : signedMs);
}

/**
 * The same from an answer nobody signed: a gateway that refuses our signature may not sign its own. Good enough to tell
 * a person where to look, over a connection whose other end proved itself; no decision rests on it.
 */
export function unsignedClockOffset(answer: Pick<WireAnswer, "headers">, nowMs: number): number | null {
  const datedMs = dateOf(answer);
  return datedMs === null ? null : nowMs - datedMs;
}

function dateOf(answer: Pick<WireAnswer, "headers">): number | null {
  const { date } = answer.headers;
  const atMs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(atMs) ? null : atMs;
}
