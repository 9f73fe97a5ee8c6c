import type { CarriedProof } from "#core/carried/proof.ts";
import type { Fen } from "#core/money/fen.ts";

/** Why we cannot tell what the gateway did; for the log and the screen's sentence, never for a decision. */
export type UnknownCause =
  | "timeout"
  | "network"
  | "server-error"
  | "rate-limited"
  | "bad-signature"
  | "unreadable"
  | "mismatch"
  | "unlisted-code";

/** Why a payment was definitely refused; each has its own sentence for the cashier. */
export type RefusedReason =
  | "code-expired"
  | "code-invalid"
  | "not-enough-money"
  | "card-not-supported"
  | "merchant-configuration"
  | "signature-rejected"
  | "limit-reached"
  | "order-closed";

export interface PaidFacts {
  readonly transactionId: string;
  /** What the customer's side was charged after coupons, ≤ the amount. */
  readonly payerTotalFen: Fen;
  /** RFC 3339, as the gateway said it. */
  readonly successTime: string;
}

/** What is known of a carried payment: its proof does not tell WeChat's own number (交易单号) or what coupons took off. */
export interface ProvedFacts {
  readonly transactionId: null;
  /** The amount. */
  readonly payerTotalFen: Fen;
  /** RFC 3339: when it was proved here. */
  readonly successTime: string;
  readonly proof: CarriedProof;
}

/** Answer to a payment-code pay. Only a verified, matching SUCCESS is `paid` (shared rule: everything unclear is `unknown`). */
export type PayAnswer =
  | { readonly kind: "paid"; readonly facts: PaidFacts }
  | { readonly kind: "user-paying" }
  | { readonly kind: "refused"; readonly reason: RefusedReason; readonly code: string }
  | { readonly kind: "unknown"; readonly cause: UnknownCause; readonly code: string | null };

/** Answer to opening a native order. */
export type NativeAnswer =
  | { readonly kind: "opened"; readonly codeUrl: string }
  | { readonly kind: "refused"; readonly reason: RefusedReason; readonly code: string }
  | { readonly kind: "unknown"; readonly cause: UnknownCause; readonly code: string | null };

export type QueryAnswer =
  | { readonly kind: "paid"; readonly facts: PaidFacts }
  | { readonly kind: "not-paid" }
  | { readonly kind: "user-paying" }
  | { readonly kind: "pay-error" }
  | { readonly kind: "closed" }
  | { readonly kind: "revoked" }
  | { readonly kind: "refunded" }
  | { readonly kind: "not-found" }
  | { readonly kind: "unknown"; readonly cause: UnknownCause; readonly code: string | null };

export type ReverseAnswer =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "unknown"; readonly cause: UnknownCause; readonly code: string | null };

export type CloseAnswer =
  | { readonly kind: "closed" }
  | { readonly kind: "already-paid" }
  | { readonly kind: "user-paying" }
  | { readonly kind: "unknown"; readonly cause: UnknownCause; readonly code: string | null };
