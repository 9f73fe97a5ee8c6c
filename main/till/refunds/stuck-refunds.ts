import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import { isRefundOver } from "#core/refund/step-refund.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { refundView } from "#main/till/view/refund-view.ts";

/**
 * Sends the money of a stuck refund on, to the shop's own bank account or to the customer's card, by a manager's word.
 * The answer is how far it is by then; card and name pass through to the gateway and stay nowhere.
 */
export async function sendRefundOnward(
  till: TillContext,
  args: IntentArgs<"send-refund-onward">,
): Promise<Outcome<RefundView>> {
  const early = stuck(till, args.refundNo);
  if (!early.ok) return early;
  const approval = await approve(till, { kind: "refund-sale" }, args.approvalPin);
  if (!approval.ok) return approval;
  const found = stuck(till, args.refundNo);
  if (!found.ok) return found;
  const { deps } = till;
  if (deps.refunds?.sendOnward(args.refundNo, args.onward) !== true) return refuse("wechat-not-set-up");
  till.changed("status");
  const stored = deps.store.refund(args.refundNo);
  return stored === null ? refuse("no-such-refund") : ok(refundView(stored));
}

/** A manager has seen to a refund that did not reach the customer: nobody is called for it any more. */
export async function settleRefundOtherwise(
  till: TillContext,
  args: IntentArgs<"settle-refund-otherwise">,
): Promise<Outcome<RefundView>> {
  const { deps, state } = till;
  const early = deps.store.refund(args.refundNo);
  if (early === null) return refuse("no-such-refund");
  if (!isRefundOver(early)) return refuse("refund-not-ended");
  const approval = await approve(till, { kind: "refund-sale" }, args.approvalPin);
  if (!approval.ok) return approval;
  const found = deps.store.refund(args.refundNo);
  if (found === null || state.cashier === null || !isRefundOver(found)) return refuse("refund-not-ended");
  const at = localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes);
  const handled = deps.store.noteRefundHandled(args.refundNo, { at, by: approval.value ?? state.cashier.id });
  withdrawNotices(till, (notice) => notice.kind === "refund-ended" && notice.refundNo === args.refundNo);
  till.changed("status");
  return ok(refundView(handled));
}

function stuck(till: TillContext, refundNo: string): Outcome<RefundView> {
  const refund = till.deps.store.refund(refundNo);
  if (refund === null) return refuse("no-such-refund");
  const view = refundView(refund);
  return view.canSendOnward ? ok(view) : refuse("refund-not-stuck");
}
