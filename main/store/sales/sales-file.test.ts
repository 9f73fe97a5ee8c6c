import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import type { Result } from "#core/result.ts";
import { openConnection } from "../connection.ts";
import type { StoreFault } from "../fault.ts";
import { migrate } from "../migrate.ts";
import { StoreBroken } from "../store-broken.ts";
import {
  assembleSalesStore,
  type OpenSalesStore,
  openSalesStore,
  salesFile,
  salesMigrations,
} from "./open-sales-store.ts";
import { salesDatabase } from "./sales-database.ts";

let directory: string;
let path: string;

const deps = { terminalId: sampleTerminalId, now: () => Date.UTC(2026, 2, 2, 1), newId: () => crypto.randomUUID() };

function open(terminalId = sampleTerminalId): Result<OpenSalesStore, StoreFault> {
  return openSalesStore({ ...deps, terminalId, path });
}

function opened(): OpenSalesStore {
  const store = open();
  if (!store.ok) throw new Error(JSON.stringify(store.fault));
  return store.value;
}

function sell(store: OpenSalesStore, saleId: string, lineCount = 3): void {
  store.commitSale(saleId, (saleNumber) => sampleSale({ saleId, saleNumber, lineCount }), null, sampleReceipt);
}

/** A closed file with a shift and `count` sales. */
function sold(count: number): void {
  const store = opened();
  store.openShift(sampleShift);
  for (let index = 0; index < count; index += 1) sell(store, `s${index}`);
  store.close();
}

