import { z } from "zod";
import { positionSchema } from "./journal.ts";

/**
 * Every answer that is not 2xx. A finished sale is never refused for business reasons: only signature, chain and fork
 * faults refuse an upload, everything else about it is stored, acknowledged and flagged.
 *
 * | kind | status | what the till does |
 * |---|---|---|
 * | bad-request | 400 | a fault of one of the two programs: says so, tries again slowly |
 * | bad-signature, wrong-clock | 401 | says so; with wrong-clock it signs again by `serverTime` |
 * | unknown-terminal | 404 | enrol again |
 * | revoked | 403 | sends to `…/quarantine` (the same body) instead, so that no sale is lost; no feeds |
 * | broken-chain | 422 | `at` is the last good entry; new epoch, alarm |
 * | fork | 409 | other bytes are stored under this key: `at` is what head office holds there; new epoch, alarm |
 * | too-large | 413 | half the batch |
 * | busy | 429, 503 | after `Retry-After` seconds |
 * | feed-too-old | 410 | snapshot: after=0 |
 * | code-unknown, code-used, code-expired, already-enrolled | 403, 409 | of an enrolment; a person looks |
 * | not-allowed | 403 | of a person at the web page |
 * | carried-not-offered | 403 | of `carried-secret`: the company takes no payments by the customer's phone; asked again slowly |
 * | internal | 500 | later |
 */
export const faultKinds = [
  ...(["bad-request", "bad-signature", "wrong-clock", "unknown-terminal", "revoked"] as const),
  ...(["broken-chain", "fork", "too-large", "busy", "feed-too-old"] as const),
  ...(["code-unknown", "code-used", "code-expired", "already-enrolled", "not-allowed", "not-found"] as const),
  ...(["conflict", "internal", "carried-not-offered"] as const),
] as const;

export const faultSchema = z.strictObject({
  kind: z.enum(faultKinds),
  /** For logs and developers, in English; screens word the kind. Holds nothing secret. */
  detail: z.string().max(500),
  /** Of fork and broken-chain. */
  at: positionSchema.optional(),
  /** Of wrong-clock: RFC 3339. */
  serverTime: z.string().optional(),
});
export type WireFault = z.infer<typeof faultSchema>;
export type WireFaultKind = WireFault["kind"];
