import type { WalletEntry, WalletOutcome } from "#contract/bench/wallet.ts";
import type { Ledger } from "../gateway/ledger.ts";
import type { LedgerEvent, Order } from "../gateway/order.ts";

/** What a phone's bill list shows without scrolling for long. */
const mostShown = 50;

/** The customer's payments that have come to an end, newest first. */
export function historyOf(ledger: Ledger): readonly WalletEntry[] {
  const entries = ledger.orders().flatMap((order) => {
    const outcome = outcomeOf(order);
    if (outcome === null || order.terms === null) return [];
    const at = ledger.history(order.outTradeNo).findLast(changesOrder)?.at ?? order.createdAtMs;
    return [
      { outTradeNo: order.outTradeNo, amountFen: order.terms.amountFen, outcome, returnedFen: order.refundedFen, at },
    ];
  });
  return entries.toSorted((a, b) => b.at - a.at).slice(0, mostShown);
}

function outcomeOf(order: Order): WalletOutcome | null {
  switch (order.state) {
    case "SUCCESS":
      return "paid";
    case "REFUND":
      // A refund under way, or of a part, leaves the customer having paid.
      return order.refundedFen === order.chargedFen ? "returned" : "paid";
    case "PAYERROR":
      return failureOf(order);
    case "NOTPAY":
      return order.promptsPhone || order.due !== null ? null : failureOf(order);
    case "REVOKED":
      return order.failure === null ? "cancelled" : failureOf(order);
    case "CLOSED":
      // An order nobody scanned never reached this phone.
      return order.scanned ? (failureOf(order) ?? "cancelled") : null;
    case "NONE":
    case "USERPAYING":
      return null;
  }
}

function failureOf(order: Order): WalletOutcome | null {
  if (order.failure === null) return null;
  return order.failure === "refused" || order.failure === "not-enough" ? order.failure : "failed";
}

function changesOrder(event: LedgerEvent): boolean {
  return event.kind !== "request" && event.kind !== "violation";
}
