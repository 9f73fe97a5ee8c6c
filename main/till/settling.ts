import { assert } from "#core/result.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { withAttempt } from "#core/tender/tendering.ts";
import { commitDraft, finishIfCovered } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { dueOf, leftToPay } from "#main/till/drafts.ts";
import { notify, withdrawNotices } from "#main/till/notices.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";

/** A step of an attempt that is not its end: the screens follow. */
export function attemptChanged(till: TillContext, attempt: Attempt): void {
  showIfOurs(till, attempt);
  till.changed("openAttempts", "held");
}

/**
 * The end of an attempt, made durable here and nowhere else. Paid money always ends up in its sale: on the screen, put
 * aside, or from before a power cut. Throwing leaves the attempt unfinished; the driver asks again.
 */
export function attemptSettled(till: TillContext, attempt: Attempt): void {
  if (attempt.state === "paid") settlePaid(till, attempt);
  else settleUnpaid(till, attempt);
  withdrawNotices(till, (notice) => notice.kind === "scan-while-not-selling" && notice.why === "paying");
  till.changed("openAttempts", "payment", "held", "status");
  till.deps.reconciler?.touched(attempt.outTradeNo);
}

function settlePaid(till: TillContext, attempt: Attempt): void {
  const { state, deps } = till;
  const onScreen = isOnScreen(till, attempt);
  // Told twice: the first time it was committed, and something after the commit failed.
  if (!onScreen && deps.store.sale(attempt.saleId) !== null) return;
  const before = onScreen ? state.draft : deps.store.draft(attempt.saleId);
  assert(before !== null, `the sale of a paid attempt is kept, attempt ${attempt.outTradeNo}`);
  const tendering = { saleId: attempt.saleId, totalFen: dueOf(before), tenders: before.tenders, attempt: null };
  const { tenders } = withAttempt(tendering, attempt);
  const draft: Draft = { ...before, tenders, updatedAtMs: deps.clock.now() };

  const isCovered = leftToPay(draft) === 0;
  if (!isCovered || state.shift === null) {
    // A part of a split, or paid with no shift to book it in: the draft carries the tender until the sale is finished.
    deps.store.settleAttempt(attempt, draft);
    if (onScreen) state.draft = draft;
    else sayEnded(till, attempt);
    showIfOurs(till, attempt);
    till.changed("sale");
    return;
  }
  if (onScreen) {
    const unpaidDraft = state.draft;
    state.draft = draft;
    try {
      finishIfCovered(till, attempt);
    } catch (cause) {
      state.draft = unpaidDraft;
      throw cause;
    }
    return;
  }
  commitDraft(till, draft, state.shift, attempt);
  sayEnded(till, attempt);
}

function settleUnpaid(till: TillContext, attempt: Attempt): void {
  till.deps.store.settleAttempt(attempt, null);
  showIfOurs(till, attempt);
  const { saleId, amountFen } = attempt;
  if (attempt.state === "abandoned") notify(till, { kind: "carried-abandoned", amountFen });
  else if (attempt.wasRefunded) notify(till, { kind: "late-payment-reversed", saleId, amountFen });
  else if (!isOnScreen(till, attempt)) sayEnded(till, attempt);
  if (isOnScreen(till, attempt) && attempt.state !== "abandoned") till.deps.playSound("refused");
}

function isOnScreen(till: TillContext, attempt: Attempt): boolean {
  return till.state.draft.cart.saleId === attempt.saleId;
}

/** The cashier has moved on to the next customer; how the parked payment ended is said beside the cart. */
function sayEnded(till: TillContext, { saleId, amountFen, state }: Attempt): void {
  notify(till, { kind: "parked-payment-ended", saleId, amountFen, word: state === "paid" ? "paid" : "not-paid" });
}

function showIfOurs(till: TillContext, attempt: Attempt): void {
  const { payment } = till.state;
  if (payment === null || payment.done !== null || !isOnScreen(till, attempt)) return;
  const codeAmountFen = attempt.state === "paid" ? null : payment.codeAmountFen;
  // What was given up on the customer's phone is head office's to give back: the cashier goes on at once.
  till.state.payment = { ...payment, codeAmountFen, attempt: attempt.state === "abandoned" ? null : attempt };
  till.changed("payment");
}
