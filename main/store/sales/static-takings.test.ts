import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { openConnection } from "../connection.ts";
import { migrate } from "../migrate.ts";
import { type OpenSalesStore, openSalesStore, salesFile, salesMigrations } from "./open-sales-store.ts";

const nowMs = Date.UTC(2026, 2, 2, 2);
const handled = { at: "2026-03-02T21:00:00+08:00", by: "m1" };
const number = "4200002026030212345678901234";

let directory: string;
let store: OpenSalesStore;
let ids = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "takings-"));
  store = open("sales.db");
  store.openShift(sampleShift);
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

function open(name: string): OpenSalesStore {
  const newId = (): string => `id-${(ids += 1)}`;
  const path = join(directory, name);
  const opened = openSalesStore({ path, terminalId: sampleTerminalId, now: () => nowMs, newId });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

const priceOf = (saleId: string, lineCount = 3): number => priceCart(sampleCart(saleId, lineCount)).totalFen;

function sell(
  saleId: string,
  tenders: readonly Tender[],
  more: { lineCount?: number; businessDate?: string } = {},
): Sale {
  const build = (saleNumber: string): Sale => sampleSale({ saleId, saleNumber, lineCount: 3, ...more, tenders });
  return store.commitSale(saleId, build, null, sampleReceipt).sale;
}

function taking(saleId: string, amountFen: number): Tender {
  return { kind: "static-code", tenderId: `${saleId}-code`, amountFen: fen(amountFen), approvedBy: null };
}

/** A sale paid with WeChat Pay under this transaction number. */
function sellByWechat(saleId: string, transactionId: string): Sale {
  const amountFen = fen(priceOf(saleId));
  const outTradeNo = `OTN-${saleId}`;
  const attempt = newAttempt({ kind: "codepay", outTradeNo, saleId, tenderId: `${saleId}-wx`, amountFen, nowMs });
  store.createAttempt(attempt);
  const paid = { transactionId, payerTotalFen: amountFen, successTime: handled.at };
  const tender: Tender = {
    ...{ kind: "wechat", tenderId: attempt.tenderId, amountFen, method: "codepay", outTradeNo },
    ...{ transactionId, payerTotalFen: amountFen },
  };
  const build = (saleNumber: string): Sale => sampleSale({ saleId, saleNumber, lineCount: 3, tenders: [tender] });
  return store.commitSale(saleId, build, { ...attempt, state: "paid", paid }, sampleReceipt).sale;
}

function cashRefund({ saleId, saleNumber }: Sale, tenderId: string, amountFen: number): SaleRefund {
  return {
    ...{ refundNo: `${saleNumber}R1`, requestId: `r ${saleId}`, kind: "cash", saleId, saleNumber, tenderId },
    ...{ amountFen: fen(amountFen), reason: "", cashierId: "c1", cashierName: "王芳", approvedBy: "m1" },
    ...{ requestedAt: handled.at, requestedAtMs: nowMs, state: "succeeded", gateway: null, handled: null },
    given: { at: handled.at, businessDate: "2026-03-02" },
  };
}

function journaled(kind: string): readonly { readonly v: number; readonly body: unknown }[] {
  const db = new Database(join(directory, "sales.db"), { readonly: true });
  try {
    const rows = db
      .prepare<[string], { v: number; body: Uint8Array }>("SELECT v, body FROM journal WHERE kind = ? ORDER BY seq")
      .all(kind);
    return rows.map(({ v, body }) => ({ v, body: JSON.parse(Buffer.from(body).toString()) as unknown }));
  } finally {
    db.close();
  }
}

describe("a taking by the shop's printed code", () => {
  it("is counted apart, open from its sale on, and its sale alone is written in the second version", () => {
    sell("s1", [cashFor("s1", priceOf("s1"))]);
    const sale = sell("s2", [cashFor("s2", 100), taking("s2", priceOf("s2") - 100)]);
    const taken = priceOf("s2") - 100;
    const sums = { saleCount: 2, cashFen: priceOf("s1") + 100, wechatFen: 0, staticCodeFen: taken };
    expect(store.dayTotals("2026-03-02")).toMatchObject(sums);
    // Nothing of it is in the drawer.
    const expectedCashFen = sampleShift.floatFen + priceOf("s1") + 100;
    expect(store.shiftTotals("shift-1")).toMatchObject({ ...sums, expectedCashFen });
    expect(store.staticTakings(10)).toEqual([
      {
        ...{ tenderId: "s2-code", saleId: "s2", saleNumber: sale.saleNumber, takenAt: sale.completedAt },
        ...{ cashierName: sale.cashierName, amountFen: taken, state: "open" },
        ...{ transactionId: null, reason: null, handled: null },
      },
    ]);
    expect(store.openStaticTakings()).toEqual({ count: 1, fen: taken });
    expect(store.lastSales(1)).toMatchObject([{ tenderKinds: ["cash", "static-code"] }]);
    expect(journaled("sale-completed").map(({ v }) => v)).toEqual([1, 2]);
    expect(journaled("sale-completed")[1]?.body).toEqual(sale);
    expect(store.sale("s2")?.sale).toEqual(sale);
  });

  it("is matched once, with a journal entry, and its sale is found by that number", () => {
    const sale = sell("s1", [taking("s1", priceOf("s1"))]);
    const matched = store.endStaticTaking("s1-code", { kind: "matched", transactionId: number }, handled);
    expect(matched).toMatchObject({ state: "matched", transactionId: number, reason: null, handled });
    expect(store.openStaticTakings()).toEqual({ count: 0, fen: 0 });
    expect(store.saleByTransaction(number)?.sale).toEqual(sale);
    const { saleId, saleNumber, totalFen: amountFen } = sale;
    expect(journaled("static-code-matched")).toEqual([
      { v: 1, body: { tenderId: "s1-code", saleId, saleNumber, amountFen, transactionId: number, ...handled } },
    ]);
    expect(() => store.endStaticTaking("s1-code", { kind: "never-received", reason: "no" }, handled)).toThrow("open");
    // What was taken stays what was taken, whatever is known of it later.
    expect(store.dayTotals("2026-03-02")).toMatchObject({ staticCodeFen: amountFen, wechatFen: 0 });
  });

  it("is written off with a reason, and the file itself lets nobody say otherwise afterwards", () => {
    sell("s1", [taking("s1", priceOf("s1"))]);
    const end = { kind: "never-received", reason: "账单里没有" } as const;
    expect(store.endStaticTaking("s1-code", end, handled)).toMatchObject({
      state: "never-received",
      reason: end.reason,
    });
    expect(journaled("static-code-never-received")).toMatchObject([{ body: { reason: end.reason, by: "m1" } }]);
    const db = new Database(join(directory, "sales.db"));
    expect(() => db.exec("UPDATE static_takings SET state = 'open'")).toThrow("said once");
    expect(() => db.exec("DELETE FROM static_takings")).toThrow("never forgotten");
    db.close();
  });

  it("is not matched with the number of another payment, and nothing is journaled then", () => {
    sellByWechat("s1", number);
    sell("s2", [taking("s2", priceOf("s2"))]);
    sell("s3", [taking("s3", priceOf("s3"))]);
    const before = store.journalStatus().lastSeq;
    expect(store.endStaticTaking("s2-code", { kind: "matched", transactionId: number }, handled)).toBeNull();
    expect([store.journalStatus().lastSeq, store.staticTaking("s2-code")?.state]).toEqual([before, "open"]);
    const other = number.replace("1", "9");
    expect(store.endStaticTaking("s2-code", { kind: "matched", transactionId: other }, handled)).not.toBeNull();
    expect(store.endStaticTaking("s3-code", { kind: "matched", transactionId: other }, handled)).toBeNull();
  });

  it("goes back in cash, never beyond what was taken", () => {
    const sale = sell("s1", [taking("s1", priceOf("s1"))]);
    expect(() => store.giveCashRefund(cashRefund(sale, "s1-code", sale.totalFen + 1), () => "[]")).toThrow("beyond");
    store.giveCashRefund(cashRefund(sale, "s1-code", sale.totalFen), () => "[]");
    const sums = { staticCodeFen: sale.totalFen, refundCashFen: sale.totalFen, refundWechatFen: 0 };
    expect(store.shiftTotals("shift-1")).toMatchObject({
      ...sums,
      expectedCashFen: sampleShift.floatFen - sale.totalFen,
    });
  });

  it("sums with cash to the sales of every day and shift, whatever is sold", () => {
    const sold: Sale[] = [];
    const anySale = fc.record({
      lineCount: fc.integer({ min: 1, max: 6 }),
      day: fc.integer({ min: 2, max: 4 }),
      share: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(anySale, ({ lineCount, day, share }) => {
        const saleId = `p${sold.length}`;
        const totalFen = priceOf(saleId, lineCount);
        const codeFen = Math.floor((totalFen * share) / 100);
        const tenders = [
          ...(codeFen > 0 ? [taking(saleId, codeFen)] : []),
          ...(codeFen < totalFen ? [cashFor(saleId, totalFen - codeFen)] : []),
        ];
        sold.push(sell(saleId, tenders, { lineCount, businessDate: `2026-03-0${day}` }));
        const { salesFen, cashFen, wechatFen, staticCodeFen } = store.shiftTotals("shift-1");
        expect(cashFen + wechatFen + staticCodeFen).toBe(salesFen);
      }),
      { numRuns: 50 },
    );
    const coded = (sales: readonly Sale[]): number =>
      sales
        .flatMap(({ tenders }) => tenders)
        .reduce((sum, { kind, amountFen }) => sum + (kind === "static-code" ? amountFen : 0), 0);
    for (const businessDate of ["2026-03-02", "2026-03-03", "2026-03-04"]) {
      const totals = store.dayTotals(businessDate);
      expect(totals.cashFen + totals.staticCodeFen).toBe(totals.salesFen);
      expect(totals.staticCodeFen).toBe(coded(sold.filter((sale) => sale.businessDate === businessDate)));
    }
    expect(store.openStaticTakings().fen).toBe(coded(sold));
    expect(store.verifyWholeChain()).toMatchObject({ ok: true });
  });
});

describe("a file of the sixth version with sales and refunds in it", () => {
  /** The rows of the open file in a file that knows six versions only. */
  function fileOfSix(): string {
    const path = join(directory, "old.db");
    const made = openConnection(path, salesFile);
    if (!made.ok) throw new Error(made.fault.kind);
    const { value: db } = made;
    migrate(db, { path, applicationId: salesFile.applicationId }, salesMigrations.slice(0, 6), () => {});
    db.pragma("foreign_keys = OFF");
    db.prepare("ATTACH ? AS now").run(join(directory, "sales.db"));
    const tables = db.prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all();
    for (const table of tables.filter((name) => name !== "stock_moves")) {
      const columns = db.prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`).all();
      const names = columns.map(({ name }) => name).join(", ");
      db.exec(`INSERT OR REPLACE INTO main.${table} (${names}) SELECT ${names} FROM now.${table}`);
    }
    // They were kept by sale then.
    db.exec(`INSERT INTO main.stock_moves (number, line_number, sku, reason, quantity_milli)
      SELECT number, part, sku, 'sale', quantity_milli FROM now.stock_moves
      JOIN now.sales ON journal_position = position WHERE stock_moves.kind = 'sale'`);
    db.close();
    return path;
  }

  function schemaOf(path: string): readonly unknown[] {
    const db = new Database(path, { readonly: true });
    const rows = db.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
    db.close();
    // A rename writes the name in quotes.
    return rows.map((row) => JSON.stringify(row).replaceAll('\\"', ""));
  }

  it("keeps every row, hash and door, and takes a static code from then on", () => {
    const paid = sellByWechat("s1", number);
    const sale = sell("s2", [cashFor("s2", priceOf("s2"))]);
    store.giveCashRefund(cashRefund(sale, "s2-cash", 100), () => "[]");
    store.sync.keepAgreement(
      store.sync.daySides(9).map((here) => ({ here, there: here })),
      nowMs,
      true,
    );
    const before = {
      status: store.journalStatus(),
      day: store.dayTotals("2026-03-02"),
      shift: store.shiftTotals("shift-1"),
      sales: [store.sale("s1"), store.sale("s2")],
      refunds: store.refundsOfSale("s2"),
      compared: store.sync.comparedDays(9),
    };
    const path = fileOfSix();
    const old = new Database(path);
    // As the sixth version compared them.
    old.exec(
      "UPDATE agreement_days SET here = json_remove(here, '$.staticCodeFen'), there = json_remove(there, '$.staticCodeFen')",
    );
    expect(() => old.exec("UPDATE tenders SET kind = 'static-code', received_fen = NULL, change_fen = NULL")).toThrow(
      "CHECK",
    );
    old.close();

    store.close();
    const newest = schemaOf(join(directory, "sales.db"));
    store = open("old.db");
    expect({
      status: store.journalStatus(),
      day: store.dayTotals("2026-03-02"),
      shift: store.shiftTotals("shift-1"),
      sales: [store.sale("s1"), store.sale("s2")],
      refunds: store.refundsOfSale("s2"),
      compared: store.sync.comparedDays(9),
    }).toEqual(before);
    expect(store.verifyWholeChain()).toMatchObject({ ok: true });
    expect(store.saleByTransaction(number)?.sale).toEqual(paid);
    expect(schemaOf(path)).toEqual(newest);
    const db = new Database(path, { readonly: true });
    expect([db.pragma("foreign_key_check"), db.pragma("integrity_check", { simple: true })]).toEqual([[], "ok"]);
    db.close();
    const beyond = { ...cashRefund(sale, "s2-cash", sale.totalFen - 99), refundNo: "R2", requestId: "r2" };
    expect(() => store.giveCashRefund(beyond, () => "[]")).toThrow("beyond");
    sell("s3", [taking("s3", priceOf("s3"))]);
    expect(store.dayTotals("2026-03-02").staticCodeFen).toBe(priceOf("s3"));
  });
});
