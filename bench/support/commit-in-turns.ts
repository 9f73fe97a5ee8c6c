import { join } from "node:path";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { uuidV7 } from "#main/ids/uuid-v7.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { benchResult, type BenchResult, distributionOf } from "../result.ts";
import { sampleReceipt, sampleSale, sampleTerminalId } from "./sample-sale.ts";
import { inScratchDirectory } from "./scratch-directory.ts";
import type { SeededDirectory } from "./seeded-till.ts";

const warmUps = 30;
const measured = 300;
const lineCount = 5;
/** A year behind it may cost a page or two more in each tree, and nothing else. */
const budget = { ratio: 1.25 } as const;

/** The same sales into a seeded file and into a new one, in turns: what history costs a commit, whatever the disk costs. */
export async function commitInTurns({ dataDir, size }: SeededDirectory): Promise<BenchResult> {
  return inScratchDirectory(async (scratch) => {
    const stores = [open(join(dataDir, "sales.db")), open(join(scratch, "sales.db"))] as const;
    const samples: readonly [number[], number[]] = [[], []];
    for (let turn = 0; turn < warmUps + measured; turn += 1) {
      for (const which of [0, 1] as const) {
        const tookMs = commit(stores[which]);
        if (turn >= warmUps) samples[which].push(tookMs);
      }
    }
    for (const store of stores) store.close();
    const [seeded, fresh] = [distributionOf(samples[0]), distributionOf(samples[1])];
    const facts = { limit: fresh.p50, ratio: seeded.p50 / fresh.p50, budget };
    return benchResult({ name: `commit: ${size} against a new file`, unit: "ms", ...seeded, ...facts });
  });
}

function open(path: string): OpenSalesStore {
  const newId = (): string => uuidV7(Date.now());
  const opened = openSalesStore({ path, terminalId: sampleTerminalId, now: Date.now, newId });
  assert(opened.ok, `a sales.db of this terminal opens: ${path}`);
  const store = opened.value;
  if (store.currentShift() !== null) return store;
  const openedAt = localIso(Date.now(), 480);
  const by = { openedBy: "cashier-1", openedByName: "林小雨" };
  const day = { businessDate: openedAt.slice(0, 10), floatFen: fen(20_000), closedAt: null };
  store.openShift({ shiftId: newId(), openedAt, ...by, ...day });
  return store;
}

function commit(store: OpenSalesStore): number {
  const saleId = uuidV7(Date.now());
  const shift = store.currentShift();
  assert(shift !== null, "a shift is open");
  const { shiftId, businessDate } = shift;
  const facts = { saleId, saleNumber: "-", lineCount, shiftId, businessDate };
  const sale = sampleSale({ ...facts, completedAt: localIso(Date.now(), 480) });
  const beganMs = performance.now();
  const { printJobId } = store.commitSale(saleId, (saleNumber) => ({ ...sale, saleNumber }), null, sampleReceipt);
  const tookMs = performance.now() - beganMs;
  store.setPrintState(printJobId, "printed");
  return tookMs;
}
