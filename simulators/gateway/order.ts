import { accepted, ended, resumed, type Refund, type RefundDue, type RefundEnd } from "./refund/refund-record.ts";

/**
 * One order as the gateway knows it: a fold over its ledger events, so that a restarted simulator still knows
 * yesterday's orders. `NONE` means a request was seen but no order was made (a query would say it does not exist).
 */
export type OrderState = "NONE" | "NOTPAY" | "USERPAYING" | "SUCCESS" | "PAYERROR" | "REVOKED" | "CLOSED" | "REFUND";

export type OrderKind = "codepay" | "native" | "jsapi";

/** True for an order that is closed and never reversed, and that a failed try leaves payable. */
export function isPaidOnPhone(kind: OrderKind | null): boolean {
  return kind === "native" || kind === "jsapi";
}

export type FailureReason =
  | "refused"
  | "not-enough"
  | "card-not-supported"
  | "limit-reached"
  | "order-closed"
  | "trade-error"
  | "bank-error";

/** Something that will happen to an unpaid order by itself. */
export interface Due {
  readonly atMs: number;
  readonly outcome: "paid" | "refused";
  /** True while the money is on its way: neither reverse nor close may interfere. */
  readonly moving: boolean;
}

/** Where a shop broke a rule the gateway tolerates; tests demand that there are none. */
export type ViolatedRule = "reversed-too-soon" | "codepay-sent-twice" | "number-used-for-another-scene";

export type LedgerEvent = { readonly at: number; readonly outTradeNo: string } & (
  | { readonly kind: "request"; readonly operation: string; readonly answer: string }
  | { readonly kind: "violation"; readonly rule: ViolatedRule }
  | ({ readonly kind: "charging" } & OrderTerms & {
        /** Digest of the payment code: the code itself is never kept. */
        readonly codeDigest: string;
        readonly visibleFromMs: number;
        readonly promptsPhone: boolean;
        readonly due: Due | null;
      })
  | ({ readonly kind: "opened" } & OrderTerms & {
        readonly expiresAtMs: number;
        readonly notifyUrl?: string;
        /** Who may pay an order of WeChat's browser; a QR code's order names nobody. */
        readonly openid?: string;
      })
  | { readonly kind: "code-url"; readonly codeUrl: string; readonly diesAtMs: number }
  | { readonly kind: "prepay"; readonly prepayId: string; readonly diesAtMs: number }
  | { readonly kind: "scanned" }
  | { readonly kind: "settling"; readonly due: Due }
  | { readonly kind: "paid"; readonly transactionId: string }
  | { readonly kind: "failed"; readonly reason: FailureReason }
  | { readonly kind: "revoked"; readonly by: "shop" | "time" }
  /** The whole money given back by a reverse. */
  | { readonly kind: "refunded"; readonly amountFen: number }
  | {
      readonly kind: "refund-accepted";
      readonly outRefundNo: string;
      readonly refundId: string;
      readonly amountFen: number;
      /** Covers every parameter of the request: tells a repeat from a change. */
      readonly digest: string;
      readonly notifyUrl?: string | undefined;
      readonly due: RefundDue;
    }
  /** An abnormal refund is paid out another way. */
  | { readonly kind: "refund-resumed"; readonly outRefundNo: string; readonly due: RefundDue }
  | { readonly kind: "refund-ended"; readonly outRefundNo: string; readonly status: RefundEnd }
  | { readonly kind: "closed" }
);

/** What the shop asked for; `digest` covers every parameter, the payment code excepted. */
export interface OrderTerms {
  readonly amountFen: number;
  readonly description: string;
  readonly digest: string;
  readonly attach?: string | undefined;
  readonly deviceId?: string | undefined;
}

export interface Order {
  readonly outTradeNo: string;
  readonly kind: OrderKind | null;
  readonly state: OrderState;
  readonly terms: OrderTerms | null;
  readonly createdAtMs: number;
  /** Queries before this moment answer that the order does not exist. */
  readonly visibleFromMs: number;
  readonly codeDigest: string | null;
  readonly promptsPhone: boolean;
  readonly due: Due | null;
  readonly codeUrl: { readonly url: string; readonly diesAtMs: number } | null;
  /** Of an order of WeChat's browser; each is good until it dies, the newest 20. */
  readonly prepays: readonly { readonly id: string; readonly diesAtMs: number }[];
  readonly openid: string | null;
  readonly expiresAtMs: number | null;
  readonly scanned: boolean;
  readonly transactionId: string | null;
  readonly paidAtMs: number | null;
  readonly failure: FailureReason | null;
  /** Everything ever taken from and given back to the customer. Paid once or not at all: 0 or the amount. */
  readonly chargedFen: number;
  readonly refundedFen: number;
  readonly reversedAtMs: number | null;
  /** Refunds asked for, in the order of their acceptance. A reverse is none of them. */
  readonly refunds: readonly Refund[];
  /** Where the payment is to be told; absent for payment codes. */
  readonly notifyUrl: string | null;
}

