import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import { type Databases, engines, openDatabases } from "#tests/support/office-bench.ts";
import { pick, seededRandom } from "#tests/support/random.ts";
import { openStore } from "../store/open-store.ts";
import type { Sql } from "../store/sql.ts";
import { readDays, readDifferences } from "./both-sides.ts";
import { agreementOf } from "./compare-days.ts";

const columns = [
  ...["store_code", "terminal_id", "business_date", "sale_count", "sales_fen", "cash_fen", "wechat_fen"],
  ...["static_code_fen", "refund_count", "refund_fen", "last_sale_hash"],
];
const tillCount = 40;
const dayCount = 12;

describe.each(engines)("the days of many tills on both sides, with %s", (engine) => {
  let databases: Databases;
  let sql: Sql;
  const tills = Array.from({ length: tillCount }, (_, index) => ({
    store_code: index % 2 === 0 ? "AA" : "BB",
    terminal_id: `T${String(index).padStart(2, "0")}`,
  }));

  beforeAll(async () => {
    databases = await openDatabases(engine);
    const store = await openStore(await databases.create());
    assert(store.ok, "a database that can be opened");
    sql = store.value;
    const random = seededRandom(7);
    const office: (string | number)[][] = [];
    const told: (string | number)[][] = [];
    for (const { store_code, terminal_id } of tills) {
      for (let day = 1; day <= dayCount; day += 1) {
        const date = `2026-03-${String(day).padStart(2, "0")}`;
        const row = [store_code, terminal_id, date, 3, 900, 500, 300, 100, 1, 50, "a".repeat(64)];
        // Of ten days one is missing here, one there, and one differs in one fact.
        const chance = pick(random, 10);
        if (chance !== 0) office.push([...row, 1, 5, 0]);
        const place = 3 + pick(random, 8);
        const other = row.map((value, at) => (chance === 2 && at === place ? (at === 10 ? "b".repeat(64) : 7) : value));
        if (chance !== 1) told.push([...other, 1_000 + pick(random, 100)]);
      }
      // A till of whose days nothing was told.
      if (terminal_id === "T07") told.splice(told.findIndex((row) => row[1] === "T07"));
    }
    await sql.transaction(async (tx) => {
      const ours = [...columns, "last_sale_ordinal", "last_sale_seq", "discount_fen"];
      await tx.insert({ table: "day_totals", columns: ours }, office);
      await tx.insert({ table: "till_days", columns: [...columns, "told_ms"] }, told);
    });
  });
  afterAll(async () => {
    await sql.close();
    await databases.close();
  });

  it("are judged from the differences alone as they are from all of them", async () => {
    const sidesOf = await readDifferences(sql, "");
    let differing = 0;
    for (const till of tills) {
      const all = agreementOf(await readDays(sql, till.store_code, till.terminal_id));
      expect(agreementOf(sidesOf(till))).toEqual(all);
      differing += all.differingDates.length;
    }
    expect(differing).toBeGreaterThan(20);
    expect(agreementOf(sidesOf({ store_code: "BB", terminal_id: "T07" })).state).toBe("never");
  });

  it("leave the newest day out while it is being sold on, though the days before it are the same", async () => {
    const sidesOf = await readDifferences(sql, "");
    const till = tills.find((one) => agreementOf(sidesOf(one)).state === "differs");
    assert(till !== undefined, "a till that differs");
    const sides = { ...sidesOf(till), lastReceivedMs: 5_000 };
    expect(agreementOf(sides).differingDates).not.toContain(sides.span?.newest);
  });
});
