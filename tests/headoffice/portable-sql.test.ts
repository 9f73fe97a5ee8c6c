import { describe, expect, it } from "vitest";
import { officeMigrations } from "#headoffice/store/migrations/office-migrations.ts";
import { readStatements } from "./read-statements.ts";

/** What headoffice/store/sql.ts refuses, by the words it is written with. */
const refused: readonly (readonly [what: string, words: RegExp])[] = [
  ["a sequence", /\b(?:SERIAL|BIGSERIAL|SEQUENCE|NEXTVAL|AUTOINCREMENT|GENERATED\s+\w+\s+AS\s+IDENTITY)\b/i],
  ["a trigger or a procedure", /\b(?:TRIGGER|FUNCTION|PROCEDURE|DO\s+\$\$)/i],
  ["a lock beside the rows'", /\b(?:ADVISORY|LOCK\s+TABLE|FOR\s+UPDATE|FOR\s+SHARE)\b/i],
  ["a counter by looking", /\bMAX\s*\([^)]*\)\s*\+/i],
  ["a foreign key", /\b(?:REFERENCES|FOREIGN\s+KEY)\b/i],
  [
    "the database's clock or chance",
    /\b(?:NOW\s*\(|CURRENT_TIMESTAMP|CURRENT_DATE|CLOCK_TIMESTAMP|RANDOM\s*\(|GEN_RANDOM)/i,
  ],
  ["JSON inside the database", /->|\bJSONB?\b|\bjson_\w+\(/i],
  [
    "one engine's own words",
    /::|\bILIKE\b|\bGLOB\b|\bROWID\b|\bINSERT\s+OR\b|\bREPLACE\s+INTO\b|\bLISTEN\b|\bTEMP\b|\bPRAGMA\b/i,
  ],
  ["a type that only some have", /\b(?:INTEGER|SMALLINT|VARCHAR|BLOB|BOOLEAN|TIMESTAMPTZ?|UUID|NUMERIC)\b/i],
];

/** Small tables that belong to no shop: a sharded engine keeps them whole on every node. */
const ofTheCompany = new Set([
  ...["office", "office_schema", "office_people", "office_sessions", "sign_in_failures", "office_deeds"],
  // A relay's own, on SQLite in the shop.
  "relay",
]);

/** Statements that reach over shops, each with its reason; all others name the shop they are about. */
const overShops: readonly RegExp[] = [
  // Sweeps what has expired, whosever it was; a shard at a time where there are several.
  /^DELETE FROM nonces WHERE expires_ms < \?$/,
  // A migration's own: every shop's rows get what the new column means.
  /^UPDATE refunds SET sale_terminal_id = terminal_id$/,
  // Building everything again.
  /^DELETE FROM §$/,
];

/** How SQLite alone lays its rows (headoffice/store/migrate.ts). */
const ofSqlite = new Set(
  officeMigrations.flatMap(({ onSqlite = [] }) => onSqlite.map((text) => text.replaceAll(/\s+/g, " ").trim())),
);
const statements = readStatements().filter(({ text }) => !ofSqlite.has(text));
const ddl = officeMigrations.flatMap(({ version, statements: steps }) => steps.map((text) => ({ version, text })));

describe("what head office sends its database", () => {
  it("is read from the sources: every migration's table and the statements of uploads are among it", () => {
    const texts = statements.map(({ text }) => text);
    for (const { text } of ddl) {
      const [, table = ""] = /^\s*CREATE TABLE (\w+)/.exec(text) ?? [];
      if (table !== "") expect(texts.some((one) => one.startsWith(`CREATE TABLE ${table} `))).toBe(true);
    }
    expect(texts).toContainEqual(expect.stringContaining("UPDATE terminals SET batch_count = batch_count + 1"));
    expect(texts.length).toBeGreaterThan(100);
  });

  it.each(refused)("holds no %s", (_what, words) => {
    const found = statements
      .filter(({ text }) => words.test(text))
      // What kind of server it is and how it writes is asked of PostgreSQL itself, before anything else.
      .filter(({ file }) => file !== "store/postgres.ts" && file !== "store/sqlite.ts");
    expect(found).toEqual([]);
    expect(ddl.filter(({ text }) => words.test(text))).toEqual([]);
  });

  it("has keys and unique indexes that begin with the shop, but for the company's small tables", () => {
    const wrong: string[] = [];
    for (const { text } of ddl) {
      const [, table = ""] = /^\s*CREATE TABLE (\w+)/.exec(text) ?? [];
      if (
        table !== "" &&
        !ofTheCompany.has(table) &&
        !/PRIMARY KEY \(store_code\b|store_code\s+TEXT PRIMARY KEY/.test(text)
      ) {
        wrong.push(table);
      }
      const [, unique = ""] = /CREATE UNIQUE INDEX \w+ ON \w+\s*\(([^)]*)\)/.exec(text) ?? [];
      if (unique !== "" && !unique.trim().startsWith("store_code")) wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });

  it("changes rows of one shop at a time", () => {
    const changes = statements.filter(({ text }) => /^(?:UPDATE|DELETE)\b/.test(text));
    const wrong = changes.filter(({ text }) => {
      const [, table = ""] = /^(?:UPDATE|DELETE FROM) (\S+)/.exec(text) ?? [];
      if (ofTheCompany.has(table) || overShops.some((one) => one.test(text))) return false;
      const where = text.slice(text.lastIndexOf(" WHERE "));
      return !/\bstore_code = \?/.test(where) && !where.includes("§");
    });
    expect(wrong).toEqual([]);
    expect(changes.length).toBeGreaterThan(15);
  });

  it("never adds a row without the shop it belongs to", () => {
    const inserts = statements.filter(({ text }) => /^INSERT INTO \w/.test(text));
    const wrong = inserts.filter(({ text }) => {
      const [, table = "", columns = ""] = /^INSERT INTO (\w+) \(([^)]*)\)/.exec(text) ?? [];
      return !ofTheCompany.has(table) && !/^(?:store_code\b|§)/.test(columns.trim());
    });
    expect(wrong).toEqual([]);
    expect(inserts.length).toBeGreaterThan(8);
  });

  it("control: each refusal finds what it is for", () => {
    const samples = [
      "CREATE TABLE x (id BIGSERIAL PRIMARY KEY)",
      "CREATE TRIGGER t AFTER INSERT ON x",
      "SELECT pg_advisory_lock(1) -- ADVISORY",
      "INSERT INTO x SELECT MAX(seq) + 1 FROM x",
      "CREATE TABLE x (y TEXT REFERENCES z)",
      "UPDATE x SET at = now()",
      "SELECT body -> 'a' FROM x",
      "SELECT a::int FROM x",
      "CREATE TABLE x (y INTEGER)",
    ];
    for (const [index, [what, words]] of refused.entries())
      expect([what, words.test(samples[index] ?? "")]).toEqual([what, true]);
  });
});
