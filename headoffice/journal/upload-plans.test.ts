import { expect, it } from "vitest";
import { openDatabases, openOfficeBench } from "#tests/support/office-bench.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import type { Sql, SqlRow, Tx } from "../store/sql.ts";
import { findTerminal } from "../terminals/terminal.ts";
import { ingestInto } from "./ingest.ts";
import { readUpload } from "./read-upload.ts";

type Asked = readonly [text: string, values: SqlRow];

/** The same database, which notes what it is asked. */
function noting(sql: Sql, asked: Asked[]): Sql {
  const notingTx = (tx: Tx): Tx => ({
    ...tx,
    async rows(text, values = []) {
      asked.push([text, values]);
      return tx.rows(text, values);
    },
    async first(text, values = []) {
      asked.push([text, values]);
      return tx.first(text, values);
    },
  });
  return { ...sql, transaction: (work, options) => sql.transaction((tx) => work(notingTx(tx)), options) };
}

// SQLite chose an index by which every upload read the keys of all sales of its shop.
it("takes an upload in without walking what a shop has sold, also where another till has sold the same", async () => {
  const databases = await openDatabases("sqlite");
  const bench = await openOfficeBench(await databases.create());
  const { sql } = bench.office;
  const tills: readonly OfficeTill[] = [await bench.enrolledTill("T01"), await bench.enrolledTill("T02")];
  for (const till of tills) {
    openDay(till);
    sell(till, 60, { saleId: "the same" });
    sell(till, 30);
  }
  const asked: Asked[] = [];
  for (const till of tills) {
    const terminalId = till.key.slice("BJ01-".length);
    const terminal = await findTerminal(sql, { storeCode: "BJ01", terminalId });
    const { body } = till.packedUpload(till.entries);
    const upload = readUpload({ terminalId, body, contentEncoding: "gzip" });
    if (terminal === undefined || !upload.ok) throw new Error("a till's own upload");
    const { stored } = await ingestInto(noting(sql, asked), { terminal, claim: null, nowMs: 1 }, upload.value);
    expect(stored).toBe(till.entries.length);
  }
  const plans = await Promise.all(
    asked.map(async ([text, values]) => {
      if (!text.startsWith("SELECT")) return [];
      const steps = await sql.rows<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, values);
      return steps.map(({ detail }) => detail);
    }),
  );
  const steps = plans.flat().filter((detail) => /^(?:SCAN|SEARCH)/.test(detail));
  expect(steps).toContainEqual(expect.stringContaining("SEARCH sales USING COVERING INDEX sales_by_id_and_till"));
  expect(steps.filter((detail) => !/^SEARCH .*\(store_code=\? AND /.test(detail))).toEqual([]);
  await bench.close();
  await databases.close();
});
