import Database from "better-sqlite3";
import { fail, ok, type Result } from "#core/result.ts";
import { openAuditBooks } from "../sales/audit-books.ts";
import { salesFile, salesMigrations } from "../sales/open-sales-store.ts";

/** What books say of themselves. */
export interface BooksFacts {
  readonly storeVersion: number;
  readonly terminalId: string;
  readonly journal: { readonly epoch: string; readonly seq: number; readonly hash: string; readonly atMs: number };
  readonly entryCount: number;
  readonly saleCount: number;
  readonly lastSaleNumber: string | null;
}

export type BooksFault =
  | { readonly kind: "damaged"; readonly where: string }
  | { readonly kind: "newer-version"; readonly found: number };

/** Entries behind the journal's end that a backup checks; a restore checks all. */
const tailEntries = 1_000;
/** Checked between two looks at whether it goes on. */
const entriesAtOnce = 2_000;

/**
 * Opens a file that nobody writes, read-only, and looks at all of it: every table and index by SQLite's own check, then the
 * journal's chain. The facts are read from it and from nothing else.
 * @param check called between two pieces of work, the longest of them one table; what it throws ends it
 */
export async function checkBooks(
  path: string,
  how: "whole-chain" | "end-of-chain",
  check: () => Promise<void>,
): Promise<Result<BooksFacts, BooksFault>> {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    let facts: BooksFacts;
    try {
      const version = Number(db.pragma("user_version", { simple: true }));
      if (Number(db.pragma("application_id", { simple: true })) !== salesFile.applicationId)
        return fail({ kind: "damaged", where: "sales.db: not the books of a till" });
      if (version > salesMigrations.length) return fail({ kind: "newer-version", found: version });
      const sick = await sickTable(db, check);
      if (sick !== null) return fail({ kind: "damaged", where: `sales.db: ${sick}` });
      facts = factsOf(db, version);
    } finally {
      db.close();
    }
    const broken = await brokenChain(path, how, check);
    return broken === null ? ok(facts) : fail({ kind: "damaged", where: `sales.db: ${broken}` });
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    return fail({ kind: "damaged", where: `sales.db: ${error.message}`.slice(0, 200) });
  }
}

/** One table at a time: a year's file in one piece would be many seconds without a sign of life. */
async function sickTable(db: Database.Database, check: () => Promise<void>): Promise<string | null> {
  const tables = db.prepare<[], string>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
  for (const table of tables.pluck().all()) {
    await check();
    const found = String(db.pragma(`integrity_check('${table.replaceAll("'", "''")}')`, { simple: true }));
    if (found !== "ok") return found.slice(0, 160);
  }
  return null;
}

function factsOf(db: Database.Database, storeVersion: number): BooksFacts {
  const head = db
    .prepare<[], { terminalId: string; epoch: string; seq: number; hash: Uint8Array; at: string }>(
      `SELECT terminal_id AS terminalId, journal.epoch AS epoch, seq, hash, at_wall AS at FROM meta
       JOIN journal ON journal.position = (SELECT max(position) FROM journal)`,
    )
    .get();
  const counts = db
    .prepare<[], { entries: number; sales: number }>(
      "SELECT (SELECT count(*) FROM journal) AS entries, (SELECT count(*) FROM sales) AS sales",
    )
    .get();
  if (head === undefined || counts === undefined) throw new Database.SqliteError("no journal", "SQLITE_CORRUPT");
  const last = db.prepare<[], string>("SELECT sale_number FROM sales ORDER BY number DESC LIMIT 1").pluck().get();
  return {
    storeVersion,
    terminalId: head.terminalId,
    journal: {
      ...{ epoch: head.epoch, seq: head.seq },
      hash: Buffer.from(head.hash).toString("hex"),
      atMs: Date.parse(head.at),
    },
    entryCount: counts.entries,
    saleCount: counts.sales,
    lastSaleNumber: last ?? null,
  };
}

async function brokenChain(
  path: string,
  how: "whole-chain" | "end-of-chain",
  check: () => Promise<void>,
): Promise<string | null> {
  const books = openAuditBooks(path);
  try {
    const { total } = books.verify(0, 1);
    let after = how === "whole-chain" ? 0 : Math.max(0, total - tailEntries);
    while (after < total) {
      await check();
      const { through, broken } = books.verify(after, entriesAtOnce);
      if (broken !== null) return `journal entry ${broken.seq}: ${broken.why}`;
      if (through === after) return "journal entries are missing";
      after = through;
    }
    return null;
  } finally {
    books.close();
  }
}
