import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Databases,
  engines,
  openDatabases,
  type OfficeBench,
  openOfficeBench,
} from "#tests/support/office-bench.ts";
import { openDay, saleByCode, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import { listReviews } from "../admin/reviews.ts";
import { rebuildProjections } from "./rebuild.ts";

const keys: Readonly<Record<string, string>> = {
  sales: "terminal_id, sale_id",
  sale_lines: "terminal_id, sale_id, line_number",
  tenders: "terminal_id, sale_id, tender_id",
  refunds: "terminal_id, refund_no",
  shifts: "terminal_id, shift_id",
  day_totals: "terminal_id, business_date",
  review_items: "terminal_id, epoch, seq, reason",
  returned_lines: "terminal_id, return_id, line_number",
};

async function everything({ office }: OfficeBench): Promise<Readonly<Record<string, readonly object[]>>> {
  const tables: Record<string, readonly object[]> = {};
  for (const [table, key] of Object.entries(keys)) {
    tables[table] = await office.sql.rows(`SELECT * FROM ${table} ORDER BY ${key}`);
  }
  return tables;
}

const refund = (refundNo: string, more: object) => ({
  ...{ refundNo, requestId: refundNo, kind: "cash", saleId: "sale-T01-1", saleNumber: "T01-000001", tenderId: "t" },
  ...{
    amountFen: 300,
    reason: "",
    cashierId: "c1",
    cashierName: "王芳",
    approvedBy: "m1",
    handled: null,
    gateway: null,
  },
  ...{ requestedAt: "2026-03-03T09:00:00+08:00", requestedAtMs: 1, state: "succeeded" },
  given: { at: "2026-03-03T09:00:00+08:00", businessDate: "2026-03-03" },
  ...more,
});

const looseReturn = (returnId: string) => ({
  ...{ returnId, returnNumber: "T01-R000001", terminalId: "T01", shiftId: "shift-1", amountFen: 450 },
  lines: [1, 2].map((lineNumber) => ({
    ...{ lineNumber, sku: `sku-${lineNumber}`, quantity: 1_000, worthFen: 150 * lineNumber },
    condition: "back-to-stock",
  })),
  ...{ reason: "无小票", cashierId: "c1", cashierName: "王芳", approvedBy: "m1" },
  ...{ at: "2026-03-03T10:00:00+08:00", businessDate: "2026-03-03" },
});

/** Two days with all that is built from entries, and with a past that does not fit. */
function live(till: OfficeTill): void {
  openDay(till);
  sell(till, 30);
  till.append("refund-settled", refund("R1", {}));
  till.append("refund-settled", refund("R1", {}));
  till.append("refund-created", refund("R2", { kind: "wechat", state: "requested", given: null }));
  till.append("refund-settled", refund("R2", { kind: "wechat", state: "refused", given: null }));
  till.append("refund-retried", refund("R2", { kind: "wechat", state: "sent", given: null }));
  till.append("refund-settled", refund("R2", { kind: "wechat" }));
  till.append("refund-created", refund("R2", { kind: "wechat", state: "requested", given: null }));
  till.append("refund-settled", refund("R3", { kind: "charge" }));
  till.append("return-without-receipt", looseReturn("L1"));
  till.append("return-without-receipt", looseReturn("L1"));
  const exchange = { saleId: "s", saleNumber: "T01-000001", creditFen: 300, backCashFen: 150 };
  till.append("return-without-receipt", { ...looseReturn("L2"), exchange });
  till.append("shift-closed", {
    ...{ shiftId: "shift-1", closedAt: "2026-03-02T22:00:00+08:00", closedBy: "c1", totals: {} },
    ...{ countedCashFen: 100, differenceFen: -5 },
  });
  till.append("shift-closed", {
    shiftId: "nobody's",
    closedAt: "2026-03-02T22:00:00+08:00",
    closedBy: "c1",
    countedCashFen: 1,
    differenceFen: 0,
  });
  sell(till, 20, { businessDate: "2026-03-03" });
  const coded = saleByCode(till, { businessDate: "2026-03-03" });
  till.append("sale-completed", coded, { v: 2 });
  const { saleId } = coded;
  const tenderId = `${saleId}-code`;
  till.append("static-code-matched", { tenderId, saleId, transactionId: "4200001" });
  till.append("static-code-never-received", { tenderId, saleId, reason: "too late" });
  till.append("unheard-of", {});
  const [again] = till.entries.filter(({ kind }) => kind === "sale-completed");
  till.openEpoch("epoch-2");
  till.append("epoch-opened", { previous: null });
  till.append("sale-completed", again?.body ?? "");
  sell(till, 2);
}

describe.each(engines)("what is built from journals, with %s", (engine) => {
  let databases: Databases;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());

  it("is the same row for row when it is built again, however the uploads were cut", async () => {
    const built: Readonly<Record<string, readonly object[]>>[] = [];
    for (const size of [100, 9]) {
      const bench = await openOfficeBench(await databases.create());
      const tills = [await bench.enrolledTill("T01"), await bench.enrolledTill("T02")];
      for (const till of tills) {
        live(till);
        for (const epoch of ["epoch-1", "epoch-2"]) {
          const entries = till.entries.filter((entry) => entry.epoch === epoch);
          for (let from = 0; from < entries.length; from += size) {
            expect((await till.upload(entries.slice(from, from + size))).status).toBe(200);
          }
        }
      }
      const before = await everything(bench);
      expect(before["sales"]).toHaveLength(106);
      expect(await rebuildProjections(bench.office)).toBe(tills.reduce((sum, { entries }) => sum + entries.length, 0));
      expect(await everything(bench)).toEqual(before);
      built.push(before);
      await bench.close();
    }
    expect(built[1]).toEqual(built[0]);
  });

  it("adds up to the fen, day by day, and both sides can see that they agree", async () => {
    const bench = await openOfficeBench(await databases.create());
    const till = await bench.enrolledTill();
    live(till);
    for (const epoch of ["epoch-1", "epoch-2"])
      await till.upload(till.entries.filter((entry) => entry.epoch === epoch));
    const sold = till.entries.filter(
      ({ kind, epoch, seq }) => kind === "sale-completed" && !(epoch === "epoch-2" && seq === 2),
    );
    const day = (businessDate: string, refundFen: number, refundCount: number) => {
      const sales = sold.filter(({ body }) => JSON.parse(body).businessDate === businessDate);
      const salesFen = sales.reduce((sum, { body }) => sum + JSON.parse(body).totalFen, 0);
      const staticCodeFen = sales.reduce((sum, { v, body }) => sum + (v === 2 ? JSON.parse(body).totalFen : 0), 0);
      return {
        ...{ businessDate, saleCount: sales.length, salesFen, cashFen: salesFen - staticCodeFen, wechatFen: 0 },
        // A day without such a taking is told as it was before there were any.
        ...(staticCodeFen > 0 ? { staticCodeFen } : {}),
        ...{ refundCount, refundFen },
        lastSaleHash: sales.at(-1)?.hash ?? "0".repeat(64),
      };
    };
    const days = [day("2026-03-02", 0, 0), day("2026-03-03", 1_500, 4), day("2026-03-04", 0, 0)];
    const body = Buffer.from(JSON.stringify({ days }));
    const answer = await till.request("POST", `/v1/terminals/${till.key}/agreement`, body);
    expect([answer.status, answer.json]).toEqual([200, { days }]);
    const { comparedDays } = await import("../journal/agreement.ts");
    const compared = await comparedDays(bench.office.sql, "BJ01", ["2026-03-01", "2026-03-31"]);
    expect(compared.map(({ terminalId, till: told, isAgreed }) => [terminalId, told?.businessDate, isAgreed])).toEqual([
      ["T01", "2026-03-02", true],
      ["T01", "2026-03-03", true],
      ["T01", "2026-03-04", true],
    ]);
    // The control: money that a till counts as cash and head office as taken by code is no agreement.
    const asCash = days.map(({ staticCodeFen = 0, ...side }) => ({ ...side, cashFen: side.cashFen + staticCodeFen }));
    await till.request("POST", `/v1/terminals/${till.key}/agreement`, Buffer.from(JSON.stringify({ days: asCash })));
    const mixedUp = await comparedDays(bench.office.sql, "BJ01", ["2026-03-02", "2026-03-04"]);
    expect(mixedUp.map(({ isAgreed }) => isAgreed)).toEqual([true, false, true]);
    const less = Buffer.from(
      JSON.stringify({ days: days.map((side) => ({ ...side, saleCount: side.saleCount + 1 })) }),
    );
    expect((await till.request("POST", `/v1/terminals/${till.key}/agreement`, less)).json).toEqual({ days });
    const after = await comparedDays(bench.office.sql, "BJ01", ["2026-03-02", "2026-03-02"]);
    expect(after.map(({ isAgreed }) => isAgreed)).toEqual([false]);
    await bench.close();
  });

  it("reads a sale in the version it was written in: a static code in the first is for a person to look at", async () => {
    const bench = await openOfficeBench(await databases.create());
    const till = await bench.enrolledTill();
    openDay(till);
    const sale = saleByCode(till);
    for (const v of [1, 5, 2]) till.append("sale-completed", sale, { v });
    expect((await till.upload(till.entries)).status).toBe(200);
    const { tenders, review_items: reviews, day_totals: days } = await everything(bench);
    const { totalFen } = sale;
    expect(tenders).toMatchObject([
      { kind: "static-code", amount_fen: totalFen, received_fen: null, out_trade_no: null },
    ]);
    expect(days).toMatchObject([{ sale_count: 1, static_code_fen: totalFen, cash_fen: 0, wechat_fen: 0 }]);
    expect(reviews).toMatchObject([
      { reason: "unreadable-body", detail: "tenders.0.kind" },
      { reason: "unknown-version", detail: "sale-completed v5" },
    ]);
    await bench.close();
  });

  it("knows of each payment to the printed code whether anybody has verified it, by the till's first word", async () => {
    const bench = await openOfficeBench(await databases.create());
    const till = await bench.enrolledTill();
    openDay(till);
    const sales = [0, 1, 2].map(() => {
      const sale = saleByCode(till);
      till.append("sale-completed", sale, { v: 2 });
      return { saleId: sale.saleId, tenderId: sale.tenders[0]?.tenderId, amountFen: sale.totalFen };
    });
    const [found, lost, open] = sales;
    till.append("static-code-matched", { ...found, transactionId: "4200001" });
    till.append("static-code-never-received", { ...lost, reason: "账单里没有" });
    till.append("static-code-matched", { ...lost, transactionId: "4200002" });
    till.append("static-code-matched", { ...found, tenderId: "nobody's", transactionId: "4200003" });
    expect((await till.upload(till.entries)).status).toBe(200);
    const before = await everything(bench);
    expect(before["tenders"]).toMatchObject([
      { taking: "matched", transaction_id: "4200001" },
      { taking: "never-received", transaction_id: null },
      { taking: "open", transaction_id: null },
    ]);
    expect(before["review_items"]).toMatchObject([
      { reason: "taking-unknown", detail: lost?.tenderId },
      { reason: "taking-unknown", detail: "nobody's" },
    ]);
    const { takings } = await listReviews(bench.office.sql, { open: "yes", limit: 10 });
    expect(takings).toEqual([{ storeCode: "BJ01", terminalId: "T01", count: 1, amountFen: open?.amountFen }]);
    await rebuildProjections(bench.office);
    expect(await everything(bench)).toEqual(before);
    await bench.close();
  });

  it("leaves what a person has settled as it was", async () => {
    const bench = await openOfficeBench(await databases.create());
    const till = await bench.enrolledTill();
    openDay(till);
    till.append("unheard-of", {});
    await till.upload(till.entries);
    await bench.office.sql.transaction((tx) => tx.run("UPDATE review_items SET settled_ms = 5, settled_by = 'li'"));
    const before = await everything(bench);
    await rebuildProjections(bench.office);
    expect(await everything(bench)).toEqual(before);
    expect(before["review_items"]).toMatchObject([{ settled_by: "li", reason: "unknown-kind" }]);
    await bench.close();
  });
});
