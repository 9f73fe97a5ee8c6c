import type { IntentArgs, IntentFault } from "#contract/ipc/intents.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { fail } from "#core/result.ts";
import { compactLocalTime } from "#core/sale/business-date.ts";
import type { AttemptKind } from "#core/tender/attempt.ts";
import { outTradeNo } from "#core/tender/out-trade-no.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { addCash, canStartAttempt, dropCash, type TenderFault, type TenderingState } from "#core/tender/tendering.ts";
import { finishIfCovered } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { isBegun, keepDraft, leftToPay, totalOf } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { hasUnfinishedAttempt, leaveDone } from "#main/till/selling.ts";

export function takePayment(till: TillContext): Outcome {
  const { state } = till;
  if (state.shift === null) return refuse("no-shift");
  if (!isBegun(state.draft)) return refuse("empty-cart");
  if (state.payment?.done) leaveDone(till);
  state.payment ??= { attempt: null, codeAmountFen: null, done: null };
  till.changed("payment");
  // Nothing left: all of it discounted, or covered just before the power went. It needs no tender, only its record.
  if (leftToPay(state.draft) === 0) finishIfCovered(till, null);
  return done;
}

/** Steps back to the cart. What is already paid stays paid; an unfinished attempt must be ended first. */
export function leavePayment(till: TillContext): Outcome {
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  till.state.payment = null;
  till.state.isThanking = false;
  till.changed("payment");
  return done;
}

export function payCash(till: TillContext, args: IntentArgs<"pay-cash">): Outcome {
  if (till.state.payment === null || till.state.payment.done !== null) return refuse("not-taking-payment");
  const cash = { tenderId: till.deps.newId(), receivedFen: fen(args.receivedFen) };
  const tendered = addCash(tenderingOf(till), cash);
  if (!tendered.ok) return fail(asIntentFault(tendered.fault));
  keepDraft(till, { ...till.state.draft, tenders: tendered.value.tenders });
  finishIfCovered(till, null);
  return done;
}

/** Gives cash back that was entered for a split; WeChat parts stay, their way back is a refund. */
export function removeCashTender(till: TillContext, args: IntentArgs<"remove-cash-tender">): Outcome {
  if (till.state.payment === null || till.state.payment.done !== null) return refuse("not-taking-payment");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  const { tenders } = dropCash(tenderingOf(till), args.tenderId);
  if (tenders.length === till.state.draft.tenders.length) return refuse("no-such-line");
  keepDraft(till, { ...till.state.draft, tenders });
  return done;
}

export function setCodeAmount(till: TillContext, args: IntentArgs<"set-code-amount">): Outcome {
  const { payment } = till.state;
  if (payment === null || payment.done !== null) return refuse("not-taking-payment");
  if (args.amountFen !== null && args.amountFen > leftToPay(till.state.draft)) return refuse("amount-over-left");
  till.state.payment = { ...payment, codeAmountFen: args.amountFen === null ? null : fen(args.amountFen) };
  till.changed("payment");
  return done;
}

/** 主扫: opens an order and shows its QR on the customer display. */
export function showQr(till: TillContext, args: IntentArgs<"show-qr">): Outcome {
  const amountFen = args.amountFen === null ? leftToPay(till.state.draft) : fen(args.amountFen);
  return startAttempt(till, "native", amountFen, null);
}

/** 被扫: charges the code the customer's phone shows. The code lives in memory, for this call only. */
export function payByCode(till: TillContext, authCode: string): Outcome {
  const amountFen = till.state.payment?.codeAmountFen ?? leftToPay(till.state.draft);
  return startAttempt(till, "codepay", amountFen, authCode);
}

export function cancelAttempt(till: TillContext, args: IntentArgs<"cancel-attempt">): Outcome {
  const { attempts } = till.deps;
  const attempt = attempts?.unfinished().find((one) => one.outTradeNo === args.outTradeNo);
  if (attempts === null || attempt === undefined) return refuse("cannot-cancel");
  attempts.cancel(args.outTradeNo);
  till.changed("payment", "openAttempts");
  return done;
}

function startAttempt(till: TillContext, kind: AttemptKind, amountFen: Fen, authCode: string | null): Outcome {
  const { deps, state } = till;
  if (state.payment === null || state.payment.done !== null) return refuse("not-taking-payment");
  if (state.shift === null) return refuse("no-shift");
  if (deps.attempts === null) return refuse("wechat-not-set-up");
  const allowed = canStartAttempt(tenderingOf(till), amountFen);
  if (!allowed.ok) return fail(asIntentFault(allowed.fault));
  // The basket must be on disk before money moves for it.
  keepDraft(till, state.draft);
  const { store, terminalId } = deps.config;
  const nowMs = deps.clock.now();
  const stamp = compactLocalTime(nowMs, store.utcOffsetMinutes);
  const counter = deps.store.nextAttemptNumber().toString(36);
  const attempt = newAttempt({
    kind,
    outTradeNo: outTradeNo(store.code, terminalId, stamp, counter),
    saleId: state.draft.cart.saleId,
    tenderId: deps.newId(),
    amountFen: allowed.value,
    nowMs,
  });
  state.payment = { attempt, codeAmountFen: null, done: null };
  deps.attempts.start(attempt, authCode);
  till.changed("payment", "openAttempts");
  return done;
}

/** The sale on the screen as the tender rules see it. */
export function tenderingOf(till: TillContext): TenderingState {
  const { draft } = till.state;
  const { saleId } = draft.cart;
  const attempt = till.deps.attempts?.current(saleId) ?? null;
  return { saleId, totalFen: totalOf(draft), tenders: draft.tenders, attempt };
}

function asIntentFault(fault: TenderFault): IntentFault {
  switch (fault.kind) {
    case "attempt-unfinished":
      return { kind: "payment-under-way" };
    case "nothing-left-to-pay":
    case "more-than-left":
      return { kind: "amount-over-left" };
    case "amount-out-of-range":
      return { kind: "too-much-cash" };
  }
}
