import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { applyCartEvent } from "#core/cart/apply.ts";
import type { CartEvent, CartFault } from "#core/cart/cart.ts";
import { milli } from "#core/quantity/quantity.ts";
import { fail } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { abandonDraft, dueOf, keepDraft, paidOf } from "#main/till/drafts.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { chooseAgain, closeDialog, hasUnfinishedAttempt } from "#main/till/payment-state.ts";
import { promoted } from "#main/till/pricing/in-force.ts";
import { heedStock } from "#main/till/stock/heeding-stock.ts";
import type { Draft, JournalDraft } from "#main/till/ports/sales-store.ts";

/**
 * The only way the cart changes. Refused while a payment is under way, and when the total would fall below what is
 * already paid; a finished sale on the screen makes room for the next one. A sale whose last line goes is over: its
 * discount and rounding must not wait for the next customer.
 */
export function changeCart(till: TillContext, event: CartEvent, entry?: JournalDraft): Outcome {
  const { state } = till;
  if (state.shift === null) return refuse("no-shift");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  if (state.draft.cart.lines.length === 0 && event.kind !== "line-added") return refuse("empty-cart");

  const applied = applyCartEvent(state.draft.cart, event);
  if (!applied.ok) return fail(asIntentFault(applied.fault));
  const cart = event.kind === "line-selected" ? applied.value : promoted(till, applied.value);
  const changed: Draft = { ...state.draft, cart };
  if (dueOf(changed) < paidOf(changed)) return refuse("payment-under-way");
  const stopped = heedStock(till, event, cart, entry);
  if (stopped !== null) return stopped;
  if (state.payment?.done) closeDialog(till);

  // With goods that came back in it, an empty cart waits for the new ones.
  if (applied.value.lines.length === 0 && entry !== undefined && changed.exchange === undefined) {
    abandonDraft(till, entry);
    closeDialog(till);
    return done;
  }
  keepDraft(till, changed, entry);
  if (event.kind !== "line-selected") chooseAgain(till);
  return done;
}

export function setQuantity(till: TillContext, args: IntentArgs<"set-quantity">): Outcome {
  return changeCart(till, { kind: "quantity-set", lineId: args.lineId, quantity: milli(args.quantity) });
}

export function selectLine(till: TillContext, args: IntentArgs<"select-line">): Outcome {
  return changeCart(till, { kind: "line-selected", lineId: args.lineId });
}

export function setRounding(till: TillContext, args: IntentArgs<"set-rounding">): Outcome {
  return changeCart(till, { kind: "rounding-set", rounding: args.rounding });
}

export function asIntentFault(fault: CartFault): IntentFault {
  return fault.kind === "no-such-line" ? { kind: "no-such-line" } : fault;
}
