import type { RefusedReason, UnknownCause } from "#core/tender/gateway-answer.ts";

/** We cannot tell what the gateway did; part of every answer of the port. */
export interface UnknownAnswer {
  readonly kind: "unknown";
  readonly cause: UnknownCause;
  readonly code: string | null;
}

/**
 * The only codes that prove that a payment did not happen, in the one spelling `normaliseCode` leaves. The gateway's
 * pages disagree about their spelling and newer ones add to them; whatever is not listed here is unknown.
 */
const refusals: ReadonlyMap<string, RefusedReason> = new Map<string, RefusedReason>([
  ["AUTHCODEEXPIRE", "code-expired"],
  ["AUTHCODEERROR", "code-invalid"],
  ["AUTHCODEINVALID", "code-invalid"],
  ["NOTENOUGH", "not-enough-money"],
  ["NOTSUPORTCARD", "card-not-supported"], // the gateway's own spelling
  ["ACCOUNTERROR", "card-not-supported"],
  ["RULELIMIT", "limit-reached"],
  ["ORDERCLOSED", "order-closed"],
  ["ORDERREVERSED", "order-closed"],
  ["SIGNERROR", "signature-rejected"],
  ["PARAMERROR", "merchant-configuration"],
  ["LACKPARAMS", "merchant-configuration"],
  ["NOAUTH", "merchant-configuration"],
  ["APPIDNOTEXIST", "merchant-configuration"],
  ["MCHIDNOTEXIST", "merchant-configuration"],
  ["APPIDMCHIDNOTMATCH", "merchant-configuration"],
  ["XMLFORMATERROR", "merchant-configuration"],
  ["REQUIREPOSTMETHOD", "merchant-configuration"],
  ["NOTUTF8", "merchant-configuration"],
]);

const rateLimits: ReadonlySet<string> = new Set(["FREQUENCYLIMITED", "RATELIMITEXCEEDED", "RATELIMITED"]);

/** One spelling for comparing: the gateway writes ORDERPAID and ORDER_PAID, and both mean the same. */
export function normaliseCode(code: string): string {
  return code.toUpperCase().replaceAll("_", "");
}

/** True when the code is this one, however it is spelt. */
export function isCode(code: string | null, wanted: string): boolean {
  return code !== null && normaliseCode(code) === normaliseCode(wanted);
}

/**
 * Why a *verified* answer refuses for good, or null when it proves nothing. A server error and a rate limit prove
 * nothing whatever their code says: the request may have got through before.
 */
export function refusalOf(status: number, code: string | null): RefusedReason | null {
  if (code === null || status < 400 || status >= 500 || status === 408 || status === 429) return null;
  return refusals.get(normaliseCode(code)) ?? null;
}

/** The unknown answer to a status and code that mean nothing more definite. */
export function unknownOf(status: number, code: string | null): UnknownAnswer {
  return { kind: "unknown", cause: causeOf(status, code), code };
}

function causeOf(status: number, code: string | null): UnknownCause {
  if (status >= 500) return "server-error";
  if (status === 429 || (code !== null && rateLimits.has(normaliseCode(code)))) return "rate-limited";
  return code === null ? "unreadable" : "unlisted-code";
}
