import type { Ledger } from "./ledger.ts";
import {
  isPaidOnPhone,
  type LedgerEvent,
  type Order,
  type OrderKind,
  type OrderState,
  type ViolatedRule,
} from "./order.ts";
import type { RefundEnd } from "./refund/refund-record.ts";

/** One order as `GET /gateway/ledger` shows it: what tests use to prove "paid once or not at all". */
export interface LedgerOrder {
  readonly outTradeNo: string;
  /** `null` while only requests without effect were seen. */
  readonly kind: OrderKind | null;
  readonly state: OrderState;
  readonly amountFen: number | null;
  /** All money ever taken from the customer under this number, and all money given back. */
  readonly chargedFen: number;
  readonly refundedFen: number;
  readonly transactionId: string | null;
  readonly refunds: readonly LedgerRefund[];
  /** What the QR of a native order says; null once another has replaced it, and for payment codes. */
  readonly codeUrl: string | null;
  readonly requests: readonly { readonly at: number; readonly operation: string; readonly answer: string }[];
  readonly states: readonly { readonly at: number; readonly state: OrderState }[];
  readonly violations: readonly { readonly at: number; readonly rule: ViolatedRule }[];
}

/** `amountFen` has been promised; `refundedFen` of the order counts what the customer has. */
export interface LedgerRefund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly amountFen: number;
  readonly status: RefundEnd | "PROCESSING";
  readonly acceptedAt: number;
  readonly endedAt: number | null;
}

/** A request that is about no single order (bills, certificates) or about one the gateway does not know. */
export interface OtherRequest {
  readonly at: number;
  readonly operation: string;
  readonly answer: string;
}

/** A request turned away before it reached an order: bad signature, bad manners, bad body, unknown path. */
export interface RefusedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: string;
  readonly issue: string;
}

/** Answer of `GET /gateway/ledger`. Times are ms by the simulator's clock. */
export interface LedgerView {
  readonly orders: readonly LedgerOrder[];
  /** The newest 500, oldest first. */
  readonly refusedRequests: readonly RefusedRequest[];
  /** The newest 500, oldest first. */
  readonly otherRequests: readonly OtherRequest[];
  /** What the merchant's account holds; may be negative only when a test made it so. */
  readonly merchantBalanceFen: number;
  readonly scriptsWaiting: number;
  readonly offline: boolean;
}

export function viewOrders(ledger: Ledger): readonly LedgerOrder[] {
  return ledger.orders().map((order) => viewOrder(order, ledger.history(order.outTradeNo)));
}

function viewOrder(order: Order, history: readonly LedgerEvent[]): LedgerOrder {
  return {
    outTradeNo: order.outTradeNo,
    kind: order.kind,
    state: order.state,
    amountFen: order.terms?.amountFen ?? null,
    chargedFen: order.chargedFen,
    refundedFen: order.refundedFen,
    transactionId: order.transactionId,
    refunds: order.refunds.map(({ outRefundNo, refundId, amountFen, status, acceptedAtMs, endedAtMs }) => ({
      ...{ outRefundNo, refundId, amountFen, status },
      ...{ acceptedAt: acceptedAtMs, endedAt: endedAtMs },
    })),
    codeUrl: order.codeUrl?.url ?? null,
    requests: history.flatMap((event) =>
      event.kind === "request" ? [{ at: event.at, operation: event.operation, answer: event.answer }] : [],
    ),
    states: history.flatMap((event) => {
      const state = stateAfter(event, order.kind);
      return state === null ? [] : [{ at: event.at, state }];
    }),
    violations: history.flatMap((event) => (event.kind === "violation" ? [{ at: event.at, rule: event.rule }] : [])),
  };
}

function stateAfter(event: LedgerEvent, kind: OrderKind | null): OrderState | null {
  switch (event.kind) {
    case "charging":
      return "USERPAYING";
    case "opened":
      return "NOTPAY";
    case "paid":
      return "SUCCESS";
    case "failed":
      return isPaidOnPhone(kind) ? "NOTPAY" : "PAYERROR";
    case "revoked":
      return "REVOKED";
    case "refunded":
    case "refund-accepted":
      return "REFUND";
    case "closed":
      return "CLOSED";
    case "request":
    case "violation":
    case "code-url":
    case "prepay":
    case "scanned":
    case "settling":
    case "refund-ended":
    case "refund-resumed":
      return null;
  }
}
