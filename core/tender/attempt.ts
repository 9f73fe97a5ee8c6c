import type { Fen } from "#core/money/fen.ts";
import type {
  CloseAnswer,
  NativeAnswer,
  PaidFacts,
  PayAnswer,
  ProvedFacts,
  QueryAnswer,
  RefusedReason,
  ReverseAnswer,
  UnknownCause,
} from "#core/tender/gateway-answer.ts";

/**
 * `codepay`: we scan the customer's code (被扫). `native`: the customer scans our QR (主扫). `carried`: the customer's phone
 * takes our request to head office and brings back its word; nothing of it leaves this machine (docs/CARRIED.md).
 */
export type AttemptKind = "codepay" | "native" | "carried";

/**
 * The gateway's protocol an attempt speaks from its first request to its last: asking both about one number could
 * charge twice. QR orders exist in v3 only; payment codes in v2 where the merchant is set up so.
 */
export type PayProtocol = "v3" | "v2";

/**
 * Where one payment attempt stands. `paid`, `failed`, `reversed` and `abandoned` are final.
 * `created` is on disk and no byte has left; `sent` may have left; `pending` waits for the customer or for an answer;
 * `undoing` is being reversed (codepay) or closed (native) until the gateway confirms it. `abandoned` is a carried one the
 * cashier gave up: its sale is free, and whatever was paid head office gives back.
 */
export type AttemptState = "created" | "sent" | "pending" | "undoing" | "paid" | "failed" | "reversed" | "abandoned";

/** The three words for money: every state is shown as exactly one of them. */
export type MoneyWord = "paid" | "not-paid" | "not-known";

export interface Attempt {
  readonly kind: AttemptKind;
  /** Stored with it, so that no change of the configuration moves a begun attempt to the other one. */
  readonly protocol: PayProtocol;
  /** Made and stored before anything is sent; unique per merchant for ever; one per attempt. */
  readonly outTradeNo: string;
  readonly saleId: string;
  readonly tenderId: string;
  readonly amountFen: Fen;
  readonly state: AttemptState;
  /** Milliseconds since the epoch, till clock; drives deadlines only, never order. */
  readonly createdAtMs: number;
  readonly sentAtMs: number | null;
  /** When the till stops waiting and undoes the attempt. */
  readonly deadlineAtMs: number | null;
  readonly undoingSinceMs: number | null;
  /** Undo tries so far, for the back-off. */
  readonly undoTries: number;
  readonly undoReason: "deadline" | "cashier" | "pay-error" | "restart" | null;
  /** When the gateway last accepted a reverse; an acceptance still has to be confirmed by a query. */
  readonly undoAcceptedAtMs: number | null;
  /** The till has restarted since the attempt was stored: a refusal may answer a request we no longer know of. */
  readonly wasResumed: boolean;
  readonly customerIsEnteringPassword: boolean;
  /** What the QR says: of a carried attempt its whole request. */
  readonly codeUrl: string | null;
  /** Of carried attempts alone: what its request asks for besides number and amount, the same for ever. */
  readonly carried?: CarriedFacts;
  readonly paid: PaidFacts | ProvedFacts | null;
  readonly refused: { readonly reason: RefusedReason; readonly code: string } | null;
  readonly lastUnknown: UnknownCause | null;
  /** True when a reversed attempt had been paid and the money went back. */
  readonly wasRefunded: boolean;
  /** Undo was not confirmed within the window (7 days): a person must look. */
  readonly needsManager: boolean;
}

/** Nonce and secret id in base64url. */
export interface CarriedFacts {
  readonly nonce: string;
  readonly secretId: string;
  readonly linesFen: Fen;
  readonly lineCount: number;
}

export type AttemptEvent =
  /** The attempt is on disk: the request may leave now. */
  | { readonly kind: "stored" }
  | { readonly kind: "pay-answered"; readonly answer: PayAnswer }
  | { readonly kind: "native-answered"; readonly answer: NativeAnswer }
  | { readonly kind: "query-answered"; readonly answer: QueryAnswer }
  | { readonly kind: "reverse-answered"; readonly answer: ReverseAnswer }
  | { readonly kind: "close-answered"; readonly answer: CloseAnswer }
  /** The wait a previous effect asked for is over. */
  | { readonly kind: "timer" }
  | { readonly kind: "cancel-requested" }
  /** A proof of this very attempt was verified. */
  | { readonly kind: "proved"; readonly facts: ProvedFacts }
  /** The till has started again with this attempt unfinished. */
  | { readonly kind: "resumed" };

/** What to do next, as data; the driver in main stores the attempt first, then performs these in order. */
export type AttemptEffect =
  | { readonly kind: "send-pay" }
  | { readonly kind: "open-native" }
  | { readonly kind: "query" }
  | { readonly kind: "reverse" }
  | { readonly kind: "close" }
  /** Replaces any running timer of this attempt; then a `timer` event. */
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "settle"; readonly outcome: "paid" | "failed" | "reversed" | "abandoned" }
  | { readonly kind: "alarm" };

/** Every wait of the machine in milliseconds; defaults from the gateway's rules, all in terminal.json. */
export interface AttemptTiming {
  readonly queryIntervalMs: number;
  readonly codepayDeadlineMs: number;
  readonly nativeDeadlineMs: number;
  /** A reverse leaves no earlier than this after the pay. */
  readonly reverseNotBeforeMs: number;
  readonly undoBackoffFirstMs: number;
  readonly undoBackoffMostMs: number;
  readonly undoWindowMs: number;
}

export const defaultAttemptTiming: AttemptTiming = {
  queryIntervalMs: 5_000,
  codepayDeadlineMs: 45_000,
  nativeDeadlineMs: 150_000,
  reverseNotBeforeMs: 15_000,
  undoBackoffFirstMs: 5_000,
  undoBackoffMostMs: 600_000,
  undoWindowMs: 7 * 24 * 3_600_000,
};

export interface AttemptStep {
  readonly attempt: Attempt;
  readonly effects: readonly AttemptEffect[];
}

/** The total function: every state and every event has an answer; an event that means nothing in a state changes nothing. */
export type StepAttempt = (attempt: Attempt, event: AttemptEvent, nowMs: number, timing: AttemptTiming) => AttemptStep;
