import type { IntentArgs } from "#contract/ipc/intents.ts";
import { approve } from "#main/till/approval.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";
import type { JournalDraft } from "#main/till/ports/sales-store.ts";
import { today } from "#main/till/today.ts";
import { standingStop } from "./heeding-stock.ts";

/** A manager's word for this item in this sale, journaled with what the books said. */
export async function sellShortStock(till: TillContext, args: IntentArgs<"sell-short-stock">): Promise<Outcome> {
  const stop = standingStop(till, args.stopId);
  if (stop === null) return refuse("no-such-stop");
  const approval = await approve(till, { kind: "sell-short" }, args.approvalPin);
  if (!approval.ok) return approval;
  // The PIN took a moment: its customer may be gone.
  if (standingStop(till, args.stopId) === null) return refuse("no-such-stop");
  const { saleId, sku, levelMilli, wantedMilli, event, entry } = stop;
  const { allowed } = till.state.stock;
  const skus = allowed.saleId === saleId ? [...allowed.skus, sku] : [sku];
  till.state.stock.allowed = { saleId, skus: new Set(skus) };
  const body = {
    ...{ saleId, sku, levelMilli, wantedMilli, businessDate: today(till) },
    ...{ cashierId: till.state.cashier?.id, approvedBy: approval.value },
  };
  const sold: JournalDraft = { kind: "short-stock-sold", body };
  const outcome = changeCart(till, event, entry ?? sold);
  if (!outcome.ok) return outcome;
  if (entry !== undefined) till.deps.store.appendJournal(sold);
  withdrawNotices(till, (notice) => notice.kind === "stock-short" && notice.stopId === args.stopId);
  return outcome;
}
