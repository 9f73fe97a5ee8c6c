import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import type { TillContext } from "#main/till/context.ts";

/** The return that a sale's goods were exchanged for, with a receipt or without one; null where they were not. */
export function returnedFor({ deps: { store } }: TillContext, saleId: string): SaleReturn | LooseReturn | null {
  return store.returnOfExchange(saleId) ?? store.looseReturnOfExchange(saleId);
}
