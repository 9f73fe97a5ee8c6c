import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { fail } from "#core/result.ts";
import { compactLocalTime } from "#core/sale/business-date.ts";
import type { AttemptKind } from "#core/tender/attempt.ts";
import { outTradeNo } from "#core/tender/out-trade-no.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { addCash, canStartAttempt, dropTender, type TenderFault, type TenderingState } from "#core/tender/tendering.ts";
import { finishIfCovered, openDrawerFor, withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { dueOf, isBegun, keepDraft, leftToPay } from "#main/till/drafts.ts";
import { isGatewayAway, lookAsPaymentBegins, lookForGateway } from "#main/till/gateway-watch.ts";
import { settleMember } from "#main/till/members/putting-members.ts";
import { notifyOnce, withdrawNotices } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import {
  chooseAgain,
  choosing,
  closeDialog,
  hasUnfinishedAttempt,
  isTakingPayment,
  takesWechat,
} from "#main/till/payment-state.ts";

/** Opens the dialog; from an ended attempt it leads back to choosing. */
export function takePayment(till: TillContext): Outcome {
  const { state } = till;
  if (state.shift === null) return refuse("no-shift");
  if (!isBegun(state.draft)) return refuse("empty-cart");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  // Goods on the scale are not in the sum yet.
  if (state.weighing !== null) return refuse("weighing-under-way");
  if (state.askedPrice !== null) return refuse("price-asked");
  settleMember(till);
  state.payment = choosing;
  state.isThanking = false;
  withdrawNotices(till, (notice) => notice.kind === "payment-code-too-early");
  // Left open since the sale before: said, and nothing is held up by it.
  if (state.isDrawerOpen === true) notifyOnce(till, { kind: "drawer-open" });
  till.changed("payment");
  lookAsPaymentBegins(till);
  // Nothing left: all of it discounted, or covered just before the power went. It needs no tender, only its record.
  finishIfCovered(till, null);
  return done;
}

/** Steps back to the cart. What is already paid stays paid; an unfinished attempt must be ended first. */
export function leavePayment(till: TillContext): Outcome {
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  closeDialog(till);
  return done;
}

export function payCash(till: TillContext, args: IntentArgs<"pay-cash">): Outcome {
  if (!isTakingPayment(till)) return refuse("not-taking-payment");
  // The money was taken and the disk refused the sale: the same key finishes it, and takes nothing twice.
  if (!hasUnfinishedAttempt(till) && finishIfCovered(till, null)) return done;
  const cash = { tenderId: till.deps.newId(), receivedFen: fen(args.receivedFen) };
  const tendered = addCash(tenderingOf(till), cash);
  if (!tendered.ok) return fail(asIntentFault(tendered.fault));
  keepDraft(till, { ...till.state.draft, tenders: tendered.value.tenders });
  chooseAgain(till);
  const isFinished = finishIfCovered(till, null);
  if (!isFinished) withoutFail(till, "open the drawer", () => openDrawerFor(till, "cash-part-taken"));
  return done;
}

/**
 * Takes back what the cashier's word alone made a part of a split: cash, given back, or a static-code taking, which leaves
 * its entry in the journal. WeChat parts stay, their way back is a refund.
 */
export function removeTender(till: TillContext, args: IntentArgs<"remove-tender">): Outcome {
  if (!isTakingPayment(till)) return refuse("not-taking-payment");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  const { tenders } = dropTender(tenderingOf(till), args.tenderId);
  const dropped = till.state.draft.tenders.find((tender) => !tenders.includes(tender));
  if (dropped === undefined) return refuse("no-such-line");
  const { tenderId, amountFen } = dropped;
  const body = { saleId: till.state.draft.cart.saleId, cashierId: till.state.cashier?.id, tenderId, amountFen };
  const isCash = dropped.kind === "cash";
  keepDraft(till, { ...till.state.draft, tenders }, isCash ? undefined : { kind: "static-code-dropped", body });
  chooseAgain(till);
  if (isCash) withoutFail(till, "open the drawer", () => openDrawerFor(till, "cash-part-given-back"));
  return done;
}

export function setCodeAmount(till: TillContext, args: IntentArgs<"set-code-amount">): Outcome {
  if (!isTakingPayment(till)) return refuse("not-taking-payment");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  if (args.amountFen !== null && args.amountFen > leftToPay(till.state.draft)) return refuse("amount-over-left");
  till.state.payment = { ...choosing, codeAmountFen: args.amountFen === null ? null : fen(args.amountFen) };
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

/** The cashier will not wait for the next turn; the answer comes by the view. */
export function askAttempt(till: TillContext, args: IntentArgs<"ask-attempt">): Outcome {
  till.deps.attempts?.askNow(args.outTradeNo);
  return done;
}

function startAttempt(
  till: TillContext,
  kind: Exclude<AttemptKind, "carried">,
  amountFen: Fen,
  authCode: string | null,
): Outcome {
  const { deps, state } = till;
  if (!isTakingPayment(till)) return refuse("not-taking-payment");
  if (state.shift === null) return refuse("no-shift");
  if (deps.attempts === null || !takesWechat(deps)) return refuse("wechat-not-set-up");
  const allowed = canStartAttempt(tenderingOf(till), amountFen);
  if (!allowed.ok) return fail(asIntentFault(allowed.fault));
  if (isGatewayAway(till)) {
    lookForGateway(till);
    return refuse("gateway-away");
  }
  // The basket must be on disk before money moves for it.
  keepDraft(till, state.draft);
  const attempt = newAttempt({
    kind,
    outTradeNo: nextPaymentNumber(till),
    saleId: state.draft.cart.saleId,
    tenderId: deps.newId(),
    amountFen: allowed.value,
    nowMs: deps.clock.now(),
    protocol: kind === "codepay" ? deps.attempts.codeProtocol : "v3",
  });
  // Shown only once it is on disk: a disk that refuses leaves no attempt that could ever end.
  deps.attempts.start(attempt, authCode);
  // A split keeps its amount until it is paid: after a refusal the next code must not be charged the whole.
  const codeAmountFen = state.payment?.codeAmountFen ?? null;
  state.payment = { ...choosing, codeAmountFen, attempt: deps.attempts.current(attempt.saleId) };
  till.changed("payment", "openAttempts", "status");
  return done;
}

/** The merchant's number of the next attempt, given once and for ever. */
export function nextPaymentNumber({ deps }: TillContext): string {
  const { store, terminalId } = deps.config;
  const stamp = compactLocalTime(deps.clock.now(), store.utcOffsetMinutes);
  return outTradeNo(store.code, terminalId, stamp, deps.store.nextAttemptNumber().toString(36));
}

/** The sale on the screen as the tender rules see it. */
export function tenderingOf(till: TillContext): TenderingState {
  const { draft } = till.state;
  const { saleId } = draft.cart;
  const attempt = till.deps.attempts?.current(saleId) ?? null;
  return { saleId, totalFen: dueOf(draft), tenders: draft.tenders, attempt };
}

export function asIntentFault(fault: TenderFault): IntentFault {
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
