import type { IntentArgs } from "#contract/ipc/intents.ts";
import { localIso } from "#core/sale/business-date.ts";
import { approve } from "#main/till/approval.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { abandonDraft, isBegun } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog, hasUnfinishedAttempt } from "#main/till/payment-state.ts";
import { today } from "#main/till/today.ts";

export function voidLine(till: TillContext, args: IntentArgs<"void-line">): Outcome {
  const { cart } = till.state.draft;
  const line = cart.lines.find((one) => one.id === args.lineId);
  if (line === undefined) return refuse("no-such-line");
  const body = { saleId: cart.saleId, cashierId: till.state.cashier?.id, line, ...momentOf(till) };
  return changeCart(till, { kind: "line-voided", lineId: line.id }, { kind: "line-voided", body });
}

/** Throws the whole cart away; a manager's word is needed, and nothing may be paid of it yet. */
export async function voidSale(till: TillContext, args: IntentArgs<"void-sale">): Promise<Outcome> {
  const asked = till.state.draft;
  const refusal = refusalToVoid(till);
  if (refusal !== null) return refusal;
  const action = { kind: "void-sale", lineCount: asked.cart.lines.length } as const;
  const approval = await approve(till, action, args.approvalPin);
  if (!approval.ok) return approval;

  // A PIN takes a moment: what was approved is the cart the manager saw, and it may have moved on since.
  const { draft, cashier } = till.state;
  if (draft !== asked) return refuse("cart-busy");
  const late = refusalToVoid(till);
  if (late !== null) return late;
  const { saleId, lines } = draft.cart;
  const body = { saleId, cashierId: cashier?.id, approvedBy: approval.value, lines, ...momentOf(till) };
  abandonDraft(till, { kind: "sale-voided", body });
  closeDialog(till);
  return done;
}

/** When it happened and in which business day it counts, for the reports. */
function momentOf(till: TillContext): { readonly at: string; readonly businessDate: string } {
  const { clock, config } = till.deps;
  return { at: localIso(clock.now(), config.store.utcOffsetMinutes), businessDate: today(till) };
}

function refusalToVoid(till: TillContext): Outcome<never> | null {
  const { draft } = till.state;
  if (hasUnfinishedAttempt(till) || draft.tenders.length > 0) return refuse("payment-under-way");
  return isBegun(draft) ? null : refuse("empty-cart");
}
