// A till that only sells and sends, in a process of its own so that it can be killed:
// `node selling-till.ts DATA-DIR URL STORE TERMINAL RELAY-URL [CODE]`. Store, signatures and synchronisation are the till's
// own; the relay's address may be empty. It tells each paper it gave out on standard output, one JSON object a line, and is
// told what to do by lines of a word.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { cashFor, sampleCart, sampleReceipt, sampleSale, sampleShift } from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { pick } from "#tests/support/random.ts";
import { openTillParts } from "./till-parts.ts";
import type { TillWord } from "./till-words.ts";

const [dataDir = "", url = "", storeCode = "", terminalId = "", relayUrl = "", code = ""] = process.argv.slice(2);
const mostBetweenSalesMs = 60;
const clock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

const time = { now: Date.now, newId: randomUUID, clock, steadyMs: () => performance.now() };
const till = await openTillParts({ dataDir, url, storeCode, terminalId, relayUrl }, time, code);
const { store, sync } = till;
sync.start();
let isSelling = code === "";
let sold = 0;
if (isSelling && store.currentShift() === null) openShift();
tell({ kind: "ready" });
if (isSelling) clock.after(0, sellOn);
for await (const word of createInterface({ input: process.stdin })) await obey(word);

async function obey(word: string): Promise<void> {
  if (word === "stop-selling") isSelling = false;
  else if (word === "now") {
    sync.now();
    tell({ kind: "standing", ...till.standing() });
  } else if (word === "end") {
    await till.close();
    process.exit(0);
  }
}

function openShift(): void {
  store.openShift({ ...sampleShift, shiftId: randomUUID() });
}

function sellOn(): void {
  if (!isSelling) return;
  sell();
  sold += 1;
  // A shift is closed now and then: its entry is signed, and the next one begins.
  if (sold % 40 === 0) {
    closeShift();
    openShift();
  }
  clock.after(pick(Math.random, mostBetweenSalesMs), sellOn);
}

function sell(): void {
  const shift = store.currentShift();
  if (shift === null) throw new Error("a shift is open while the till sells");
  // A basket from before the kill is sold first, under its own id: the customer still stands there.
  const cart = store.openDraft()?.cart ?? sampleCart(randomUUID(), 1 + pick(Math.random, 5));
  const { saleId } = cart;
  const { totalFen } = priceCart(cart);
  const facts = { saleId, lineCount: 0, cart, tenders: [cashFor(saleId, totalFen)], shiftId: shift.shiftId };
  const build = (saleNumber: string) => ({ ...sampleSale({ ...facts, saleNumber }), terminalId });
  store.saveDraft({ cart, tenders: [], cashierId: "c1", state: "open", label: "", updatedAtMs: Date.now() });
  const { sale, journalHash } = store.commitSale(saleId, build, null, sampleReceipt);
  // Only now, after the commit: this is the paper in the customer's hand.
  tell({ kind: "printed", saleId, saleNumber: sale.saleNumber, totalFen: sale.totalFen, hash: journalHash });
}

function closeShift(): void {
  const shift = store.currentShift();
  if (shift === null) return;
  const totals = store.shiftTotals(shift.shiftId);
  const closing = { closedAt: "2026-03-02T22:00:00+08:00", closedBy: "c1" };
  const counted = { countedCashFen: totals.expectedCashFen, differenceFen: fen(0) };
  store.closeShift({ shiftId: shift.shiftId, ...closing, totals, ...counted });
  sync.shiftClosed();
}

function tell(word: TillWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}