export function unseenOrder(outTradeNo: string, nowMs: number): Order {
  return {
    outTradeNo,
    kind: null,
    state: "NONE",
    terms: null,
    createdAtMs: nowMs,
    visibleFromMs: nowMs,
    codeDigest: null,
    promptsPhone: false,
    due: null,
    codeUrl: null,
    prepays: [],
    openid: null,
    expiresAtMs: null,
    scanned: false,
    transactionId: null,
    paidAtMs: null,
    failure: null,
    chargedFen: 0,
    refundedFen: 0,
    reversedAtMs: null,
    refunds: [],
    notifyUrl: null,
  };
}

/** The order after `event`. Total: requests and violations are history and change nothing. */
export function applyEvent(order: Order, event: LedgerEvent): Order {
  switch (event.kind) {
    case "request":
    case "violation":
      return order;
    case "charging":
      return {
        ...order,
        kind: "codepay",
        state: "USERPAYING",
        terms: termsOf(event),
        createdAtMs: event.at,
        visibleFromMs: event.visibleFromMs,
        codeDigest: event.codeDigest,
        promptsPhone: event.promptsPhone,
        due: event.due,
      };
    case "opened":
      return {
        ...order,
        kind: event.openid === undefined ? "native" : "jsapi",
        openid: event.openid ?? null,
        state: "NOTPAY",
        terms: termsOf(event),
        createdAtMs: event.at,
        visibleFromMs: event.at,
        expiresAtMs: event.expiresAtMs,
        notifyUrl: event.notifyUrl ?? null,
      };
    case "code-url":
      return { ...order, codeUrl: { url: event.codeUrl, diesAtMs: event.diesAtMs } };
    case "prepay":
      return { ...order, prepays: [...order.prepays, { id: event.prepayId, diesAtMs: event.diesAtMs }].slice(-20) };
    case "scanned":
      return { ...order, scanned: true, promptsPhone: true, failure: null };
    case "settling":
      return { ...order, due: event.due, promptsPhone: false };
    case "paid":
      return {
        ...quiet(order),
        state: "SUCCESS",
        transactionId: event.transactionId,
        paidAtMs: event.at,
        chargedFen: order.chargedFen + (order.terms?.amountFen ?? 0),
      };
    case "failed":
      // A failed try on a QR leaves the order payable; a failed payment code is spent.
      return { ...quiet(order), state: isPaidOnPhone(order.kind) ? "NOTPAY" : "PAYERROR", failure: event.reason };
    case "revoked":
      return { ...quiet(order), state: "REVOKED" };
    case "refunded":
      return {
        ...order,
        state: "REFUND",
        refundedFen: order.refundedFen + event.amountFen,
        reversedAtMs: event.at,
      };
    case "refund-accepted":
      return { ...order, state: "REFUND", refunds: [...order.refunds, accepted(event)] };
    case "refund-resumed":
      return { ...order, refunds: resumed(order, event) };
    case "refund-ended":
      return { ...order, ...ended(order, event) };
    case "closed":
      return { ...quiet(order), state: "CLOSED" };
  }
}

function quiet(order: Order): Order {
  return { ...order, due: null, promptsPhone: false };
}

function termsOf({ amountFen, description, digest, attach, deviceId }: OrderTerms): OrderTerms {
  return { amountFen, description, digest, attach, deviceId };
}

/** The gateway revokes an unpaid payment-code order this long after its creation. Source: global docs 4013637911. */
export const autoRevokeAfterMs = 45_000;

/** What has not been given back, or promised to be. */
export function remainingFen(order: Order): number {
  const promised = order.refunds.reduce((sum, { status, amountFen }) => sum + (status === "CLOSED" ? 0 : amountFen), 0);
  return order.chargedFen - (order.reversedAtMs === null ? promised : order.chargedFen);
}

export type NextByItself = { readonly atMs: number } & (
  | { readonly what: "paid" | "refused" | "revoked" }
  | { readonly what: "refund-ended"; readonly outRefundNo: string; readonly status: RefundEnd }
);

/**
 * The next thing that happens to `order` without anybody asking, if anything does.
 * While money moves the automatic revoke waits: a payment cannot be both taken and revoked.
 */
export function nextByItself(order: Order): NextByItself | null {
  if (order.refunds.length > 0) return nextRefundEnd(order.refunds);
  const due = order.due === null ? null : { atMs: order.due.atMs, what: order.due.outcome };
  if (order.kind !== "codepay" || order.state !== "USERPAYING" || order.due?.moving === true) return due;
  const revoke = { atMs: order.createdAtMs + autoRevokeAfterMs, what: "revoked" } as const;
  return due !== null && due.atMs <= revoke.atMs ? due : revoke;
}

/** A refunded order is paid: nothing but its refunds can still move. */
function nextRefundEnd(refunds: readonly Refund[]): NextByItself | null {
  const due = refunds.flatMap(({ outRefundNo, due }) => (due === null ? [] : [{ outRefundNo, ...due }]));
  const [next] = due.toSorted((a, b) => a.atMs - b.atMs);
  return next === undefined ? null : { ...next, what: "refund-ended" };
}
