import type { Fen } from "#core/money/fen.ts";
import type { UnknownCause } from "#core/tender/gateway-answer.ts";

/** Why a refund was definitely refused; each has its own sentence for the manager. */
export type RefundRefusal =
  /** The merchant's account holds too little: top it up, then try again under the same number. */
  | "merchant-balance"
  /** The customer's account cannot take the money: give it back another way. */
  | "customer-account"
  | "merchant-configuration"
  | "signature-rejected"
  /** Against the gateway's rules: more than was paid, over a year old, other facts under a known number. */
  | "against-rules"
  | "order-not-found";

/** What the gateway tells of a refund it knows. */
export interface RefundFacts {
  readonly refundId: string;
  /** What the customer gets back after coupons; null where the gateway does not say. */
  readonly payerRefundFen: Fen | null;
  /** When the gateway accepted it, RFC 3339 as it said it: the day whose bill it is in. */
  readonly createTime: string | null;
  /** RFC 3339, as the gateway said it; null until the money has arrived. */
  readonly successTime: string | null;
}

/** Answer to a refund request or query. Only a verified answer about exactly this refund is more than `unknown`. */
export type RefundAnswer =
  /** Accepted; the money is on its way (balance minutes, card up to three working days). */
  | { readonly kind: "processing"; readonly facts: RefundFacts }
  | { readonly kind: "success"; readonly facts: RefundFacts }
  /** The refund failed and is over: another try needs another number. */
  | { readonly kind: "closed"; readonly facts: RefundFacts }
  /** The money could not be delivered: a person decides where it goes. */
  | { readonly kind: "abnormal"; readonly facts: RefundFacts }
  | { readonly kind: "refused"; readonly reason: RefundRefusal; readonly code: string }
  /** To a query: no such refund. To a request: no such order, which right after paying may pass. */
  | { readonly kind: "not-found" }
  | { readonly kind: "unknown"; readonly cause: UnknownCause; readonly code: string | null };
