import type { TillContext } from "#main/till/context.ts";
import { endUnpaid, legacyPaymentMoved } from "./ending-sessions.ts";
import { followReversals } from "./reversing.ts";

/**
 * What old tills had asked for when the last process ended. A payment that has an attempt goes on and ends by it; one that
 * has none took nothing and ends now, because its customer stands at no screen any more.
 */
export function takeUpLegacy(till: TillContext): void {
  const { store } = till.deps;
  for (const session of store.openLegacy()) {
    if (session.category === "Reversal") continue;
    till.state.legacy.open.set(session.saleId, session);
    if (store.attemptsOfSale(session.saleId).length > 0) legacyPaymentMoved(till, session.saleId);
    else endUnpaid(till, session, "Cancel", "the till started again before anything was charged");
  }
  followReversals(till);
}
