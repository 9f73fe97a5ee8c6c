import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packBodies, unpackBodies } from "#headoffice/journal/packed-bodies.ts";
import { until } from "#tests/support/poll.ts";
import { type OfficeBench, openOfficeBench } from "#tests/sync/office-bench.ts";
import { openSyncTill } from "#tests/sync/sync-till.ts";
import { judgeBooks } from "./judge-books.ts";
import type { Printed } from "./till-words.ts";

/*
 * The judge's controls: books that are well, and the same with one thing wrong. What it does not notice here it would not
 * notice after a minute of kills either.
 */

let folder = "";
let printed: Printed[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-judge-"));
  const office: OfficeBench = await openOfficeBench();
  const till = await openSyncTill(office);
  // A busy machine makes head office ask for patience.
  await until("the till is enrolled", () =>
    till.enrol(office).then(
      () => true,
      () => false,
    ),
  );
  const sales = till.sell(6);
  await till.drained();
  printed = sales.map(({ saleId, saleNumber, totalFen }) => ({
    ...{ saleId, saleNumber, totalFen },
    hash: till.store.sale(saleId)?.journalHash ?? "",
  }));
  await till.sync.stop();
  new Database(join(till.directory, "sales.db")).prepare("VACUUM INTO ?").run(join(folder, "sales.db"));
  const [file] = await office.office().office.sql.rows<{ file: string }>("SELECT file FROM pragma_database_list");
  new Database(file?.file ?? "").prepare("VACUUM INTO ?").run(join(folder, "office.db"));
  await till.close();
  await office.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

const well = { sales: 6, lost: 0, duplicated: 0, chainBreaks: 0, apartFen: 0, apartSales: 0, findings: [] };

describe("the judge of the books", () => {
  it("finds nothing wrong with books that are well", async () => {
    expect(await judged()).toMatchObject(well);
  });

  it("counts a paper whose sale head office does not have", async () => {
    inOffice(
      "DELETE FROM journal_events WHERE seq = (SELECT max(seq) FROM journal_events WHERE kind = 'sale-completed')",
    );
    expect(await judged()).toMatchObject({ lost: 1 });
    expect((await judged()).chainBreaks).toBeGreaterThan(0);
  });

  it("counts a paper nobody has, and one with another price", async () => {
    const [first, ...rest] = printed;
    if (first === undefined) throw new Error("six papers");
    printed = [{ ...first, totalFen: first.totalFen + 1 }, ...rest, { ...first, saleId: "nobody's" }];
    expect(await judged()).toMatchObject({ ...well, sales: 7, lost: 2, findings: expect.any(Array) });
  });

  it("counts a sale that is there twice", async () => {
    inOffice(`INSERT INTO journal_events SELECT store_code, terminal_id, 'again', 1, kind, v, at_wall, at_mono, body, prev,
      hash, sig, received_ms, batch, body_at, body_length FROM journal_events WHERE kind = 'sale-completed' LIMIT 1`);
    expect((await judged()).duplicated).toBe(2);
  });

  it("counts a byte that was changed on either side", async () => {
    changePacked((packed) =>
      packBodies([Buffer.from(unpackBodies(packed).toString("utf8").replace("T01-000002", "T01-000009"))]),
    );
    expect((await judged()).chainBreaks).toBe(1);
  });

  it("counts packed bodies that cannot be unpacked, or are gone", async () => {
    changePacked((packed) => packed.subarray(0, packed.length / 2));
    expect(await judged()).toMatchObject({ lost: 6 });
    inOffice("DELETE FROM upload_bodies");
    const verdict = await judged();
    expect([verdict.lost, verdict.chainBreaks]).toEqual([6, verdict.entries]);
  });

  it("counts a fen by which the sums differ", async () => {
    inOffice("UPDATE day_totals SET sales_fen = sales_fen + 1");
    expect(await judged()).toMatchObject({ ...well, apartFen: 1 });
  });
});

function judged() {
  return judgeBooks({
    ...{ dataDir: folder, officeDb: join(folder, "office.db"), storeCode: "BJ01", terminalId: "T01" },
    printed,
  });
}

/** Of the upload that brought the second sale. */
function changePacked(change: (packed: Uint8Array) => Uint8Array): void {
  const db = new Database(join(folder, "office.db"));
  const found = db
    .prepare<[], { rowid: number; packed: Uint8Array }>(
      `SELECT u.rowid, u.packed FROM upload_bodies u JOIN journal_events e USING (store_code, terminal_id, batch)
       WHERE e.kind = 'sale-completed' ORDER BY e.seq LIMIT 1 OFFSET 1`,
    )
    .get();
  if (found === undefined) throw new Error("a second sale");
  db.prepare("UPDATE upload_bodies SET packed = ? WHERE rowid = ?").run(change(found.packed), found.rowid);
  db.close();
}

function inOffice(sql: string): void {
  const db = new Database(join(folder, "office.db"));
  db.exec(sql);
  db.close();
}
