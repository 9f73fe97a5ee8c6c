import { join } from "node:path";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { sampleShift, sampleTerminalId } from "./sample-sale.ts";

/** Makes the sales.db of a till that was never started, with a shift of that day open in it; answers the shift's id. */
export function openPastShift(dataDir: string, day: string): string {
  const store = open(dataDir, "opening");
  store.openShift({ ...sampleShift, businessDate: day, openedAt: `${day}T08:00:00+08:00` });
  store.close();
  return sampleShift.shiftId;
}

export function closePastShift(dataDir: string, day: string): void {
  const store = open(dataDir, "closing");
  const { shiftId } = sampleShift;
  const totals = store.shiftTotals(shiftId);
  const closedAt = `${day}T22:00:00+08:00`;
  const countedCashFen = totals.expectedCashFen;
  store.closeShift({ shiftId, closedAt, closedBy: "c1", totals, countedCashFen, differenceFen: fen(0) });
  store.close();
}

function open(dataDir: string, name: string): OpenSalesStore {
  let ids = 0;
  const opened = openSalesStore({
    path: join(dataDir, "sales.db"),
    terminalId: sampleTerminalId,
    now: Date.now,
    newId: () => `${name}-${(ids += 1)}`,
  });
  assert(opened.ok, "a sales.db of this terminal opens");
  return opened.value;
}
