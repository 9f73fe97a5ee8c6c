import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import { checkRefund, isCounted } from "#core/refund/refund-caps.ts";
import { pastRefunds, refundNumber, type SaleRefund } from "#core/refund/sale-refund.ts";
import { newRefund } from "#core/refund/step-refund.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { PaidFacts, QueryAnswer } from "#core/tender/gateway-answer.ts";
import { isFinished, isUndoGivenUp } from "#core/tender/step-attempt.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { refundView } from "#main/till/view/refund-view.ts";
import { asIntentFault } from "./refund-faults.ts";
import { replaceUndelivered, triedAfter } from "./replaced-refunds.ts";

type Asked = Pick<IntentArgs<"refund-charge">, "requestId" | "outTradeNo" | "reason">;

/**
 * Gives back a payment that no sale books, whole and once: cancelled or refused here, and yet the customer was charged,
 * as the gateway's bill tells; or its undo was not confirmed within the gateway's window. The gateway is asked first,
 * and only what it says is paid goes back. What is asked for again is the same refund; a refused one is sent again
 * under its own number, because the gateway may yet know it; after a closed one comes another.
 */
export async function refundCharge(till: TillContext, args: IntentArgs<"refund-charge">): Promise<Outcome<RefundView>> {
  const begun = alreadyBegun(till, args);
  if (begun !== null) return ok(refundView(begun));
  // Asked before the PIN, so that a manager is not called for what cannot be, and again after the gateway's answer.
  const early = check(till, args.outTradeNo);
  if (!early.ok) return early;
  const approval = await approve(till, { kind: "refund-sale" }, args.approvalPin);
  if (!approval.ok) return approval;
  // Under the number the gateway has refused nothing can go back twice, whatever it says of the payment by now.
  if (early.value.refused !== null) return sendAgain(till, args.outTradeNo);

  const answer = (await till.deps.attempts?.lookUp(early.value.attempt)) ?? null;
  const charged = chargeOf(answer, early.value.refunds);
  if (!charged.ok) return charged;
  const meanwhile = alreadyBegun(till, args);
  if (meanwhile !== null) return ok(refundView(meanwhile));
  const allowed = check(till, args.outTradeNo);
  if (!allowed.ok) return allowed;
  if (allowed.value.refused !== null) return sendAgain(till, args.outTradeNo);
  return begin(till, args, allowed.value, charged.value, approval.value);
}

/** A refund of a charge that did not reach the customer, once more, by a manager's word. */
export function retryCharge(
  till: TillContext,
  { refundNo, reason, gateway }: SaleRefund,
  approvalPin: string | undefined,
): Promise<Outcome<RefundView>> {
  assert(gateway !== null, "a charge goes back through the gateway");
  const asked = { requestId: triedAfter(refundNo), outTradeNo: gateway.outTradeNo, reason };
  return refundCharge(till, approvalPin === undefined ? asked : { ...asked, approvalPin });
}

interface Allowed {
  readonly attempt: Attempt;
  /** Every refund of it so far. */
  readonly refunds: readonly SaleRefund[];
  /** The one the gateway refused, which is to be sent again instead of another. */
  readonly refused: SaleRefund | null;
}

function check(till: TillContext, outTradeNo: string): Result<Allowed, IntentFault> {
  const { deps } = till;
  if (till.state.cashier === null) return refuse("not-signed-in");
  if (deps.attempts === null || deps.refunds === null) return refuse("wechat-not-set-up");
  const attempt = deps.store.attempt(outTradeNo);
  if (attempt === null) return refuse("no-such-payment");
  if (attempt.state === "paid") return refuse("payment-has-sale");
  // Whoever opened the order gives it back: two that may could both do it (docs/adr/0014).
  if (attempt.kind === "carried") return refuse("carried-by-office");
  if (!isFinished(attempt) && !isUndoGivenUp(attempt)) return refuse("payment-not-ended");
  const refunds = deps.store.refundsOfCharge(outTradeNo);
  const refused = refunds.find(({ state }) => state === "refused") ?? null;
  const { tenderId, amountFen } = attempt;
  const paidAtMs = attempt.sentAtMs ?? attempt.createdAtMs;
  const checked = checkRefund(
    { tenderId, amountFen },
    [{ kind: "wechat", tenderId, amountFen, payerTotalFen: amountFen, paidAtMs }],
    pastRefunds(refunds.filter((refund) => refund !== refused)),
    deps.clock.now(),
  );
  return checked.ok ? ok({ attempt, refunds, refused }) : fail(asIntentFault(checked.fault));
}

