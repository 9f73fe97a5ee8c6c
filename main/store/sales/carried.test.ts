import Database from "better-sqlite3";
import { expect, it } from "vitest";
import { salesMigrations } from "./open-sales-store.ts";

/** A file of that version, empty, and what its schema says of attempts. */
function schemaAt(version: number): readonly string[] {
  const db = new Database(":memory:");
  db.pragma("foreign_keys = ON");
  for (const { sql } of salesMigrations.slice(0, version)) db.transaction(() => db.exec(sql)).immediate();
  const names = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE tbl_name = 'attempts' AND sql IS NOT NULL ORDER BY name")
    .pluck()
    .all();
  db.close();
  return names;
}

it("The table that is made again for payments on the phone keeps every index and door it had", () => {
  expect(schemaAt(20)).toEqual(expect.arrayContaining([...schemaAt(19)]));
  expect(schemaAt(20)).toContain("abandoned_stays_abandoned");
});

it("A file with attempts and what points to them comes through, row by row, and keeps its foreign keys", () => {
  const db = new Database(":memory:");
  db.pragma("foreign_keys = ON");
  for (const { sql } of salesMigrations.slice(0, 19)) db.transaction(() => db.exec(sql)).immediate();
  const insert = db.prepare("INSERT INTO attempts VALUES (?, ?, ?, ?, ?, 100, 0, '{}')");
  insert.run("A-1", "s1", "t1", "native", "paid");
  insert.run("A-2", "s2", "t2", "codepay", "reversed");
  insert.run("A-3", "s3", "t3", "native", "pending");
  const rows = () => db.prepare("SELECT rowid, * FROM attempts ORDER BY rowid").all();
  const before = rows();
  const [migration] = salesMigrations.slice(19);
  db.transaction(() => db.exec(migration?.sql ?? "")).immediate();
  expect(rows()).toEqual(before);
  expect(db.pragma("foreign_key_check")).toEqual([]);
  expect(() => insert.run("A-4", "s3", "t4", "carried", "pending")).toThrow(/UNIQUE/u);
  insert.run("A-5", "s5", "t5", "carried", "abandoned");
  insert.run("A-6", "s5", "t6", "carried", "pending"); // free at once
  expect(() => db.exec("UPDATE attempts SET state = 'paid' WHERE out_trade_no = 'A-5'")).toThrow(/given up/u);
  expect(() => insert.run("A-7", "s7", "t7", "native", "abandoned")).toThrow(/CHECK/u);
  db.exec("INSERT INTO carried_attempts (out_trade_no) VALUES ('A-5')");
  expect(() => db.exec("DELETE FROM carried_attempts")).toThrow(/never forgotten/u);
  db.close();
});
