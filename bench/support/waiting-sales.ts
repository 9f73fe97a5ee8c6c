import { join } from "node:path";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { openConnection } from "#main/store/connection.ts";
import { migrate } from "#main/store/migrate.ts";
import {
  assembleSalesStore,
  type OpenSalesStore,
  salesFile,
  salesMigrations,
} from "#main/store/sales/open-sales-store.ts";
import { salesDatabase } from "#main/store/sales/sales-database.ts";
import { sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "./sample-sale.ts";

/** Lines of one sale: a small basket. */
const lineCount = 3;
/** Business days they are spread over; head office compares two months. */
const dayCount = 50;

/**
 * Fills the sales.db of a till that was never started with finished sales that nobody has sent: by the store's own commits,
 * a day of them in one transaction. Their papers count as printed and their shifts are closed.
 */
export function writeWaitingSales(dataDir: string, count: number): void {
  const path = join(dataDir, "sales.db");
  const opened = openConnection(path, salesFile);
  assert(opened.ok, "a new sales.db opens");
  const db = opened.value;
  const migrated = migrate(db, { path, applicationId: salesFile.applicationId }, salesMigrations, () => {});
  assert(migrated.ok, "sales.db takes its shape");
  let ids = 0;
  const newId = (): string => `waiting-${String((ids += 1)).padStart(8, "0")}`;
  const epoch = newId();
  const database = salesDatabase(db);
  db.prepare("INSERT INTO meta (id, terminal_id, epoch) VALUES (1, ?, ?)").run(sampleTerminalId, epoch);
  db.prepare("INSERT INTO sync_positions (epoch) VALUES (?)").run(epoch);
  const store = assembleSalesStore(
    // A day is one transaction; what stands outside of it has its own, as ever.
    { db, change: (work) => (db.inTransaction ? work() : database.change(work)) },
    { terminalId: sampleTerminalId, now: Date.now, newId },
  );
  for (let day = 0; day < dayCount; day += 1) {
    const sales = Math.floor(((day + 1) * count) / dayCount) - Math.floor((day * count) / dayCount);
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    db.exec("BEGIN IMMEDIATE");
    if (day === 0) store.appendJournal({ kind: "epoch-opened", body: { previous: null } });
    sellAllDay(store, date, sales);
    db.exec("COMMIT");
    closeDay(store, date);
  }
  store.close();
}

const shiftOf = (date: string): string => `shift of ${date}`;

function sellAllDay(store: OpenSalesStore, date: string, count: number): void {
  const shiftId = shiftOf(date);
  store.openShift({ ...sampleShift, shiftId, businessDate: date, openedAt: `${date}T08:00:00+08:00` });
  for (let index = 0; index < count; index += 1) {
    const saleId = `${date} ${index}`;
    const facts = { saleId, lineCount, shiftId, businessDate: date, completedAt: `${date}T09:15:00+08:00` };
    const sale = sampleSale({ ...facts, saleNumber: "-" });
    const committed = store.commitSale(saleId, (saleNumber) => ({ ...sale, saleNumber }), null, sampleReceipt);
    store.setPrintState(committed.printJobId, "printed");
  }
}

function closeDay(store: OpenSalesStore, date: string): void {
  const shiftId = shiftOf(date);
  const totals = store.shiftTotals(shiftId);
  const counted = { countedCashFen: totals.expectedCashFen, differenceFen: fen(0) };
  store.closeShift({ shiftId, closedAt: `${date}T22:00:00+08:00`, closedBy: "c1", totals, ...counted });
}
