import type { LegacySession } from "#main/till/ports/legacy-store.ts";
import type { TillContext } from "#main/till/context.ts";

/** The old till's payment that has the screen, if one has: its sale is as it was asked for until it ends. */
export function legacyOnScreen({ state }: Pick<TillContext, "state">): LegacySession | null {
  return state.legacy.open.get(state.draft.cart.saleId) ?? null;
}
