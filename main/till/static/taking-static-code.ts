import type { IntentArgs } from "#contract/ipc/intents.ts";
import { fen } from "#core/money/fen.ts";
import { fail } from "#core/result.ts";
import { addStaticCode } from "#core/tender/tendering.ts";
import { approve } from "#main/till/approval.ts";
import { finishIfCovered } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { keepDraft } from "#main/till/drafts.ts";
import { isGatewayAway } from "#main/till/gateway-watch.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { asIntentFault, tenderingOf } from "#main/till/paying.ts";
import { chooseAgain, hasUnfinishedAttempt, isTakingPayment } from "#main/till/payment-state.ts";

/**
 * Books what the customer paid to the shop's printed code, by the cashier's word: the till cannot know whether it was.
 * While the gateway is out of reach the cashier's word is enough, else a manager's PIN is asked for. It is a tender like
 * any other, counted apart, and open on the manager's list until somebody has looked for the money.
 */
export async function payStaticCode(till: TillContext, args: IntentArgs<"pay-static-code">): Promise<Outcome> {
  // It was taken and the disk refused the sale: the same key finishes it, and takes nothing twice.
  if (isTakingPayment(till) && !hasUnfinishedAttempt(till) && finishIfCovered(till, null)) return done;
  const saleId = till.state.draft.cart.saleId;
  // Asked before the PIN, so that a manager is not called for what cannot be, and again after it.
  const early = taken(till, args.amountFen, null);
  if (!early.ok) return early;
  const action = { kind: "take-static-code", isGatewayAway: isGatewayAway(till) } as const;
  const approval = await approve(till, action, args.approvalPin);
  if (!approval.ok) return approval;
  if (till.state.draft.cart.saleId !== saleId) return refuse("cart-busy");
  const tendered = taken(till, args.amountFen, approvedBy(till, action.isGatewayAway, approval.value));
  if (!tendered.ok) return tendered;
  keepDraft(till, { ...till.state.draft, tenders: tendered.value });
  chooseAgain(till);
  finishIfCovered(till, null);
  return done;
}

function taken(
  till: TillContext,
  amountFen: number,
  by: string | null,
): Outcome<TillContext["state"]["draft"]["tenders"]> {
  if (!isTakingPayment(till)) return refuse("not-taking-payment");
  if (till.state.shift === null) return refuse("no-shift");
  const taking = { tenderId: till.deps.newId(), amountFen: fen(amountFen), approvedBy: by };
  const tendered = addStaticCode(tenderingOf(till), taking);
  return tendered.ok ? { ok: true, value: tendered.value.tenders } : fail(asIntentFault(tendered.fault));
}

/** A manager who is signed in needs no PIN; it is their word all the same. */
function approvedBy(till: TillContext, wasGatewayAway: boolean, byPin: string | null): string | null {
  return wasGatewayAway ? null : (byPin ?? till.state.cashier?.id ?? null);
}
