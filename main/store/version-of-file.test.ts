import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, expect, it } from "vitest";
import { versionOfFile } from "./version-of-file.ts";

const folder = mkdtempSync(join(tmpdir(), "tillway-version-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("is what SQLite says it is, also of a file that was written by its log", () => {
  const path = join(folder, "books.db");
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.exec("CREATE TABLE sales (number INTEGER PRIMARY KEY)");
  db.pragma("user_version = 66051");
  db.close();
  expect(versionOfFile(path)).toMatchObject({ version: 66_051, bytes: 8_192 });
});

it("is none where there is no file, no whole header or no file to read", () => {
  const short = join(folder, "short.db");
  writeFileSync(short, "SQLite format 3\0");
  expect([join(folder, "none.db"), short, folder].map(versionOfFile)).toEqual([null, null, null]);
});
