import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { CartLine } from "#core/cart/cart.ts";
import { pricedByHand } from "#core/cart/new-line.ts";
import type { Item } from "#core/catalog/item.ts";
import { judgeTypedPrice } from "#core/catalog/open-price.ts";
import { fen } from "#core/money/fen.ts";
import { fail } from "#core/result.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog, hasUnfinishedAttempt } from "#main/till/payment-state.ts";
import type { JournalDraft } from "#main/till/ports/sales-store.ts";
import { type AskedPrice, endAskedPrice } from "./asked-price.ts";

/**
 * Rings up goods of the catalogue. Those with an open price wait until the cashier has typed it: the catalogue's own is
 * never sold at. What is printed on a pack is a price somebody has set for this very pack, and needs no other.
 */
export function addItemLine(till: TillContext, item: Item, line: CartLine, entry?: JournalDraft): Outcome {
  const limits = item.openPrice;
  if (limits === undefined || line.labelAmountFen !== null)
    return changeCart(till, { kind: "line-added", line }, entry);
  return askPrice(till, { line, limits, ...(entry === undefined ? {} : { entry }) });
}

function askPrice(till: TillContext, asked: AskedPrice): Outcome {
  const { state } = till;
  if (state.shift === null) return refuse("no-shift");
  if (hasUnfinishedAttempt(till)) return refuse("payment-under-way");
  if (state.askedPrice !== null) return refuse("price-asked");
  // Steps back from the payment: nobody pays a sum that lacks what has no price yet.
  closeDialog(till);
  state.askedPrice = asked;
  till.changed("askedPrice");
  return done;
}

export function typePrice(till: TillContext, args: IntentArgs<"type-price">): Outcome {
  const asked = till.state.askedPrice;
  if (asked === null) return refuse("no-price-asked");
  const judged = judgeTypedPrice(fen(args.priceFen), asked.limits);
  if (!judged.ok) return fail(judged.fault);
  const line = pricedByHand(asked.line, judged.value);
  const outcome = changeCart(till, { kind: "line-added", line }, asked.entry);
  // Stopped for the stock it waits with its price on the strip, where a manager's word rings it up.
  if (outcome.ok || outcome.fault.kind === "stock-short") endAskedPrice(till);
  return outcome;
}

export function leavePrice(till: TillContext): Outcome {
  endAskedPrice(till);
  return done;
}

/** The intents of goods with an open price. */
export const openPriceIntents = {
  "type-price": { needs: "signed-in", run: typePrice },
  "leave-price": { needs: "signed-in", run: leavePrice },
} as const;
