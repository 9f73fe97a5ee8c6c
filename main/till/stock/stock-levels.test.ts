import { existsSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "#main/store/migrate.ts";
import { salesFile, salesMigrations } from "#main/store/sales/open-sales-store.ts";
import { chips, cola, colaSixPack, people } from "#tests/support/bench-shop.ts";
import { asManager, lastKinds, levelOf, levelsInFile, receive, sell } from "#tests/support/stock-bench.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const word = { approvalPin: people.manager.pin };
/** It proves nothing about disks, and a folder in memory spares it their pace. */
const inMemory = existsSync("/dev/shm") ? { parentFolder: "/dev/shm" } : {};

describe("Levels that were harmed", () => {
  let bench: TillBench;

  beforeEach(async () => {
    bench = await openTillBench().atWork();
  });
  afterEach(() => bench.close());

  it("are found by adding up their moves, told once, and made right again by a manager", async () => {
    await receive(bench, "cola", 10_000, "r1");
    const db = new Database(join(bench.directory, "sales.db"));
    db.prepare("UPDATE stock_levels SET level_milli = 99000 WHERE sku = 'cola'").run();
    expect(() => db.prepare("UPDATE stock_moves SET quantity_milli = 1").run()).toThrow("append-only");
    expect(() => db.prepare("DELETE FROM stock_moves").run()).toThrow("append-only");
    db.close();
    await bench.clock.advance(61_000);
    expect(bench.shown.notices).toMatchObject([{ kind: "stock-disagreed", count: 1 }]);
    expect(lastKinds(bench, 1)).toEqual(["stock-disagreed"]);
    await bench.clock.advance(301_000);
    expect(lastKinds(bench, 2)).not.toEqual(["stock-disagreed", "stock-disagreed"]);
    expect(await bench.send("repair-stock", {})).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    await asManager(bench);
    await bench.must("repair-stock", {});
    expect(levelsInFile(bench)["cola"]).toMatchObject({ kept: 10_000, counted: 10_000 });
    await bench.clock.advance(301_000);
    expect(bench.shown.notices).toEqual([]);
  });
});

it("A file from before stock was kept has a move for every line it sold or took back, and the same levels", async () => {
  const bench = await openTillBench(inMemory).atWork();
  try {
    const saleId = await sell(bench, cola, colaSixPack, chips);
    await sell(bench, chips);
    await bench.must("return-outlook", { saleId });
    const returned = [
      { lineNumber: 1, quantity: 2_000 },
      { lineNumber: 2, quantity: 1_000 },
    ];
    const { amountFen } = await bench.must("plan-return", { saleId, lines: returned });
    await bench.must("give-return", {
      ...{ requestId: "a", saleId, amountFen, reason: "退货", ...word },
      lines: returned.map((line, at) => ({
        ...line,
        condition: at === 0 ? ("damaged" as const) : ("back-to-stock" as const),
      })),
    });
    const before = levelsInFile(bench);
    expect(before).toMatchObject({ cola: { kept: -7_000 }, chips: { kept: -1_000 } });
    const db = new Database(join(bench.directory, "sales.db"));
    const tables = ["stock_counts", "stock_takes", "goods_receipts", "stock_corrections", "stock_settings"];
    for (const table of [...tables, "stock_levels", "stock_moves"]) db.exec(`DROP TABLE ${table}`);
    db.exec(`
      CREATE TABLE stock_moves (number INTEGER NOT NULL, line_number INTEGER NOT NULL, sku TEXT NOT NULL,
        reason TEXT NOT NULL, quantity_milli INTEGER NOT NULL, PRIMARY KEY (number, line_number)) STRICT, WITHOUT ROWID;
      INSERT INTO stock_moves SELECT number, line_number, sku, 'sale', -quantity_milli FROM sale_lines WHERE sku IS NOT NULL;
      PRAGMA user_version = 16;`);
    // Later steps have nothing to do with it, and are in the file already.
    const file = { path: db.name, applicationId: salesFile.applicationId };
    expect(migrate(db, file, salesMigrations.slice(0, 17), () => {}).ok).toBe(true);
    db.pragma(`user_version = ${salesMigrations.length}`);
    db.close();
    await bench.crash();
    expect(levelsInFile(bench)).toEqual(before);
    await bench.must("sign-in", { cashierId: "c1", pin: people.cashier.pin });
    const moves = await bench.must("stock-moves", { sku: "cola", before: null, limit: 9 });
    expect(moves.map(({ kind, quantityMilli }) => [kind, quantityMilli])).toEqual([
      ["damaged", -2_000],
      ["return", 2_000],
      ["sale", -7_000],
    ]);
  } finally {
    bench.close();
  }
});

type Step = readonly ["sell" | "receive" | "correct" | "count" | "book" | "crash", number];

it("Whatever is sold, received, counted, booked and corrected in whatever order, the level is what a shelf would hold and what the moves add up to", async () => {
  const kind = fc.constantFrom<Step[0]>("sell", "sell", "receive", "count", "book", "correct", "crash");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(kind, fc.integer({ min: 1, max: 9 })), { maxLength: 14 }), async (steps) => {
      const shop = await openTillBench(inMemory).atWork();
      try {
        let shelf: number | null = null;
        /** What was counted, and what has moved on the shelf since; null where nothing was. */
        let count: { readonly counted: number; moved: number } | null = null;
        let ids = 0;
        const moved = (by: number): void => {
          if (shelf !== null) shelf += by;
          if (count !== null) count.moved += by;
        };
        await shop.must("begin-take", { takeId: "t0", categoryId: null });
        for (const [what, many] of steps) {
          ids += 1;
          if (what === "sell") {
            await sell(shop, ...Array.from({ length: many }, () => cola));
            moved(-many);
          } else if (what === "receive") {
            await receive(shop, "cola", many * 1_000, `r${ids}`);
            if (shelf === null) shelf = 0;
            moved(many);
          } else if (what === "correct") {
            const wanted = { correctionId: `k${ids}`, sku: "cola", levelMilli: many * 1_000, reason: "x", ...word };
            await shop.must("correct-stock", wanted);
            shelf = many;
          } else if (what === "count") {
            const takeId = (await shop.must("takes", {})).find(({ state }) => state === "open")?.takeId ?? "";
            await shop.must("count-item", { takeId, sku: "cola", countedMilli: many * 1_000 });
            count = { counted: many, moved: 0 };
          } else if (what === "book" && count !== null) {
            const takeId = (await shop.must("takes", {})).find(({ state }) => state === "open")?.takeId ?? "";
            await shop.must("book-take", { takeId, ...word });
            await shop.must("begin-take", { takeId: `t${ids}`, categoryId: null });
            shelf = count.counted + count.moved;
            count = null;
          } else if (what === "crash") {
            await shop.crash();
            await shop.must("sign-in", { cashierId: "c1", pin: people.cashier.pin });
          }
          expect(await levelOf(shop, "cola")).toBe(shelf === null ? null : shelf * 1_000);
          for (const { kept, counted } of Object.values(levelsInFile(shop))) expect(kept).toBe(counted);
        }
        expect(shop.store.verifyWholeChain().ok).toBe(true);
        expect(shop.faults).toEqual([]);
      } finally {
        shop.close();
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 180_000);
