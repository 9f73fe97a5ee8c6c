import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { Result } from "#core/result.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { keepDraft } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog } from "#main/till/payment-state.ts";
import type { LooseExchange } from "#main/till/ports/sales-store.ts";
import { refusalToPutIn } from "#main/till/returns/exchanging.ts";
import { judgeAsShown, type JudgedLooseReturn } from "./judging-loose-returns.ts";

type Asked = IntentArgs<"begin-loose-exchange">;

/**
 * 无小票换货: puts goods of which nobody knows the sale into the cart, beside the new ones, by the right of a return without
 * a receipt. Nothing is given yet: number, goods and money are one commit with the new sale (docs/adr/0011).
 */
export async function beginLooseExchange(till: TillContext, args: Asked): Promise<Outcome> {
  if (isBegun(till, args)) return done;
  // Asked before the PIN, so that a manager is not called for what cannot be, and again after it.
  const early = judgeToBegin(till, args);
  if (!early.ok) return early;
  const { amountFen } = early.value;
  const approval = await approve(till, { kind: "return-without-receipt", amountFen }, args.approvalPin);
  if (!approval.ok) return approval;
  if (isBegun(till, args)) return done;
  const judged = judgeToBegin(till, args);
  const { cashier, draft, payment } = till.state;
  if (!judged.ok) return judged;
  if (cashier === null) return refuse("not-signed-in");
  const exchange: LooseExchange = {
    ...{ kind: "loose", returnId: args.requestId, ...judged.value },
    ...{ reason: args.reason, approvedBy: approval.value ?? cashier.id },
  };
  if (payment?.done) closeDialog(till);
  keepDraft(till, { ...draft, exchange });
  return done;
}

function isBegun({ state }: TillContext, { requestId }: Asked): boolean {
  return state.draft.exchange?.returnId === requestId;
}

function judgeToBegin(till: TillContext, args: Asked): Result<JudgedLooseReturn, IntentFault> {
  return refusalToPutIn(till, args.requestId) ?? judgeAsShown(till, args);
}
