import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Databases, engines, openDatabases } from "#tests/support/office-bench.ts";
import { migrate } from "../migrate.ts";
import { openPostgres } from "../postgres.ts";
import { openSqlite } from "../sqlite.ts";
import { officeMigrations } from "./office-migrations.ts";

const line = {
  ...{
    store_code: "BJ01",
    terminal_id: "T01",
    sale_id: "s1",
    line_number: 1,
    sku: null,
    name_zh: "可乐",
    name_en: "Cola",
  },
  ...{ category_id: "drinks", unit: "piece", unit_price_fen: 350, quantity_milli: 2_000, gross_fen: 700 },
  ...{ discount_fen: 50, net_fen: 650 },
};
const tender = {
  ...{ store_code: "BJ01", terminal_id: "T01", sale_id: "s1", tender_id: "t1", kind: "static-code", amount_fen: 650 },
  ...{ received_fen: null, change_fen: null, out_trade_no: null, transaction_id: null, taking: "open" },
};

describe.each(engines)("a head office on %s from before lines lay by their key", (engine) => {
  let databases: Databases;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());

  it("keeps every value of its lines and tenders, and finds what is unverified by its index", async () => {
    const choice = await databases.create();
    const opened = choice.kind === "sqlite" ? openSqlite(choice.path) : await openPostgres(choice.url);
    if (!opened.ok) throw new Error(opened.fault.kind);
    const sql = opened.value;
    expect(await migrate(sql, "here", officeMigrations.slice(0, 10))).toEqual({ ok: true, value: 10 });
    const rows = [
      ["sale_lines", line],
      ["sale_lines", { ...line, line_number: 2, sku: "cola" }],
      ["tenders", tender],
    ] as const;
    await sql.transaction(async (tx) => {
      for (const [table, row] of rows) await tx.insert({ table, columns: Object.keys(row) }, [Object.values(row)]);
    });
    expect(await migrate(sql, "here", officeMigrations)).toEqual({ ok: true, value: officeMigrations.length });
    expect(await sql.rows("SELECT * FROM sale_lines ORDER BY line_number")).toEqual([rows[0][1], rows[1][1]]);
    expect(await sql.rows("SELECT * FROM tenders")).toEqual([tender]);
    const again = sql.transaction((tx) =>
      tx.insert({ table: "tenders", columns: Object.keys(tender) }, [Object.values(tender)]),
    );
    await expect(again).rejects.toThrow(/unique/i);
    if (engine === "sqlite") {
      const plan = await sql.rows<{ detail: string }>(
        "EXPLAIN QUERY PLAN SELECT tender_id FROM tenders WHERE store_code = 'BJ01' AND terminal_id = 'T01' AND taking = 'open'",
      );
      expect(plan.map(({ detail }) => detail).join()).toContain("tenders_unverified");
    }
    await sql.close();
  });
});
