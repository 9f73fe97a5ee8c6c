import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import { type Databases, engines, openDatabases } from "#tests/support/office-bench.ts";
import { type PostgresServer, startPostgres } from "#tests/support/postgres.ts";
import { until } from "#tests/support/poll.ts";
import { comparedDays } from "../journal/agreement.ts";
import { nextRev } from "./feed-heads.ts";
import { migrate } from "./migrate.ts";
import { officeMigrations } from "./migrations/office-migrations.ts";
import { openStore } from "./open-store.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";
import type { Sql } from "./sql.ts";

async function opened(database: Parameters<typeof openStore>[0]): Promise<Sql> {
  const store = await openStore(database);
  assert(store.ok, "a database that can be opened");
  return store.value;
}

const putShop = "INSERT INTO shops (store_code, name_zh, name_en) VALUES (?, ?, ?)";
const shopCodes = async (sql: Sql) =>
  (await sql.rows<{ store_code: string }>("SELECT store_code FROM shops ORDER BY store_code")).map(
    (row) => row.store_code,
  );

describe.each(engines)("the store on %s", (engine) => {
  let databases: Databases;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());

  it("opens for several instances that start at the same moment, and takes its shape once", async () => {
    const database = await databases.create();
    const stores = await Promise.all([1, 2, 3, 4].map(() => opened(database)));
    const versions = await Promise.all(stores.map((sql) => sql.first("SELECT version FROM office_schema")));
    expect(new Set(versions.map((row) => JSON.stringify(row))).size).toBe(1);
    for (const sql of stores) await sql.close();
  });

  it("brings a database of the fourth version up to date: its days have nothing taken by a printed code", async () => {
    const database = await databases.create();
    const raw = database.kind === "sqlite" ? openSqlite(database.path) : await openPostgres(database.url);
    assert(raw.ok, "a database that can be opened");
    assert((await migrate(raw.value, "here", officeMigrations.slice(0, 4))).ok, "the fourth version");
    const keys = "store_code, terminal_id, business_date, sale_count, sales_fen, cash_fen, wechat_fen, refund_count";
    const day = ["BJ01", "T01", "2026-03-02", 2, 900, 500, 400, 0, 0, "0".repeat(64)];
    await raw.value.transaction(async (tx) => {
      const places = day.map(() => "?").join(", ");
      await tx.run(`INSERT INTO till_days (${keys}, refund_fen, last_sale_hash, told_ms) VALUES (${places}, 7)`, day);
      await tx.run(
        `INSERT INTO day_totals (${keys}, refund_fen, last_sale_hash, last_sale_ordinal, last_sale_seq, discount_fen)
         VALUES (${places}, 1, 5, 0)`,
        day,
      );
    });
    await raw.value.close();
    const sql = await opened(database);
    const [compared] = await comparedDays(sql, "BJ01", ["2026-03-02", "2026-03-02"]);
    expect(compared).toMatchObject({ isAgreed: true, till: { wechatFen: 400, staticCodeFen: 0 } });
    expect(compared?.office).toEqual(compared?.till);
    await sql.close();
  });

  it("refuses a newer database and leaves it as it is", async () => {
    const database = await databases.create();
    const sql = await opened(database);
    await sql.transaction((tx) => tx.run("UPDATE office_schema SET version = 999"));
    await sql.close();
    expect(await openStore(database)).toMatchObject({ ok: false, fault: { kind: "newer-schema", found: 999 } });
  });

  it("undoes all of a transaction that fails, and goes on", async () => {
    const sql = await opened(await databases.create());
    const failing = sql.transaction(async (tx) => {
      await tx.run(putShop, ["AA", "甲", ""]);
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    await sql.transaction((tx) => tx.run(putShop, ["BB", "乙", ""]));
    expect(await shopCodes(sql)).toEqual(["BB"]);
    await sql.close();
  });

  it("never commits a transaction in which a statement failed and was caught", async () => {
    const sql = await opened(await databases.create());
    const careless = sql.transaction(async (tx) => {
      await tx.run(putShop, ["AA", "甲", ""]);
      await tx.run("INSERT INTO nowhere VALUES (1)").catch(() => 0);
    });
    // SQLite undoes the one statement and may commit; PostgreSQL has given the transaction up and must say so.
    await careless.then(
      () => expect(engine).toBe("sqlite"),
      (error: unknown) => expect(String(error)).toContain("ROLLBACK"),
    );
    expect(await shopCodes(sql)).toEqual(engine === "sqlite" ? ["AA"] : []);
    await sql.close();
  });

  it("shows readers committed rows only", async () => {
    const sql = await opened(await databases.create());
    await sql.transaction(async (tx) => {
      await tx.run(putShop, ["AA", "甲", ""]);
      expect(await shopCodes(sql)).toEqual([]);
      expect(await tx.first("SELECT store_code FROM shops")).toEqual({ store_code: "AA" });
    });
    expect(await shopCodes(sql)).toEqual(["AA"]);
    await sql.close();
  });

  it("counts revs without a gap or a repeat, whoever asks at the same moment", async () => {
    const database = await databases.create();
    const stores = await Promise.all([opened(database), opened(database)]);
    const revs = await Promise.all(
      Array.from({ length: 40 }, (_, index) => stores[index % 2]?.transaction((tx) => nextRev(tx, "BJ01", "catalog"))),
    );
    expect(revs.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    for (const sql of stores) await sql.close();
  });

  it("keeps whole numbers, bytes, text and nothing as they are, and inserts many rows at once", async () => {
    const sql = await opened(await databases.create());
    const rows = Array.from({ length: 700 }, (_, index) => [`S${index}`, `名${index}'"\\`, ""]);
    const count = await sql.transaction((tx) =>
      tx.insert(
        { table: "shops", columns: ["store_code", "name_zh", "name_en"], tail: "ON CONFLICT (store_code) DO NOTHING" },
        [...rows, ["S1", "again", ""]],
      ),
    );
    expect(count).toBe(700);
    await sql.transaction((tx) =>
      tx.run("INSERT INTO office (id, name, public_key, private_key) VALUES (1, ?, ?, ?)", [
        "é\u{1f600}",
        "",
        new Uint8Array([0, 255]),
      ]),
    );
    const row = await sql.first<{ private_key: Uint8Array }>(
      "SELECT name, private_key, NULL AS none, ? AS n FROM office",
      [engine === "sqlite" ? Number.MAX_SAFE_INTEGER : String(Number.MAX_SAFE_INTEGER)],
    );
    expect([...(row?.private_key ?? [])]).toEqual([0, 255]);
    expect(row).toMatchObject({ name: "é\u{1f600}", none: null });
    const big = await sql.first(
      "SELECT sum(length(name_en) + 9007199254740990) AS n FROM shops WHERE store_code = 'S1'",
    );
    expect(big).toEqual({ n: 9_007_199_254_740_990 });
    await sql.close();
  });
});

describe("the store on SQLite alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "tillway-store-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("refuses a file of another program, and one that is no database, untouched", async () => {
    const foreign = join(folder, "foreign.db");
    const db = new Database(foreign);
    db.exec("CREATE TABLE theirs (x)");
    db.close();
    expect(await openStore({ kind: "sqlite", path: foreign })).toEqual({
      ok: false,
      fault: { kind: "not-ours", where: foreign },
    });
    const text = join(folder, "letter.txt");
    writeFileSync(text, "dear shop, ".repeat(100));
    expect(await openStore({ kind: "sqlite", path: text })).toMatchObject({ ok: false, fault: { kind: "not-ours" } });
    expect(await openStore({ kind: "sqlite", path: join(folder, "none", "x.db") })).toMatchObject({
      ok: false,
      fault: { kind: "unwritable" },
    });
  });

  it("acknowledges nothing of what waited together where the disk is full, and goes on when it is not", async () => {
    const sql = await opened({ kind: "sqlite", path: join(folder, "full.db") });
    const limitPages = (count: number) => sql.transaction((tx) => tx.rows(`PRAGMA max_page_count = ${count}`));
    const put = (code: string, count: number) =>
      sql.transaction(async (tx) => {
        for (let index = 0; index < count; index += 1) await tx.run(putShop, [`${code}${index}`, "店".repeat(400), ""]);
      });
    await put("A", 1);
    const [pages] = await sql.rows<{ page_count: number }>("PRAGMA page_count");
    await limitPages((pages?.page_count ?? 0) + 2);
    const outcomes = await Promise.allSettled(["B", "C", "D"].map((code) => put(code, 50)));
    const refused = { status: "rejected", reason: { name: "StoreUnavailable", reason: "disk" } };
    expect(outcomes).toMatchObject([refused, refused, refused]);
    expect(await shopCodes(sql)).toEqual(["A0"]);
    await limitPages(1_000_000);
    await Promise.all([put("B", 1), put("C", 1)]);
    expect(await shopCodes(sql)).toEqual(["A0", "B0", "C0"]);
    await sql.close();
  });

  it("says loudly that a transaction inside another would wait for ever", async () => {
    const sql = await opened({ kind: "sqlite", path: join(folder, "nested.db") });
    const nested = sql.transaction(() => sql.transaction(async () => 1));
    await expect(nested).rejects.toThrow("never nested");
    expect(await sql.transaction(async () => 2)).toBe(2);
    await sql.close();
  });
});

describe("the store on PostgreSQL alone", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  it("runs a transaction again when the server breaks in the middle of it, and commits it once", async () => {
    const sql = await opened({ kind: "postgres", url: await server.createDatabase() });
    let runs = 0;
    const done = sql.transaction(async (tx) => {
      runs += 1;
      await tx.run(putShop, ["AA", "甲", ""]);
      if (runs > 1) return;
      await server.kill();
      await server.start();
      await tx.run(putShop, ["BB", "乙", ""]);
    });
    await done;
    expect(runs).toBe(2);
    expect(await shopCodes(sql)).toEqual(["AA"]);
    await sql.close();
  });

  it("says that it is out of reach when the server stays away, and works again when it is back", async () => {
    const sql = await opened({ kind: "postgres", url: await server.createDatabase() });
    await server.kill();
    await expect(sql.transaction((tx) => tx.run(putShop, ["AA", "甲", ""]))).rejects.toMatchObject({
      name: "StoreUnavailable",
      reason: "unreachable",
    });
    await server.start();
    await until("it works again", () => sql.transaction((tx) => tx.run(putShop, ["AA", "甲", ""])));
    expect(await shopCodes(sql)).toEqual(["AA"]);
    await sql.close();
  });

  it("refuses a server that would lose what it acknowledged, and does not print the password", async () => {
    const url = await server.createDatabase();
    const careless = `${url.replace("office@", "office:hush@")}?options=-c%20synchronous_commit%3Doff`;
    const refused = await openPostgres(careless);
    expect(refused).toMatchObject({ ok: false, fault: { kind: "not-durable", setting: "synchronous_commit" } });
    expect(JSON.stringify(refused)).not.toContain("hush");
    const unreachable = await openPostgres("postgres://office:hush@127.0.0.1:1/x");
    expect(unreachable).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
    expect(JSON.stringify(unreachable)).not.toContain("hush");
  });
});
