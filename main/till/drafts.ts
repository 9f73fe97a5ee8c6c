import { emptyCart, type Rounding } from "#core/cart/cart.ts";
import { addFen, subtractFen, type Fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { TillContext } from "#main/till/context.ts";
import { withdrawSaleNotices } from "#main/till/notices.ts";
import { endAskedPrice } from "#main/till/open-price/asked-price.ts";
import { diskTookIt } from "#main/till/storage-fault.ts";
import { endWeighing } from "#main/till/weighing/weighing-state.ts";
import { exchangeSplitOf } from "#main/till/returns/exchange-drafts.ts";
import type { Draft, JournalDraft } from "#main/till/ports/sales-store.ts";

/** A sale that has not begun: it goes to disk with its first line. `rounding` is what the shop begins with. */
export function freshDraft(saleId: string, cashierId: string, nowMs: number, rounding: Rounding | undefined): Draft {
  const cart = { ...emptyCart(saleId), rounding: rounding ?? "none" };
  return { cart, tenders: [], cashierId, state: "open", label: "", updatedAtMs: nowMs };
}

export function beginSale(till: TillContext): void {
  const { deps, state } = till;
  state.draft = freshDraft(deps.newId(), state.cashier?.id ?? "", deps.clock.now(), deps.config.rounding);
  state.multiplier = null;
  endWeighing(till);
  endAskedPrice(till);
  withdrawSaleNotices(till);
  till.changed("sale", "lastSales", "held");
}

/** Ends a sale that was not sold; `entry` is what the journal keeps of it. */
export function abandonDraft(till: TillContext, entry: JournalDraft): void {
  till.deps.store.discardDraft(till.state.draft.cart.saleId, entry);
  till.changed("status");
  beginSale(till);
}

/** Makes a changed draft durable, then the one the till works on: a power cut keeps what the screen shows. */
export function keepDraft(till: TillContext, changed: Draft, entry?: JournalDraft): void {
  const draft: Draft = {
    ...changed,
    cashierId: till.state.cashier?.id ?? changed.cashierId,
    updatedAtMs: till.deps.clock.now(),
  };
  till.deps.store.saveDraft(draft, entry);
  till.state.draft = draft;
  diskTookIt(till);
  till.changed("sale");
  if (entry !== undefined) till.changed("status");
  if (till.state.payment !== null) till.changed("payment");
}

export function totalOf(draft: Draft): Fen {
  return priceCart(draft.cart).totalFen;
}

export function paidOf(draft: Draft): Fen {
  return addFen(...draft.tenders.map((tender) => tender.amountFen));
}

/** What the customer pays for the new goods: their price, less what goods that came back pay of it. */
export function dueOf(draft: Draft): Fen {
  return exchangeSplitOf(draft)?.dueFen ?? totalOf(draft);
}

/** What the customer still owes; never negative, because no change may take the price below what is paid. */
export function leftToPay(draft: Draft): Fen {
  return subtractFen(dueOf(draft), paidOf(draft));
}

export function isBegun(draft: Draft): boolean {
  return draft.cart.lines.length > 0 || draft.tenders.length > 0 || draft.exchange !== undefined;
}
