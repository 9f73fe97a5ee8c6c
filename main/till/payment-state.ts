import type { PaymentState, TillContext, TillDeps } from "#main/till/context.ts";

/** The payment dialog with nothing under way: every way to pay may be chosen. */
export const choosing: PaymentState = { attempt: null, codeAmountFen: null, done: null };

/** WeChat Pay is set up, and its keys can be used. */
export function takesWechat({ attempts, isWechatBroken }: TillDeps): boolean {
  return attempts !== null && isWechatBroken !== true;
}

/** Money may be taken now: the dialog is open, and not on a finished sale. */
export function isTakingPayment(till: TillContext): boolean {
  return till.state.payment !== null && till.state.payment.done === null;
}

/** An attempt for the sale on the screen whose end is not known: neither its cart nor its tenders may change. */
export function hasUnfinishedAttempt(till: TillContext): boolean {
  return till.deps.attempts !== null && till.deps.attempts.current(till.state.draft.cart.saleId) !== null;
}

/** Puts the word about an ended attempt away: the cashier has gone on, and amounts typed for it are stale. */
export function chooseAgain(till: TillContext): void {
  if (!isTakingPayment(till) || hasUnfinishedAttempt(till)) return;
  till.state.payment = choosing;
  till.changed("payment");
}

/** Closes the dialog or the thank-you panel; the next sale's cart is already there. */
export function closeDialog(till: TillContext): void {
  till.state.payment = null;
  till.state.isThanking = false;
  till.changed("payment");
}
