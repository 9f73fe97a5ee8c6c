import type { AskedPriceView } from "#contract/ipc/open-price-intents.ts";
import type { CartLine } from "#core/cart/cart.ts";
import type { PriceLimits } from "#core/catalog/open-price.ts";
import type { TillContext } from "#main/till/context.ts";
import type { JournalDraft } from "#main/till/ports/sales-store.ts";

/** Goods that wait for their price. Not on disk: nothing of them is in the sale yet. */
export interface AskedPrice {
  /** As it will be rung up, but for its price. */
  readonly line: CartLine;
  readonly limits: PriceLimits;
  /** Written with the line, where somebody's word was needed to sell it. */
  readonly entry?: JournalDraft;
}

/** Gives the question up, wherever it comes from. */
export function endAskedPrice(till: TillContext): void {
  if (till.state.askedPrice === null) return;
  till.state.askedPrice = null;
  till.changed("askedPrice");
}

export function askedPriceView({ state }: TillContext): AskedPriceView | null {
  if (state.askedPrice === null) return null;
  const { line, limits } = state.askedPrice;
  const { nameZh, nameEn, quantity, unitPriceFen: usualFen } = line;
  return { nameZh, nameEn, quantity, usualFen, ...limits };
}
