import type { CarriedView } from "#contract/ipc/manager-view.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import type { Outcome } from "#main/till/outcome.ts";
import { managersOnly } from "#main/till/reading.ts";

/** More than a shop has open at once; the next ones come up as these are agreed. */
const mostListed = 200;

/** Payments on customers' phones that have ended here and head office does not agree on yet; oldest first. */
export function readOpenCarried(till: TillContext): Outcome<CarriedView> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { store } = till.deps;
  const payments = store.openCarried(mostListed).flatMap(({ attempt, there }) => {
    const { outTradeNo, saleId, amountFen, createdAtMs, state } = attempt;
    if (state !== "paid" && state !== "abandoned") return [];
    const saleNumber = state === "paid" ? store.saleNumberOf(saleId) : null;
    return [{ outTradeNo, saleNumber, amountFen, createdAtMs, here: state, there }];
  });
  return ok({ payments });
}
