import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleCart, sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { Refund } from "#core/refund/refund.ts";
import { newRefund } from "#core/refund/step-refund.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { openConnection } from "../connection.ts";
import { migrate } from "../migrate.ts";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { refundTables } from "./migrations/0002-refunds.ts";
import { type OpenSalesStore, openSalesStore, salesFile } from "./open-sales-store.ts";

const nowMs = Date.UTC(2026, 2, 2, 2);
const given = { at: "2026-03-02T10:00:00+08:00", businessDate: "2026-03-02" };

let directory: string;
let store: OpenSalesStore;
let ids = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "refunds-"));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

function open(): OpenSalesStore {
  const path = join(directory, "sales.db");
  const newId = (): string => `id-${(ids += 1)}`;
  const opened = openSalesStore({ path, terminalId: sampleTerminalId, now: () => nowMs, newId });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

/** A sale in an open shift, paid with WeChat Pay. */
function sold(): Sale {
  store.openShift(sampleShift);
  const amountFen = priceCart(sampleCart("s1", 3)).totalFen;
  const attempt = newAttempt({
    ...{ kind: "codepay", outTradeNo: "OTN000001", saleId: "s1", tenderId: "t1", amountFen, nowMs },
  });
  store.createAttempt(attempt);
  const facts = { transactionId: "4200001", payerTotalFen: amountFen, successTime: given.at };
  const tender: Tender = {
    kind: "wechat",
    method: "codepay",
    ...{ tenderId: "t1", amountFen, outTradeNo: "OTN000001" },
    ...{ transactionId: facts.transactionId, payerTotalFen: amountFen },
  };
  const build = (saleNumber: string): Sale => sampleSale({ saleId: "s1", saleNumber, lineCount: 3, tenders: [tender] });
  return store.commitSale("s1", build, { ...attempt, state: "paid", paid: facts }, sampleReceipt).sale;
}

function refundOf(sale: Sale, refundNo: string, amountFen: number): SaleRefund & { readonly gateway: Refund } {
  const { saleId, saleNumber, totalFen } = sale;
  const money = { saleId, tenderId: "t1", amountFen: fen(amountFen), reason: "" } as const;
  return {
    ...{ refundNo, requestId: `asked ${refundNo}`, kind: "wechat", saleNumber, ...money },
    ...{ cashierId: "c1", cashierName: "王芳", approvedBy: "m1", requestedAt: given.at, requestedAtMs: nowMs },
    ...{ state: "requested", given: null, handled: null },
    gateway: newRefund({
      ...{ outRefundNo: refundNo, outTradeNo: "OTN000001", transactionId: "4200001", totalFen, nowMs, ...money },
    }),
  };
}

const receipt = (refund: SaleRefund, hash: string): string => JSON.stringify([refund.refundNo, hash]);
const read = <T>(sql: string): T[] => {
  const db = new Database(join(directory, "sales.db"), { readonly: true });
  try {
    return db.prepare<[], T>(sql).all();
  } finally {
    db.close();
  }
};

describe("a refund in the store", () => {
  it("is found unfinished after a power cut, and its end is booked once however often it is told", () => {
    const refund = refundOf(sold(), "R1", 100);
    store.createRefund(refund);
    store.saveRefund({ ...refund.gateway, state: "sent", sendTries: 1 });
    store.close();
    store = open();
    expect(store.unfinishedRefunds()).toMatchObject([{ refundNo: "R1", state: "sent", gateway: { sendTries: 1 } }]);
    const end = { ...refund.gateway, state: "succeeded" } as const;
    const first = store.settleRefund(end, given, receipt);
    expect(store.settleRefund(end, { ...given, businessDate: "2026-03-03" }, receipt)).toEqual(first);
    expect(first).toMatchObject({ state: "succeeded", given });
    expect(store.unfinishedRefunds()).toEqual([]);
    expect(store.shiftTotals(sampleShift.shiftId)).toMatchObject({ refundCount: 1, refundWechatFen: 100 });
    expect(store.dayTotals("2026-03-02")).toMatchObject({ refundCount: 1, refundWechatFen: 100, refundCashFen: 0 });
    expect(store.unfinishedPrintJobs().filter(({ kind }) => kind === "refund")).toHaveLength(1);
    expect(read("SELECT kind FROM journal WHERE kind LIKE 'refund%' ORDER BY seq")).toEqual([
      { kind: "refund-created" },
      { kind: "refund-settled" },
    ]);
    expect(store.verifyWholeChain().ok).toBe(true);
    // The control: an end is for ever.
    expect(() => store.saveRefund({ ...refund.gateway, state: "processing" })).toThrow("for ever");
  });

  it("given back days later, with no shift open, counts in the day alone", () => {
    const refund = refundOf(sold(), "R1", 100);
    store.createRefund(refund);
    const totals = store.shiftTotals(sampleShift.shiftId);
    store.closeShift({
      ...{ shiftId: sampleShift.shiftId, closedAt: given.at, closedBy: "c1", totals },
      ...{ countedCashFen: totals.expectedCashFen, differenceFen: fen(0) },
    });
    store.settleRefund({ ...refund.gateway, state: "succeeded" }, { ...given, businessDate: "2026-03-05" }, receipt);
    expect(store.dayTotals("2026-03-05")).toMatchObject({ saleCount: 0, salesFen: 0, refundWechatFen: 100 });
    expect(store.shiftTotals(sampleShift.shiftId)).toEqual(totals);
  });

  it("never goes beyond what was paid, whatever asks for it, and leaves nothing behind", () => {
    const sale = sold();
    store.createRefund(refundOf(sale, "R1", sale.totalFen - 50));
    expect(() => store.createRefund(refundOf(sale, "R2", 51))).toThrow("beyond what was paid");
    expect(store.refundsOfSale("s1")).toHaveLength(1);
    expect(() => store.createRefund(refundOf(sale, "R1", 10))).toThrow("UNIQUE"); // a number is used once
    store.createRefund(refundOf(sale, "R2", 50));
  });

  it("that was refused frees its money, and is sent again only while that is still there", () => {
    const sale = sold();
    const first = refundOf(sale, "R1", sale.totalFen);
    store.createRefund(first);
    store.settleRefund({ ...first.gateway, state: "refused" }, given, receipt);
    expect(store.dayTotals("2026-03-02")).toMatchObject({ refundCount: 0 });
    store.createRefund(refundOf(sale, "R2", 1));
    expect(() => store.saveRefund({ ...first.gateway, state: "sent" })).toThrow("beyond what was paid");
    expect(store.refund("R1")).toMatchObject({ state: "refused", given: null });
  });

  it("keeps its payment and its amount through every step", () => {
    const refund = refundOf(sold(), "R1", 100);
    store.createRefund(refund);
    expect(() => store.saveRefund({ ...refund.gateway, amountFen: fen(101), state: "sent" })).toThrow("its amount");
    expect(() => store.saveRefund({ ...refund.gateway, outRefundNo: "R9", state: "sent" })).toThrow("created first");
  });
});

describe("a payment that no sale books", () => {
  const attemptOf = (outTradeNo: string, tenderId: string) =>
    newAttempt({ kind: "codepay", outTradeNo, saleId: "s2", tenderId, amountFen: fen(900), nowMs });
  const chargeRefund = (outTradeNo: string, tenderId: string, refundNo: string, amountFen = 900) => {
    const refund = refundOf({ saleId: "s2", saleNumber: "", totalFen: fen(900) } as Sale, refundNo, amountFen);
    const gateway = { ...refund.gateway, outTradeNo, tenderId };
    return { ...refund, kind: "charge", tenderId, gateway } as const;
  };

  it("goes back whole, once, and only where its attempt took nothing; and is never booked afterwards", () => {
    sold();
    const failed = attemptOf("OTN2", "t2");
    store.createAttempt(failed);
    store.settleAttempt({ ...failed, state: "failed" }, null);
    expect(() => store.createRefund(chargeRefund("OTN000001", "t1", "X1"))).toThrow("without a sale");
    expect(() => store.createRefund(chargeRefund("OTN2", "t2", "X2", 899))).toThrow("without a sale");
    const refund = chargeRefund("OTN2", "t2", "OTN2R1");
    store.createRefund(refund);
    expect(() => store.createRefund(chargeRefund("OTN2", "t2", "OTN2R2"))).toThrow("UNIQUE");
    expect(store.refundsOfSale("s2")).toEqual([]);
    expect(store.refundsOfCharge("OTN2")).toEqual([refund]);
    store.settleRefund({ ...refund.gateway, state: "refused" }, given, receipt);
    store.createRefund(chargeRefund("OTN2", "t2", "OTN2R2"));
    expect(() => store.saveRefund({ ...refund.gateway, state: "sent" })).toThrow("UNIQUE");

    const open = attemptOf("OTN3", "t3");
    store.createAttempt(open);
    store.createRefund(chargeRefund("OTN3", "t3", "OTN3R1"));
    const paid = { transactionId: "4200002", payerTotalFen: fen(900), successTime: given.at };
    expect(() => store.settleAttempt({ ...open, state: "paid", paid }, null)).toThrow("given back");
  });
});

it("a file of the second version keeps its refunds, their doors and their numbers", () => {
  const path = join(directory, "old.db");
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  const { applicationId } = salesFile;
  migrate(connection.value, { path, applicationId }, [firstTables, refundTables], () => {});
  const body = JSON.stringify({ refundNo: "R1", saleId: "s1", kind: "cash", state: "succeeded", gateway: null });
  connection.value.exec(`
    INSERT INTO meta (id, terminal_id, epoch, next_sale_number) VALUES (1, '${sampleTerminalId}', 'e1', 2);
    INSERT INTO shifts VALUES ('sh', '${given.at}', 'c1', '王芳', '2026-03-02', 0, NULL, NULL, NULL, NULL);
    INSERT INTO journal VALUES (9, 1, 'e0', 'sale-completed', 1, '', 0, x'7b7d', zeroblob(32), zeroblob(32));
    INSERT INTO sales VALUES (1, 's1', 'T-1', 'sh', 'c1', '王芳', '', '2026-03-02', 1, 500, 0, 500, 0, 9, 'p1');
    INSERT INTO tenders VALUES (1, 't1', 'cash', 500, 500, 0, NULL, NULL);
    INSERT INTO refunds VALUES (3, 'R1', 's1', 't1', 'cash', 'succeeded', 300, 5, '${body}');`);
  connection.value.close();
  const opened = openSalesStore({ path, terminalId: sampleTerminalId, now: () => nowMs, newId: () => "id" });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  expect(opened.value.refundsOfSale("s1")).toMatchObject([{ refundNo: "R1" }]);
  opened.value.close();
  const db = new Database(path);
  const insert =
    db.prepare(`INSERT INTO refunds (refund_no, sale_id, tender_id, kind, state, amount_fen, requested_at_ms, body)
    VALUES (?, 's1', 't1', 'cash', 'succeeded', ?, 5, '{}')`);
  expect(() => insert.run("R2", 201)).toThrow("beyond what was paid");
  insert.run("R2", 200);
  expect(() => db.exec("DELETE FROM refunds")).toThrow("for ever");
  db.close();
});

it("a file of the first version keeps its papers and totals when refunds come to it", () => {
  const path = join(directory, "old.db");
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  migrate(connection.value, { path, applicationId: salesFile.applicationId }, [firstTables], () => {});
  connection.value.exec(`
    INSERT INTO meta (id, terminal_id, epoch) VALUES (1, '${sampleTerminalId}', 'e1');
    INSERT INTO day_totals VALUES ('2026-03-01', 1, 500, 500, 0, 0);
    INSERT INTO print_jobs VALUES (7, 'job-1', NULL, 'shift-close', 'unknown', 5, '[]');`);
  connection.value.close();
  const opened = openSalesStore({ path, terminalId: sampleTerminalId, now: () => nowMs, newId: () => "id" });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  expect(opened.value.dayTotals("2026-03-01")).toMatchObject({ salesFen: 500, refundCount: 0, refundCashFen: 0 });
  expect(opened.value.unfinishedPrintJobs()).toMatchObject([{ jobId: "job-1", kind: "shift-close", state: "unknown" }]);
  opened.value.close();
});
