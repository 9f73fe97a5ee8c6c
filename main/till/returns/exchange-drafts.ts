import { priceCart } from "#core/pricing/price-cart.ts";
import { type ExchangeSplit, splitExchange } from "#core/returns/return-plan.ts";
import type { TillContext } from "#main/till/context.ts";
import type { Draft, DraftExchange } from "#main/till/ports/sales-store.ts";

/**
 * Returns of a sale that stand in a cart, on the screen or put aside: nobody has given their money back yet, and it is
 * promised all the same.
 */
export function exchangesOfSale({ deps, state }: TillContext, saleId: string): readonly DraftExchange[] {
  // A held sale is on disk; what is on the screen may be newer than its row.
  const drafts = [state.draft, ...deps.store.heldDrafts()];
  return drafts.flatMap(({ exchange }) => (exchange?.saleId === saleId ? [exchange] : []));
}

/** The return in a cart set against its new goods; null without one. */
export function exchangeSplitOf(draft: Draft): ExchangeSplit | null {
  if (draft.exchange === undefined) return null;
  return splitExchange(draft.exchange.plan, priceCart(draft.cart).totalFen);
}

/** Grants that a cart still needs: they are not given back at a start. */
export function grantsInDrafts({ deps, state }: TillContext): ReadonlySet<string> {
  const drafts = [state.draft, ...deps.store.heldDrafts()];
  return new Set(drafts.flatMap(({ exchange }) => exchange?.checks.flatMap((check) => check?.grantId ?? []) ?? []));
}