/** Changes the closed file behind the store's back, as a bad disk or a curious hand would. */
function tamper(sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-file-"));
  path = join(directory, "sales.db");
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("a new file is WAL with FULL, ours, at the newest version, and its first entry opens an epoch", () => {
  const store = opened();
  expect(store.journalStatus()).toMatchObject({ lastSeq: 1, waiting: 1 });
  store.close();
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  const db = connection.value;
  const read = (pragma: string): unknown => db.pragma(pragma, { simple: true });
  expect(["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "user_version"].map(read)).toEqual([
    "wal",
    2,
    1,
    0,
    salesMigrations.length,
  ]);
  expect(existsSync(`${path}.before-v2`)).toBe(false); // nothing to keep of a file that was empty
  expect(db.prepare("SELECT kind FROM journal").pluck().all()).toEqual(["epoch-opened"]);
  db.close();
});

test("synchronous is FULL again when a file that is already WAL is opened, not only when it is made", () => {
  sold(1);
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  connection.value.prepare("UPDATE meta SET next_attempt_number = 1").run();
  expect(connection.value.pragma("synchronous", { simple: true })).toBe(2);
  connection.value.close();
});

test("another program's database is refused and not touched", () => {
  tamper("PRAGMA application_id = 7; CREATE TABLE theirs (a)");
  const before = readFileSync(path);
  expect(open()).toEqual({
    ok: false,
    fault: { kind: "not-ours", path, what: "program", found: "0x00000007", expected: "0x5457736c" },
  });
  expect(readFileSync(path)).toEqual(before);
});

test("a database with tables and no owner is another program's too", () => {
  tamper("CREATE TABLE theirs (a)");
  expect(open()).toMatchObject({ ok: false, fault: { kind: "not-ours", found: "0x00000000" } });
});

test("another terminal's file is refused", () => {
  sold(1);
  expect(open("T02")).toEqual({
    ok: false,
    fault: { kind: "not-ours", path, what: "terminal", found: "T01", expected: "T02" },
  });
});

test("a file of a newer version is refused", () => {
  sold(1);
  tamper("PRAGMA user_version = 99");
  expect(open()).toEqual({
    ok: false,
    fault: { kind: "newer-version", path, found: 99, newestKnown: salesMigrations.length },
  });
});

test("a file that is not a database, or was cut short, is damaged", () => {
  writeFileSync(path, "receipts of the day\n".repeat(500));
  expect(open()).toMatchObject({ ok: false, fault: { kind: "damaged" } });
  rmSync(path);
  sold(20);
  writeFileSync(path, readFileSync(path).subarray(0, 8192));
  expect(open()).toMatchObject({ ok: false, fault: { kind: "damaged" } });
});

test("a folder that is not there is unwritable", () => {
  path = join(directory, "nowhere", "sales.db");
  expect(open()).toMatchObject({ ok: false, fault: { kind: "unwritable", code: "ENOENT" } });
});

test("one byte changed in the journal on disk is found at the next start", () => {
  sold(3);
  const bytes = readFileSync(path);
  const at = bytes.lastIndexOf('"saleNumber":"T01-000002"');
  bytes[at + '"saleNumber":"T01-00000'.length] = 0x37;
  writeFileSync(path, bytes);
  expect(open()).toMatchObject({
    ok: false,
    fault: { kind: "damaged", detail: expect.stringContaining("wrong-hash") },
  });
});

test("a journal entry that was taken out is found, near the end at once and far back by the whole check", () => {
  sold(150);
  tamper("PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE seq = 10");
  const store = opened();
  expect(store.verifyWholeChain()).toEqual({ ok: false, fault: { kind: "seq-gap", seq: 11 } });
  store.close();
  tamper("PRAGMA foreign_keys = OFF; DELETE FROM journal WHERE seq = 140");
  expect(open()).toMatchObject({ ok: false, fault: { kind: "damaged", detail: "journal entry 141: seq-gap" } });
});

test("the journal refuses to be rewritten", () => {
  sold(1);
  expect(() => tamper("UPDATE journal SET kind = 'signed-in'")).toThrow("append-only");
});

test("the file itself refuses a second unfinished attempt of a sale, whoever writes it", () => {
  sold(1);
  const row = (id: number, state: string): string =>
    `INSERT INTO attempts VALUES ('o${id}', 'x', 't${id}', 'native', '${state}', 100, 0, '{}');`;
  tamper(row(1, "failed") + row(2, "pending"));
  expect(() => tamper(row(3, "undoing"))).toThrow("UNIQUE");
  tamper(row(4, "reversed"));
});

test("a sale row that went missing is found by its number", () => {
  sold(2);
  tamper("PRAGMA foreign_keys = OFF; DELETE FROM sales WHERE number = 2");
  expect(open()).toMatchObject({ ok: false, fault: { kind: "damaged", detail: "sale numbers and sales differ by 1" } });
});

test("a full disk refuses the sale whole, keeps what was acknowledged, and goes on when there is room", () => {
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  connection.value.close();
  sold(2);
  const again = openConnection(path, salesFile);
  if (!again.ok) throw new Error(again.fault.kind);
  const store = assembleSalesStore(salesDatabase(again.value), deps);
  const pages = Number(again.value.pragma("page_count", { simple: true }));
  again.value.pragma(`max_page_count = ${pages}`);
  const before = store.journalStatus();
  let broken: unknown;
  try {
    sell(store, "big", 200);
  } catch (error) {
    broken = error;
  }
  expect(broken).toBeInstanceOf(StoreBroken);
  expect(broken).toMatchObject({ kind: "full", code: "SQLITE_FULL" });
  expect(store.journalStatus()).toEqual(before);
  expect(store.sale("big")).toBeNull();
  again.value.pragma("max_page_count = 1000000");
  sell(store, "big", 200);
  expect(store.sale("big")?.sale.saleNumber).toBe("T01-000003");
  store.close();
});

test("after a failed write to the disk nothing more is written until the file is opened again", () => {
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  const database = salesDatabase(connection.value);
  connection.value.exec("CREATE TABLE kept (a INTEGER) STRICT");
  const put = connection.value.prepare("INSERT INTO kept VALUES (1)");
  const failing = (): void => {
    put.run();
    throw new Database.SqliteError("disk I/O error", "SQLITE_IOERR_FSYNC");
  };
  expect(() => database.change(failing)).toThrow(StoreBroken);
  expect(() => database.change(() => put.run())).toThrow("SQLITE_IOERR_FSYNC");
  expect(connection.value.prepare("SELECT count(*) FROM kept").pluck().get()).toBe(0);
  connection.value.close();
});

test("migrations of a file with data leave one whole copy of it beside, and happen once", () => {
  sold(2);
  const next = { version: salesMigrations.length + 1, sql: "CREATE TABLE added (a INTEGER) STRICT" };
  const last = { version: next.version + 1, sql: "ALTER TABLE added ADD COLUMN b INTEGER" };
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  const file = { path, applicationId: salesFile.applicationId };
  for (let run = 0; run < 2; run += 1) {
    expect(migrate(connection.value, file, [...salesMigrations, next, last], () => {})).toEqual({
      ok: true,
      value: last.version,
    });
  }
  connection.value.close();
  expect(existsSync(`${path}.before-v${last.version}`)).toBe(false);
  const copy = new Database(`${path}.before-v${next.version}`, { readonly: true });
  expect(copy.prepare("SELECT count(*) FROM sales").pluck().get()).toBe(2);
  expect(copy.pragma("user_version", { simple: true })).toBe(salesMigrations.length);
  copy.close();
});

test("a migration that fails leaves the file at its old version", () => {
  sold(1);
  const connection = openConnection(path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  const file = { path, applicationId: salesFile.applicationId };
  const bad = { version: salesMigrations.length + 1, sql: "CREATE TABLE half (a); INSERT INTO nowhere VALUES (1)" };
  expect(() => migrate(connection.value, file, [...salesMigrations, bad], () => {})).toThrow("nowhere");
  expect(connection.value.pragma("user_version", { simple: true })).toBe(salesMigrations.length);
  expect(connection.value.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
  connection.value.close();
  expect(existsSync(`${path}.before-v${bad.version}`)).toBe(true);
});

test("whoever was deleted just before a power cut cannot be read after the next start, nor in a copy from before an update", () => {
  const store = opened();
  const member = {
    memberId: "m-1",
    code: "TWM000000000001",
    name: "消失的顾客",
    phone: "13812340000",
    enrolledAtMs: 0,
  };
  store.enrolMember(member, { kind: "member-enrolled", body: { memberId: "m-1" } });
  writeFileSync(`${path}.before-v99`, "消失的顾客");
  store.deleteMember("m-1", { kind: "member-deleted", body: { memberId: "m-1" } });
  // The power goes before the log was emptied.
  const found = join(directory, "found.db");
  for (const end of ["", "-wal"]) copyFileSync(`${path}${end}`, `${found}${end}`);
  const holds = (file: string): boolean => existsSync(file) && readFileSync(file).includes("消失的顾客");
  expect([holds(found), holds(`${found}-wal`)]).toContain(true);
  const next = openSalesStore({ ...deps, path: found });
  if (!next.ok) throw new Error(JSON.stringify(next.fault));
  expect([holds(found), holds(`${found}-wal`)]).toEqual([false, false]);
  next.value.close();
  expect(store.wipeTraces()).toBe(true);
  expect([holds(path), holds(`${path}-wal`), existsSync(`${path}.before-v99`)]).toEqual([false, false, false]);
  store.close();
});
