import type { TillAtWork } from "#core/update/put-in.ts";
import type { TillContext } from "#main/till/context.ts";

/** What goes on here, as far as an update would be in its way. */
export function atWork({ state, deps }: TillContext): TillAtWork {
  const list = deps.goods?.lists.standing().kind ?? "none";
  return {
    isSomebodySignedIn: state.cashier !== null,
    saleLines: state.draft.cart.lines.length,
    isPaying: state.payment !== null,
    unfinishedAttempts: deps.attempts?.unfinished().length ?? 0,
    isImporting: list === "checking" || list === "applying",
    isWeighing: state.weighing !== null,
  };
}
