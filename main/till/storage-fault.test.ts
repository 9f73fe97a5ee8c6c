import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { StoreBroken } from "#main/store/store-broken.ts";
import { storageFault } from "./storage-fault.ts";

const ofSystem = (code: string): Error => Object.assign(new Error(`${code}: the disk`), { code });
const ofSqlite = (code: string): Error => new Database.SqliteError("the disk", code);

it.each([
  ["a store without space", new StoreBroken("full", "SQLITE_FULL", {}), "disk-full"],
  ["a catalogue without space", ofSqlite("SQLITE_FULL"), "disk-full"],
  ["a file without space", ofSystem("ENOSPC"), "disk-full"],
  ["a user without space left", ofSystem("EDQUOT"), "disk-full"],
  ["a store whose sync failed", new StoreBroken("io", "SQLITE_IOERR_FSYNC", {}), "storage-trouble"],
  ["a damaged store", new StoreBroken("damaged", "SQLITE_CORRUPT", {}), "storage-trouble"],
  ["a page that cannot be read", ofSqlite("SQLITE_IOERR_READ"), "storage-trouble"],
  ["a file that fails", ofSystem("EIO"), "storage-trouble"],
  ["a folder that may only be read", ofSystem("EROFS"), "storage-trouble"],
  ["a file that is not there", ofSystem("ENOENT"), null],
  ["a mistake of ours", new Error("SQLITE_FULL is only spoken of"), null],
  ["something that is no error", "SQLITE_FULL", null],
] as const)("tells the cashier of %s what can be done about it", (_name, cause, fault) => {
  expect(storageFault(cause)).toBe(fault);
});
