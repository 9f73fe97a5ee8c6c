import type { AttemptView, PaymentView, ReceiptStatus, TenderView } from "#contract/ipc/till-view.ts";
import { codeRefusal, mostCodeTries } from "#core/carried/typed-code.ts";
import { quickCashFen } from "#core/tender/quick-cash.ts";
import type { Tender } from "#core/sale/sale.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { isFinished, isUndoGivenUp, moneyWord } from "#core/tender/step-attempt.ts";
import { codeCaps, takenTodayFen, triesOf } from "#main/till/carried/proving.ts";
import { carriedOffer } from "#main/till/carried/showing-requests.ts";
import type { PaymentDone, TillContext } from "#main/till/context.ts";
import { dueOf, leftToPay } from "#main/till/drafts.ts";
import { hasPrinter } from "#main/till/view/status-view.ts";

export function paymentView(till: TillContext): PaymentView | null {
  const { payment, draft } = till.state;
  if (payment === null) return null;
  const leftFen = leftToPay(draft);
  const attempt =
    payment.attempt === null ? null : { ...attemptView(payment.attempt), ...phoneView(till, payment.attempt) };
  return {
    stage: payment.done !== null ? "done" : isShowingAttempt(payment.attempt) ? "wechat" : "choose",
    totalFen: payment.done?.totalFen ?? dueOf(draft),
    tenders: draft.tenders.map(tenderView),
    leftFen,
    codeAmountFen: payment.codeAmountFen,
    offersCarried: carriedOffer(till) !== null,
    quickCashFen: leftFen > 0 ? quickCashFen(leftFen) : [],
    attempt,
    done: payment.done === null ? null : doneView(till, payment.done),
  };
}

/** How a code may be typed for a payment on the customer's phone. */
function phoneView(till: TillContext, attempt: Attempt): Pick<AttemptView, "carried"> {
  if (attempt.carried === undefined || isFinished(attempt)) return {};
  const tries = triesOf(till, attempt);
  const noCode = codeRefusal(tries, takenTodayFen(till), codeCaps(till));
  return { carried: { triesLeft: Math.max(0, mostCodeTries - tries.tries), noCode } };
}

function doneView(till: TillContext, { printJobId, ...done }: PaymentDone): PaymentView["done"] {
  return { ...done, receipt: receiptStatus(till, printJobId) };
}

export function attemptView(attempt: Attempt): AttemptView {
  return {
    outTradeNo: attempt.outTradeNo,
    saleId: attempt.saleId,
    kind: attempt.kind,
    amountFen: attempt.amountFen,
    word: moneyWord(attempt),
    phase: phaseOf(attempt),
    refusedReason: attempt.refused?.reason ?? null,
    unknownCause: attempt.lastUnknown,
    wasRefunded: attempt.wasRefunded,
    startedAtMs: attempt.createdAtMs,
    deadlineAtMs: attempt.deadlineAtMs,
    canCancel: !isFinished(attempt) && attempt.state !== "undoing",
    canAsk: attempt.kind !== "carried" && (attempt.state === "pending" || attempt.state === "undoing"),
    canGiveBack: isUndoGivenUp(attempt),
    codeUrl: shownCodeUrl(attempt),
  };
}

export function openAttemptsView(till: TillContext): readonly AttemptView[] {
  return (till.deps.attempts?.unfinished() ?? []).map(attemptView);
}

/** An attempt that took nothing stays on the screen with its word until the cashier chooses again; a paid one is a tender. */
function isShowingAttempt(attempt: Attempt | null): boolean {
  return attempt !== null && attempt.state !== "paid";
}

function phaseOf(attempt: Attempt): AttemptView["phase"] {
  if (attempt.needsManager) return "needs-manager";
  switch (attempt.state) {
    case "created":
    case "sent":
      return "sending";
    case "pending":
      if (shownCodeUrl(attempt) !== null) return "qr-shown";
      return attempt.customerIsEnteringPassword ? "customer-enters-password" : "waiting-for-answer";
    case "undoing":
      return "cancelling";
    case "paid":
      return "paid";
    case "failed":
      return "refused";
    case "reversed":
      // Not enough money is refused too, and reversed only to be sure: the cashier is told the reason, not the remedy.
      return attempt.refused !== null && !attempt.wasRefunded ? "refused" : "reversed";
    case "abandoned":
      return "abandoned";
  }
}

/**
 * What the QR says while the customer may scan it; null for a payment code's attempt. After a restart an order's code is not
 * shown again: the order is asked about once, then closed. A carried request is: nothing else would end it.
 */
export function shownCodeUrl({ kind, state, codeUrl, wasResumed }: Attempt): string | null {
  return state === "pending" && (kind === "carried" || !wasResumed) ? codeUrl : null;
}

function tenderView(tender: Tender): TenderView {
  const { tenderId, amountFen } = tender;
  switch (tender.kind) {
    case "cash":
      return { kind: "cash", tenderId, amountFen, receivedFen: tender.receivedFen, changeFen: tender.changeFen };
    case "wechat":
      return { kind: "wechat", tenderId, amountFen, method: tender.method };
    case "static-code":
      return { kind: "static-code", tenderId, amountFen };
  }
}

function receiptStatus(till: TillContext, printJobId: string): ReceiptStatus {
  const { deps } = till;
  if (!hasPrinter(till)) return "shown-only";
  switch (deps.store.printJobState(printJobId)) {
    case "printed":
      return deps.config.devices.printer?.transport.kind === "system" ? "spooled" : "printed";
    case "failed":
    case "cancelled":
    case null:
      return "not-printed";
    case "unknown":
      return "unknown";
    case "sending":
      return "printing";
    default:
      return "waiting";
  }
}
