import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cashFor, sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { runTool } from "#scripts/tally.ts";
import { chips, cola, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let dataDir = "";
let store: SalesStore;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-export-"));
  let ids = 0;
  const deps = { terminalId: sampleTerminalId, now: Date.now, newId: () => `id-${(ids += 1)}` };
  const opened = openSalesStore({ path: join(dataDir, "sales.db"), ...deps });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  store = opened.value;
  store.openShift(sampleShift);
  for (let index = 1; index <= 12; index += 1) sell(index);
});
afterEach(() => {
  store.close();
  rmSync(dataDir, { recursive: true });
});

describe("the journal of a real till", () => {
  it("is exported while the till has its file open, and a stranger finds it sound", async () => {
    const file = join(dataDir, "journal.jsonl");
    const exported = await runTool(["node", "scripts/export-journal/main.ts", "--data-dir", dataDir, "--out", file]);
    expect(exported).toEqual({
      code: 0,
      output: "not signed: the till has no key, or one that is out of reach for this program\n",
    });
    const { code, output } = await runTool(["node", "scripts/verify-journal/main.ts", file]);
    const lines = output.trim().split("\n");
    const { lastSaleHash: _, ...day } = jsonOf(lines[0]);
    const { discountFen: __, byHour: ___, taxes, ...totals } = store.dayTotals(sampleShift.businessDate);
    const { refundCashFen, refundWechatFen, returnedChargeCount, returnedChargeFen, ...sums } = totals;
    expect(day).toEqual({ ...sums, refundFen: refundCashFen + refundWechatFen });
    expect([returnedChargeCount, returnedChargeFen, taxes]).toEqual([0, 0, []]);
    expect(jsonOf(lines.at(-1))).toEqual({
      ...{ terminalKey: "DEMO-T01", entries: store.journalStatus().lastSeq, epochs: 1, days: 1 },
      ...{ damages: 0, isVouched: false, isSound: true },
    });
    expect(code).toBe(0);
  });

  it("adds up for a stranger where goods without a receipt were exchanged, for more and for less, with their taxes", async () => {
    const taxes = { rates: [{ taxClass: "general", basisPoints: 1_300 }] };
    const bench = await openTillBench({ config: { taxes } }).atWork();
    try {
      await exchangeLoosely(bench, chips, cola);
      await bench.must("finish-exchange", {});
      await bench.must("next-sale", {});
      await exchangeLoosely(bench, cola, chips);
      await bench.must("take-payment", {});
      await bench.must("pay-cash", { receivedFen: 700 });
      await bench.must("sign-out", {});
      await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
      // The float, less 6.50 and more 6.50.
      await bench.must("close-shift", { countedCashFen: 10_000 });
      const file = join(dataDir, "exchanged.jsonl");
      await runTool(["node", "scripts/export-journal/main.ts", "--data-dir", bench.directory, "--out", file]);
      const { code, output } = await runTool(["node", "scripts/verify-journal/main.ts", file]);
      const lines = output.trim().split("\n");
      expect(jsonOf(lines[0])).toMatchObject({ salesFen: 1_350, cashFen: 1_350, refundCount: 2, refundFen: 1_350 });
      expect(jsonOf(lines.at(-1))).toMatchObject({ damages: 0, isSound: true });
      expect(code).toBe(0);
    } finally {
      bench.close();
    }
  });

  it("says with its exit code and the line that a digit of a price was changed", async () => {
    const { output: text } = await runTool(["node", "scripts/export-journal/main.ts", "--data-dir", dataDir]);
    const lines = text.replace(/^not signed.*\n/mu, "").split("\n");
    const file = join(dataDir, "changed.jsonl");
    const at = lines.findIndex((line) => line.includes("sale-completed"));
    writeFileSync(file, lines.with(at, (lines[at] ?? "").replace(/(totalFen\\":)\d/u, "$19")).join("\n"));
    const { code, output } = await runTool(["node", "scripts/verify-journal/main.ts", file]);
    expect(code).toBe(1);
    expect(output).toContain(`line ${at + 1}: entry ${at} is not what was sealed`);
  });

  it("is refused in words where there is nothing to check", async () => {
    const missing = await runTool(["node", "scripts/verify-journal/main.ts", join(dataDir, "nothing.jsonl")]);
    expect(missing).toEqual({ code: 2, output: `there is no file ${join(dataDir, "nothing.jsonl")}\n` });
    const badKey = await runTool(["node", "scripts/verify-journal/main.ts", join(dataDir, "sales.db"), "--key", "abc"]);
    expect(badKey.code).toBe(2);
    const noTill = await runTool(["node", "scripts/export-journal/main.ts", "--data-dir", tmpdir()]);
    expect(noTill.code).toBe(2);
    expect(noTill.output).toContain("give the till's data directory");
    expect(readFileSync(join(dataDir, "sales.db")).length).toBeGreaterThan(0);
  });
});

/** One piece that is brought back, for one other. */
async function exchangeLoosely(bench: TillBench, back: string, wanted: string): Promise<void> {
  const [sku, amountFen] = back === chips ? ["chips", 1_000] : ["cola", 350];
  const line = { sku, quantity: 1_000, unitPriceFen: amountFen, condition: "back-to-stock" as const };
  await bench.must("begin-loose-exchange", {
    ...{ requestId: `swap-${sku}`, lines: [line], amountFen, reason: "换货", member: "" },
    approvalPin: people.manager.pin,
  });
  await bench.scan(wanted);
}

function sell(index: number): void {
  const saleId = `sale-${index}`;
  const sample = sampleSale({ saleId, saleNumber: "T01-000001", lineCount: 1 + (index % 4) });
  const tenders = [cashFor(saleId, sample.totalFen)];
  store.commitSale(
    saleId,
    (saleNumber) => ({ ...sample, saleNumber, tenders, totalFen: fen(sample.totalFen) }),
    null,
    sampleReceipt,
  );
}

function jsonOf(line: string | undefined): Record<string, unknown> {
  return JSON.parse(line ?? "null") as Record<string, unknown>;
}
