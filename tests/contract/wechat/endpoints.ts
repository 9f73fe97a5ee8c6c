import { amountFen, type Shop } from "./shop.ts";

/** One endpoint: how it is asked through the client, what it answers when all is well, and how it may refuse. */
export interface Endpoint {
  readonly name: string;
  readonly protocol: "v3" | "v2";
  /** Makes what the request needs, untouched by anybody, and hands back the request itself. */
  readonly prepare: (shop: Shop) => Promise<() => Promise<unknown>>;
  readonly good: object;
  /** What the client makes of an answer it cannot believe. */
  readonly distrusted: object;
  /** HTTP status and code of the error table, and what the client makes of it. Each is tried in both spellings. */
  readonly refusals: readonly Refusal[];
}

export type Refusal = readonly [status: number, code: string, means: object];

export const distrusted = { kind: "unknown", cause: "bad-signature" };
export const unlisted = { kind: "unknown", cause: "unlisted-code" };
const trouble = { kind: "unknown", cause: "server-error" };
const limited = { kind: "unknown", cause: "rate-limited" };
export const refused = (reason: string): object => ({ kind: "refused", reason });
export const said = (kind: string): object => ({ kind });

/** Trouble and limits of every v3 endpoint (WeChat Pay's v3 error table): they prove nothing. */
export const troubles: readonly Refusal[] = [
  [429, "FREQUENCY_LIMITED", limited],
  [429, "RATELIMIT_EXCEEDED", limited],
  [429, "RATE_LIMITED", limited],
  [500, "SYSTEM_ERROR", trouble],
  [500, "BANK_ERROR", trouble],
  [500, "INVALID_TRANSACTIONID", trouble],
  [500, "OPENID_MISMATCH", trouble],
  [502, "SERVICE_UNAVAILABLE", trouble],
  [503, "SERVICE_UNAVAILABLE", trouble],
];

export const order = (outTradeNo: string) => ({ outTradeNo, amountFen, description: "便利店 3 件" });
