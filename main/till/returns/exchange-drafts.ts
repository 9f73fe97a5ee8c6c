import { priceCart } from "#core/pricing/price-cart.ts";
import type { RefundCheck } from "#core/refund/sale-refund.ts";
import { type ExchangeSplit, type ReturnPlan, splitExchange } from "#core/returns/return-plan.ts";
import type { TillContext } from "#main/till/context.ts";
import type { Draft, DraftExchange, SaleExchange } from "#main/till/ports/sales-store.ts";

/**
 * Returns of a sale that stand in a cart, on the screen or put aside: nobody has given their money back yet, and it is
 * promised all the same.
 */
export function exchangesOfSale(till: TillContext, saleId: string): readonly SaleExchange[] {
  return exchangesInDrafts(till).flatMap((exchange) =>
    exchange.kind === "of-sale" && exchange.saleId === saleId ? [exchange] : [],
  );
}

/** Whether a return of this id stands in a cart: it is given there, and nowhere else. */
export function isInCart(till: TillContext, returnId: string): boolean {
  return exchangesInDrafts(till).some((exchange) => exchange.returnId === returnId);
}

function exchangesInDrafts({ deps, state }: TillContext): readonly DraftExchange[] {
  // A held sale is on disk; what is on the screen may be newer than its row.
  return [state.draft, ...deps.store.heldDrafts()].flatMap(({ exchange }) => exchange ?? []);
}

/** The return in a cart set against its new goods; null without one. */
export function exchangeSplitOf(draft: Draft): ExchangeSplit | null {
  if (draft.exchange === undefined) return null;
  return splitExchange(planOf(draft.exchange), priceCart(draft.cart).totalFen);
}

/** Without a receipt there is no payment to give back: all of it is cash, under the return's own id. */
function planOf(exchange: DraftExchange): Pick<ReturnPlan, "amountFen" | "parts"> {
  if (exchange.kind === "of-sale") return exchange.plan;
  const { returnId, amountFen } = exchange;
  return { amountFen, parts: [{ tenderId: returnId, kind: "cash", amountFen, inCash: true }] };
}

/** Words that were asked for what goes back; of goods without a receipt nobody is asked. */
export function checksOf(exchange: DraftExchange): readonly (RefundCheck | null)[] {
  return exchange.kind === "of-sale" ? exchange.checks : [];
}

/** Grants that a cart still needs: they are not given back at a start. */
export function grantsInDrafts(till: TillContext): ReadonlySet<string> {
  return new Set(
    exchangesInDrafts(till).flatMap((exchange) => checksOf(exchange).flatMap((check) => check?.grantId ?? [])),
  );
}
