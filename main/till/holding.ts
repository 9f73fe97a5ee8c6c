import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { TillContext } from "#main/till/context.ts";
import { beginSale, isBegun, leftToPay } from "#main/till/drafts.ts";
import { giveHeldSale } from "#main/till/held/giving.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { finishIfCovered } from "#main/till/committing.ts";
import { endAskedPrice } from "#main/till/open-price/asked-price.ts";
import { endWeighing } from "#main/till/weighing/weighing-state.ts";
import { choosing, closeDialog, hasUnfinishedAttempt } from "#main/till/payment-state.ts";

/** 挂单: puts the sale aside, on disk; it outlives the shift and the process. */
export async function holdSale(till: TillContext, args: IntentArgs<"hold-sale">): Promise<Outcome> {
  const { state } = till;
  if (!isBegun(state.draft)) return refuse("empty-cart");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  const { saleId } = state.draft.cart;
  const held = putAside(till, args.label === "" ? state.draft.label : args.label);
  // On disk here first, so that the queue moves on and nothing is lost where nobody answers.
  return args.forEveryTill === true ? giveHeldSale(till, { saleId }) : held;
}

/** The queue moves on while this sale's payment is resolved in the background. */
export function parkSale(till: TillContext): Outcome {
  if (!hasUnfinishedAttempt(till)) return refuse("not-taking-payment");
  return putAside(till, till.state.draft.label);
}

/** 取单: the cart on the screen must be empty, so that two baskets never mix. */
export function recallSale(till: TillContext, args: IntentArgs<"recall-sale">): Outcome {
  const { state, deps } = till;
  if (state.shift === null) return refuse("no-shift");
  if (isBegun(state.draft)) return refuse("cart-busy");
  const held = deps.store.draft(args.saleId);
  if (held === null || held.state !== "held") return refuse("no-such-sale");
  if (deps.store.giving(args.saleId) !== null) return refuse("held-being-given");
  const draft = { ...held, state: "open" as const, cashierId: state.cashier?.id ?? held.cashierId };
  deps.store.saveDraft(draft, { kind: "sale-recalled", body: { saleId: args.saleId, cashierId: draft.cashierId } });
  state.draft = draft;
  state.multiplier = null;
  endWeighing(till);
  endAskedPrice(till);
  closeDialog(till);
  const attempt = deps.attempts?.current(args.saleId) ?? null;
  if (attempt !== null || draft.tenders.length > 0) state.payment = { ...choosing, attempt };
  till.changed("sale", "held", "status");
  // Paid in full while it was put aside: all that was missing is a shift to book it in.
  if (leftToPay(draft) === 0 && attempt === null) finishIfCovered(till, null);
  return done;
}

function putAside(till: TillContext, label: string): Outcome {
  const { state, deps } = till;
  const held = { ...state.draft, state: "held" as const, label, updatedAtMs: deps.clock.now() };
  const body = { saleId: held.cart.saleId, cashierId: state.cashier?.id, label };
  deps.store.saveDraft(held, { kind: "sale-held", body });
  till.changed("status");
  closeDialog(till);
  beginSale(till);
  return done;
}
