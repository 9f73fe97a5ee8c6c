import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Databases, engines, openDatabases } from "#tests/support/office-bench.ts";
import { migrate } from "../migrate.ts";
import { openPostgres } from "../postgres.ts";
import { openSqlite } from "../sqlite.ts";
import { officeMigrations } from "./office-migrations.ts";

describe.each(engines)("a head office on %s from before there were relays", (engine) => {
  let databases: Databases;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());

  it("believes its tills' present keys, and has tills only", async () => {
    const choice = await databases.create();
    const opened = choice.kind === "sqlite" ? openSqlite(choice.path) : await openPostgres(choice.url);
    if (!opened.ok) throw new Error(opened.fault.kind);
    const sql = opened.value;
    expect(await migrate(sql, "here", officeMigrations.slice(0, 5))).toEqual({ ok: true, value: 5 });
    const key = "A".repeat(43);
    await sql.transaction((tx) =>
      tx.run(
        `INSERT INTO terminals (store_code, terminal_id, public_key, state, enrolled_ms, last_seen_ms)
         VALUES ('BJ01', 'T01', ?, 'active', 1, 2)`,
        [key],
      ),
    );
    expect(await migrate(sql, "here", officeMigrations)).toEqual({ ok: true, value: officeMigrations.length });
    expect(await sql.rows("SELECT store_code, terminal_id, public_key FROM terminal_keys")).toEqual([
      { store_code: "BJ01", terminal_id: "T01", public_key: key },
    ]);
    expect(await sql.rows("SELECT role FROM terminals")).toEqual([{ role: "till" }]);
    await sql.close();
  });
});
