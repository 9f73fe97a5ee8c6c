import { assert } from "#core/result.ts";
import type { MoneyWord } from "#core/tender/attempt.ts";
import type { Refund, RefundEvent, RefundState, RefundStep, RefundTiming } from "./refund.ts";
import {
  abnormalRow,
  processingRow,
  type RefundEventByKind,
  type RefundRow,
  sentRow,
  unknownRow,
} from "./refund-cells.ts";
import { follow, isKnown, nothing, send } from "./refund-moves.ts";

const ignored: RefundRow = {
  stored: nothing,
  "refund-answered": nothing,
  "query-answered": nothing,
  timer: nothing,
  "onward-requested": nothing,
  "onward-answered": nothing,
  "retry-requested": nothing,
  resumed: nothing,
};

/** Every state × event has a cell of its own; the compiler refuses a table with a hole. */
export const refundTable: Readonly<Record<RefundState, RefundRow>> = {
  requested: {
    ...ignored,
    stored: send,
    // `sent` is stored before the request leaves, so what is found in `requested` never left: it is sent now.
    resumed: send,
  },
  sent: sentRow,
  unknown: unknownRow,
  processing: processingRow,
  abnormal: abnormalRow,
  refused: {
    ...ignored,
    // The number is still free, or belongs to this very refund: the same one again can never pay twice.
    "retry-requested": (refund, event, nowMs, timing) =>
      send({ ...refund, refused: null, createdAtMs: nowMs }, event, nowMs, timing),
    // An answer that was on its way when another refused: a refund that exists outweighs a refusal.
    "refund-answered": (refund, { answer }, _nowMs, timing) =>
      isKnown(answer) ? follow(refund, answer, timing) : nothing(refund),
    "query-answered": (refund, { answer }, _nowMs, timing) =>
      isKnown(answer) ? follow(refund, answer, timing) : nothing(refund),
  },
  succeeded: ignored,
  closed: ignored,
};

/**
 * What one event makes of a refund: its next form and what to do next, as data. Total: an event that means nothing in a
 * state changes nothing. The driver stores the refund, then performs the effects in order.
 *
 * Never twice: every request of one refund carries the same number and the same facts, and the gateway pays one number
 * once. Never given up in silence: while nothing definite is known a `wait` always runs. A refusal ends a refund only
 * where it answers the only request that ever left; after an unclear one a query has to confirm that there is none.
 */
export function stepRefund(refund: Refund, event: RefundEvent, nowMs: number, timing: RefundTiming): RefundStep {
  return answerEvent(refund, event, nowMs, timing);
}

/** A new refund, not yet on disk. Asserts at least one fen and no more than the order. */
export function newRefund(
  request: Pick<
    Refund,
    "outRefundNo" | "outTradeNo" | "transactionId" | "saleId" | "tenderId" | "amountFen" | "totalFen" | "reason"
  > & { readonly nowMs: number },
): Refund {
  const { nowMs, ...asked } = request;
  assert(asked.amountFen > 0 && asked.amountFen <= asked.totalFen, "a refund is part of its order");
  assert(/^[0-9A-Za-z_\-|*@]{1,64}$/u.test(asked.outRefundNo), `a refund number, got ${asked.outRefundNo}`);
  return {
    ...asked,
    state: "requested",
    createdAtMs: nowMs,
    sendTries: 0,
    lastSentAtMs: nowMs,
    asksSinceSend: 0,
    quietTries: 0,
    facts: null,
    refused: null,
    lastUnknown: null,
    onward: null,
    needsManager: false,
  };
}

/** Nothing happens to it any more by itself. A refused refund may still be sent again by a manager. */
export function isRefundOver(refund: Pick<Refund, "state">): boolean {
  return refund.state === "succeeded" || refund.state === "closed" || refund.state === "refused";
}

/** The word for the screens: given back, not given back, or not known yet. `processing` is promised, not arrived. */
export function refundWord(refund: Pick<Refund, "state">): MoneyWord {
  if (refund.state === "succeeded") return "paid";
  return refund.state === "closed" || refund.state === "refused" ? "not-paid" : "not-known";
}

/** Ties the event to the cell of its own kind, which a plain index into the row would lose. */
function answerEvent<K extends RefundEvent["kind"]>(
  refund: Refund,
  event: RefundEventByKind<K>,
  nowMs: number,
  timing: RefundTiming,
): RefundStep {
  const kind: K = event.kind;
  return refundTable[refund.state][kind](refund, event, nowMs, timing);
}
