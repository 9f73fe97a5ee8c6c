import type { FastifyReply } from "fastify";
import type { WireFault, WireFaultKind } from "#contract/wire/fault.ts";

/** The status each kind is answered with: the table of contract/wire/fault.ts. */
const statusOf: Readonly<Record<WireFaultKind, number>> = {
  "bad-request": 400,
  "bad-signature": 401,
  "wrong-clock": 401,
  "unknown-terminal": 404,
  revoked: 403,
  "broken-chain": 422,
  fork: 409,
  "too-large": 413,
  busy: 503,
  "feed-too-old": 410,
  "code-unknown": 403,
  "code-used": 403,
  "code-expired": 403,
  "already-enrolled": 409,
  "not-allowed": 403,
  "not-found": 404,
  conflict: 409,
  internal: 500,
  "carried-not-offered": 403,
};

/** Seconds a busy office asks for, spread so that a shop full of tills does not come back at once. */
const [leastRetryAfter, mostRetryAfter] = [1, 5];
/** Seconds after too many wrong tries. */
const blockedRetryAfter = 600;
const mostDetail = 500;

export function faultOf(kind: WireFaultKind, detail: string, more: Partial<WireFault> = {}): WireFault {
  return { kind, detail: detail.slice(0, mostDetail), ...more };
}

/** @param status where a kind has more than one: busy is 429 for whoever alone is asked to wait */
export function sendFault(reply: FastifyReply, fault: WireFault, status = statusOf[fault.kind]): FastifyReply {
  if (fault.kind === "busy") {
    const spread = mostRetryAfter - leastRetryAfter + 1;
    const seconds = status === 429 ? blockedRetryAfter : leastRetryAfter + Math.floor(Math.random() * spread);
    void reply.header("retry-after", String(seconds));
  }
  return reply.code(status).send(fault);
}
