import type { SharedHeldView } from "#contract/ipc/held-intents.ts";
import type { IntentAnswer } from "#contract/ipc/intents.ts";
import { heldForm } from "#contract/wire/held.ts";
import { fen } from "#core/money/fen.ts";
import { ok } from "#core/result.ts";
import { businessDate } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";
import type { Outcome } from "#main/till/outcome.ts";
import type { PlacedRow } from "#main/till/ports/held-places.ts";
import { today } from "#main/till/today.ts";

const dayMs = 86_400_000;

/** What every till of the shop may take now, wherever it lies; what this till is just giving or taking is in its own list. */
export async function readSharedHeld(till: TillContext): Promise<Outcome<IntentAnswer<"shared-held">>> {
  const { sync, store } = till.deps;
  if (sync?.held.isOpen() !== true) return ok({ sales: [], isWhole: true });
  const { rows, isWhole } = await sync.held.list();
  till.state.heldMoves.listed = new Map(rows.map((row) => [row.giveId, row]));
  const own = new Set([
    ...store.heldDrafts().map(({ cart }) => cart.saleId),
    ...store.takings().map(({ saleId }) => saleId),
  ]);
  return ok({ sales: rows.filter(({ saleId }) => !own.has(saleId)).map((row) => viewOf(till, row)), isWhole });
}

function viewOf(till: TillContext, row: PlacedRow): SharedHeldView {
  const { giveId, saleId, label, heldAtMs, cashierName, fromTerminal, lineCount, totalFen, form } = row;
  return {
    ...{ giveId, saleId, label, heldAtMs, cashierName, fromTerminal, lineCount },
    totalFen: fen(totalFen),
    isOld: isOld(till, heldAtMs),
    isNewer: form > heldForm,
  };
}

function isOld(till: TillContext, heldAtMs: number): boolean {
  const { clock, config } = till.deps;
  const { utcOffsetMinutes, dayCutOffMinutes } = config.store;
  if (clock.now() - heldAtMs > dayMs) return true;
  return businessDate(heldAtMs, utcOffsetMinutes, dayCutOffMinutes) < today(till);
}
