import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import { type Databases, engines, openDatabases } from "#tests/support/office-bench.ts";
import { openStore } from "./open-store.ts";
import type { Sql, Tx } from "./sql.ts";

const putShop = "INSERT INTO shops (store_code, name_zh, name_en) VALUES (?, ?, ?)";

describe.each(engines)("a transaction that may be lost, on %s", (engine) => {
  let databases: Databases;
  let sql: Sql;
  beforeAll(async () => {
    databases = await openDatabases(engine);
    const store = await openStore(await databases.create());
    assert(store.ok, "a database that can be opened");
    sql = store.value;
  });
  afterAll(async () => {
    await sql.close();
    await databases.close();
  });

  /** How the transaction that is open will be written. */
  const flush = async (tx: Tx): Promise<unknown> => {
    const ask =
      engine === "sqlite"
        ? "SELECT CASE synchronous WHEN 2 THEN 'on' ELSE 'off' END AS flush FROM pragma_synchronous"
        : "SELECT setting AS flush FROM pg_settings WHERE name = 'synchronous_commit'";
    return (await tx.first<{ flush: string }>(ask))?.flush;
  };

  it("does not wait for the disk, and everybody sees it at once", async () => {
    const how = await sql.transaction(
      async (tx) => {
        await tx.run(putShop, ["AA", "甲", ""]);
        return flush(tx);
      },
      { mayBeLost: true },
    );
    expect(how).toBe("off");
    expect(await sql.first("SELECT store_code FROM shops WHERE store_code = 'AA'")).toEqual({ store_code: "AA" });
  });

  it("leaves the one after it durable, whether it succeeded or failed", async () => {
    expect(await sql.transaction(flush)).toBe("on");
    await sql.transaction(flush, { mayBeLost: true });
    expect(await sql.transaction(flush)).toBe("on");
    const failing = sql.transaction(
      async (tx) => {
        await tx.run(putShop, ["BB", "乙", ""]);
        throw new Error("changed my mind");
      },
      { mayBeLost: true },
    );
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await sql.first("SELECT store_code FROM shops WHERE store_code = 'BB'")).toBeUndefined();
    expect(await sql.transaction(flush)).toBe("on");
  });

  it("never makes durable ones that are asked for at the same moment like itself", async () => {
    const asked = Array.from({ length: 24 }, (_, index) => index % 3 === 0);
    const told = await Promise.all(asked.map((mayBeLost) => sql.transaction(flush, { mayBeLost })));
    // Those that may be lost may be written with the others.
    expect(told.filter((_, index) => !asked[index])).toEqual(Array.from({ length: 16 }, () => "on"));
  });
});