/** The same request, or any while the money is back or on its way: there is one whole, and it goes once. */
function alreadyBegun(till: TillContext, { requestId, outTradeNo }: Asked): SaleRefund | null {
  const refunds = till.deps.store.refundsOfCharge(outTradeNo);
  return refunds.find((refund) => refund.requestId === requestId) ?? refunds.find(isCounted) ?? null;
}

/**
 * Only a verified payment of exactly this order and amount goes back. An order stays "refunded" at the gateway after a
 * refund that was closed: where that was ours, the money is still there, and the gateway's own sum keeps a refund made
 * elsewhere from being doubled.
 */
function chargeOf(
  answer: QueryAnswer | null,
  refunds: readonly SaleRefund[],
): Result<Pick<PaidFacts, "transactionId">, IntentFault> {
  switch (answer?.kind) {
    case "paid":
      return ok(answer.facts);
    case "refunded": {
      const transactionId = refunds.find(({ state }) => state === "closed")?.gateway?.transactionId ?? null;
      return transactionId === null ? refuse("charge-already-back") : ok({ transactionId });
    }
    case "not-paid":
    case "pay-error":
    case "closed":
    case "revoked":
    case "not-found":
      return refuse("charge-not-paid");
    case "user-paying":
    case "unknown":
    case undefined:
      return refuse("gateway-unclear");
  }
}

function sendAgain(till: TillContext, outTradeNo: string): Outcome<RefundView> {
  const { store, refunds } = till.deps;
  const allowed = check(till, outTradeNo);
  if (!allowed.ok) return allowed;
  const { refused } = allowed.value;
  if (refused === null || refused.gateway === null) return refuse("refund-not-ended");
  refunds?.retry(refused.gateway);
  return ok(refundView(store.refund(refused.refundNo) ?? refused));
}

function begin(
  till: TillContext,
  { requestId, reason }: Asked,
  { attempt, refunds }: Allowed,
  { transactionId }: Pick<PaidFacts, "transactionId">,
  approvedBy: string | null,
): Outcome<RefundView> {
  const { deps, state } = till;
  const { cashier } = state;
  assert(cashier !== null, "checked a line ago");
  const { outTradeNo, saleId, tenderId, amountFen } = attempt;
  const refundNo = refundNumber(outTradeNo, refunds);
  const nowMs = deps.clock.now();
  const money = { saleId, tenderId, amountFen, reason } as const;
  const refund: SaleRefund = {
    ...{ refundNo, requestId, kind: "charge", saleNumber: "", ...money },
    cashierId: cashier.id,
    cashierName: cashier.name,
    approvedBy: approvedBy ?? cashier.id,
    requestedAt: localIso(nowMs, deps.config.store.utcOffsetMinutes),
    requestedAtMs: nowMs,
    state: "requested",
    given: null,
    handled: null,
    gateway: newRefund({ outRefundNo: refundNo, outTradeNo, transactionId, totalFen: amountFen, nowMs, ...money }),
  };
  deps.refunds?.start(refund);
  replaceUndelivered(till, refunds, refund);
  till.changed("status");
  const stored = deps.store.refund(refundNo);
  assert(stored !== null, "a refund is on disk before it is asked for");
  return ok(refundView(stored));
}
