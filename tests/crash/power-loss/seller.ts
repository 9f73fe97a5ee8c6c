// A till that only sells, in its own process so that its calls to the disk can be recorded:
// `node seller.ts DIRECTORY SALES FULL|NORMAL`. After each sale it writes its promise down.
import { openSync, writeSync } from "node:fs";
import { join } from "node:path";
import {
  cashFor,
  sampleCart,
  sampleReceipt,
  sampleSale,
  sampleShift,
  sampleTerminalId,
} from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { assert } from "#core/result.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { openConnection } from "#main/store/connection.ts";
import { assembleSalesStore, openSalesStore, salesFile } from "#main/store/sales/open-sales-store.ts";
import { salesDatabase } from "#main/store/sales/sales-database.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { type AcknowledgedSale, promisesFile } from "./disk-op.ts";

const [directory = "", sales = "", synchronous = ""] = process.argv.slice(2);
const path = join(directory, "sales.db");
let ids = 0;
const deps = { terminalId: sampleTerminalId, now: Date.now, newId: () => `id-${process.pid}-${(ids += 1)}` };
const promises = openSync(join(directory, promisesFile), "w");

// Closed and opened half-way: a file that is already WAL is where SQLite silently forgets FULL.
const half = Math.floor(Number(sales) / 2);
openStore().close();
let store = openStore();
store.openShift(sampleShift);
for (let index = 0; index < half; index += 1) sell(index);
store.close();
store = openStore();
for (let index = half; index < Number(sales); index += 1) sell(index);
const totals = store.shiftTotals(sampleShift.shiftId);
const counted = { countedCashFen: totals.expectedCashFen, differenceFen: fen(0) };
store.closeShift({
  shiftId: sampleShift.shiftId,
  closedAt: "2026-03-02T22:00:00+08:00",
  closedBy: "c1",
  totals,
  ...counted,
});
// No close: the power goes first.

/** The till's own store; or, as the control that must fail, the same store on a connection left at SQLite's default. */
function openStore(): SalesStore {
  if (synchronous === "FULL") {
    const opened = openSalesStore({ path, ...deps });
    assert(opened.ok, "the seller's store opens");
    return opened.value;
  }
  const made = openSalesStore({ path, ...deps });
  assert(made.ok, "the control's file is made");
  made.value.close();
  const connection = openConnection(path, { ...salesFile, synchronous: "NORMAL" });
  assert(connection.ok, "the control's connection opens");
  return assembleSalesStore(salesDatabase(connection.value), deps);
}

function sell(index: number): void {
  const saleId = `sale-${index}`;
  const cart = sampleCart(saleId, 1 + (index % 9));
  const { totalFen } = priceCart(cart);
  store.saveDraft({ cart, tenders: [], cashierId: "c1", state: "open", label: "", updatedAtMs: Date.now() });
  let tender: Tender = cashFor(saleId, totalFen);
  let settled = null;
  if (index % 3 === 0) {
    const outTradeNo = `T01X${String(store.nextAttemptNumber()).padStart(8, "0")}`;
    const request = {
      kind: "codepay",
      outTradeNo,
      saleId,
      tenderId: `${saleId}-wx`,
      amountFen: totalFen,
      nowMs: Date.now(),
    } as const;
    const attempt = newAttempt(request);
    store.createAttempt(attempt);
    const paid = {
      transactionId: `42${String(index).padStart(26, "0")}`,
      payerTotalFen: totalFen,
      successTime: "2026-03-02T09:00:00+08:00",
    };
    settled = { ...attempt, state: "paid", paid } as const;
    const { tenderId } = attempt;
    tender = {
      kind: "wechat",
      tenderId,
      amountFen: totalFen,
      method: "codepay",
      outTradeNo,
      transactionId: paid.transactionId,
      payerTotalFen: totalFen,
    };
  }
  const build = (saleNumber: string): Sale => sampleSale({ saleId, saleNumber, lineCount: 0, cart, tenders: [tender] });
  const { sale, journalHash } = store.commitSale(saleId, build, settled, sampleReceipt);
  const promise: AcknowledgedSale = { saleId, saleNumber: sale.saleNumber, totalFen, journalHash };
  writeSync(promises, `${JSON.stringify(promise)}\n`);
}
