import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { FindingView, InquiryAnswer } from "#contract/ipc/reconciliation-view.ts";
import { ok } from "#core/result.ts";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import { isFinished } from "#core/tender/step-attempt.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { PaymentGateway, RefundGateway } from "#main/till/ports/payment-gateway.ts";
import type { FindingAct, StoredFinding } from "#main/till/ports/reconciliation-store.ts";
import { managersOnly } from "#main/till/reading.ts";
import { reconciliationChanged } from "#main/till/reconciliation/reconciling.ts";
import { findingView } from "#main/till/view/reconciliation-view.ts";

/** Questions about a payment or refund that is over here; nothing moves by them. */
export type Inquiry = Pick<PaymentGateway, "query"> & Pick<RefundGateway, "queryRefund">;

/**
 * Asks the gateway about one finding. An attempt that is still open here is asked about by its own driver, which also
 * ends it; about everything else the answer is written down beside the finding, for a person to decide.
 */
export async function askAboutFinding(
  till: TillContext,
  { day, key }: IntentArgs<"ask-about-finding">,
): Promise<Outcome<FindingView>> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { deps, state } = till;
  const { cashier } = state;
  if (cashier === null) return refuse("not-signed-in");
  const found = deps.store.finding(day, key);
  if (found === null) return refuse("no-such-finding");
  if (found.state !== "open" && found.state !== "waiting") return refuse("finding-is-over");

  const attempt = found.outRefundNo === null ? deps.store.attempt(found.outTradeNo) : null;
  if (attempt !== null && !isFinished(attempt)) {
    if (deps.attempts?.askNow(found.outTradeNo) !== true) return refuse("cannot-ask");
    return note(till, found, { how: "hurried", detail: "", byId: cashier.id, byName: cashier.name });
  }
  const answer = await answerAbout(till, found);
  if (answer === null) return refuse("cannot-ask");
  return note(till, found, { how: "asked", detail: answer, byId: cashier.id, byName: cashier.name });
}

/** Null where there is nothing to ask with: no such payment or refund of ours, or no gateway. */
async function answerAbout(till: TillContext, found: StoredFinding): Promise<InquiryAnswer | null> {
  const { store, inquiry } = till.deps;
  if (inquiry === null) return null;
  if (found.outRefundNo !== null) {
    const refund = store.refund(found.outRefundNo);
    if (refund?.gateway === undefined || refund.gateway === null) return null;
    return refundAnswer(await inquiry.queryRefund(refund.gateway));
  }
  const attempt = store.attempt(found.outTradeNo);
  if (attempt === null) return null;
  const { kind } = await inquiry.query(attempt.outTradeNo, attempt.amountFen, attempt.protocol);
  return kind;
}

function refundAnswer(answer: RefundAnswer): InquiryAnswer {
  switch (answer.kind) {
    case "processing":
    case "success":
    case "closed":
    case "abnormal":
    case "refused":
      return `refund-${answer.kind}`;
    case "not-found":
    case "unknown":
      return answer.kind;
  }
}

function note(till: TillContext, found: StoredFinding, act: Omit<FindingAct, "atMs">): Outcome<FindingView> {
  const { day, key } = found;
  const { store, clock } = till.deps;
  // It may have ended while the gateway was thinking: then there is nothing left to write beside it.
  const now = store.finding(day, key);
  if (now === null) return refuse("no-such-finding");
  if (now.state === "open" || now.state === "waiting") store.actOnFinding(day, key, { ...act, atMs: clock.now() });
  reconciliationChanged(till, "days");
  return ok(findingView(till, store.finding(day, key) ?? now));
}
