import type { Fen } from "#core/money/fen.ts";
import type { UnknownCause } from "#core/tender/gateway-answer.ts";
import type { RefundAnswer, RefundFacts, RefundRefusal } from "./refund-answer.ts";

/**
 * Where one refund through the gateway stands. `succeeded` and `closed` are final; `refused` waits for a person, who
 * may have it sent again under the same number.
 * `requested` is on disk and no byte has left; `sent` may have left; `unknown` was answered by nothing definite and is
 * sent again under the same number; `processing` is accepted; `abnormal` is stuck at the gateway until a person acts.
 */
export type RefundState =
  | "requested"
  | "sent"
  | "unknown"
  | "processing"
  | "abnormal"
  | "succeeded"
  | "closed"
  | "refused";

/**
 * Where a stuck refund is sent on to: the customer's bank card, or the shop's own bank account, from which the shop pays
 * the customer by itself. The two ways of the gateway (apply-abnormal-refund).
 */
export type OnwardTarget = "customer-card" | "shop-account";

export interface Onward {
  readonly to: OnwardTarget;
  /** Milliseconds since the epoch, till clock. */
  readonly atMs: number;
  /** The gateway's code for not taking it: another word may be given. Null while it may have taken this one. */
  readonly refused: string | null;
  /** A request was answered by nothing definite: a refusal of the next one proves nothing. */
  readonly isDoubtful: boolean;
}

export interface Refund {
  /** Made and stored before anything is sent; the same on every try, or the customer is paid twice. */
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  /** Preferred by the gateway right after paying; null where the payment's answer never told it. */
  readonly transactionId: string | null;
  readonly saleId: string;
  readonly tenderId: string;
  readonly amountFen: Fen;
  /** What the whole order was; the gateway compares it. */
  readonly totalFen: Fen;
  /** Shown to the customer; empty for none. The same on every try. */
  readonly reason: string;
  readonly state: RefundState;
  /** Milliseconds since the epoch, till clock; drives waits only. */
  readonly createdAtMs: number;
  /** Requests that may have left, over every process. */
  readonly sendTries: number;
  /** When the last of them left, milliseconds since the epoch, till clock; until one has, when the refund was made. */
  readonly lastSentAtMs: number;
  /** Questions asked since then, each after a wait that really passed. */
  readonly asksSinceSend: number;
  /** Tries in a row that told nothing, for the back-off. */
  readonly quietTries: number;
  readonly facts: RefundFacts | null;
  /** With `refused` what was said; with `unknown` a refusal that a query still has to confirm. */
  readonly refused: { readonly reason: RefundRefusal; readonly code: string } | null;
  readonly lastUnknown: UnknownCause | null;
  /** A manager's last word on where the stuck money goes. */
  readonly onward: Onward | null;
  /** A person must look: the money is stuck, or nothing definite came within the window. */
  readonly needsManager: boolean;
}

export type RefundEvent =
  /** The refund is on disk: the request may leave now. */
  | { readonly kind: "stored" }
  | { readonly kind: "refund-answered"; readonly answer: RefundAnswer }
  | { readonly kind: "query-answered"; readonly answer: RefundAnswer }
  /** The wait a previous effect asked for is over. */
  | { readonly kind: "timer" }
  /** A manager says where the stuck money goes. */
  | { readonly kind: "onward-requested"; readonly to: OnwardTarget }
  | { readonly kind: "onward-answered"; readonly answer: RefundAnswer }
  /** A manager has the refused refund sent again, after topping up or mending the set-up. */
  | { readonly kind: "retry-requested" }
  /** The till has started again with this refund unfinished. */
  | { readonly kind: "resumed" };

/** What to do next, as data; the driver stores the refund first, then performs these in order. */
export type RefundEffect =
  | { readonly kind: "send-refund" }
  | { readonly kind: "query-refund" }
  /** Tells the gateway where the stuck money goes; card and name are not part of the refund and never on disk. */
  | { readonly kind: "send-onward" }
  /** Replaces any running timer of this refund; then a `timer` event. */
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "settle"; readonly outcome: "succeeded" | "closed" | "refused" }
  | { readonly kind: "alarm" };

/** Every wait of the machine, milliseconds. */
export interface RefundTiming {
  /** How long a request may take to be answered at all; longer than the client's own limit. */
  readonly answerMs: number;
  /** Before the second try of an unclear request; doubles up to `retryMostMs`. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
  /** Between two queries of an accepted refund; doubles up to `pollMostMs`. */
  readonly pollFirstMs: number;
  readonly pollMostMs: number;
  /** How long "no such order" may be the gateway's own delay. */
  readonly transientNotFoundMs: number;
  /** After this without an end a person must look; the till goes on asking. */
  readonly windowMs: number;
}

/** A minute before the first query and three working days for a bank card: WeChat Pay refund rules (4012552567). */
export const defaultRefundTiming: RefundTiming = {
  answerMs: 35_000,
  retryFirstMs: 5_000,
  retryMostMs: 600_000,
  pollFirstMs: 60_000,
  pollMostMs: 3_600_000,
  transientNotFoundMs: 300_000,
  windowMs: 7 * 24 * 3_600_000,
};

export interface RefundStep {
  readonly refund: Refund;
  readonly effects: readonly RefundEffect[];
}
