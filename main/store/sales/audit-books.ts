import Database from "better-sqlite3";
import { createHash } from "node:crypto";
import type {
  AuditEntry,
  AuditQuery,
  ReadJournalResult,
  VerifyJournalResult,
} from "#contract/worker/audit-messages.ts";
import { auditPageRows } from "#contract/worker/audit-messages.ts";
import { auditFacts, type AuditFacts } from "#core/journal/audit-facts.ts";
import { auditGroupOf } from "#core/journal/audit-groups.ts";
import { chainStart, verifyChain } from "#core/journal/chain.ts";
import type { JournalEntry, JournalKind, Sha256 } from "#core/journal/entry.ts";
import type { JournalRow } from "./read-entries.ts";

/** Longest wait while the till checkpoints its log. */
const busyTimeoutMs = 5_000;

/** The journal through a connection of its own that cannot write, for whoever looks something up in it. */
export interface AuditBooks {
  /**
   * The newest entries before `before` that the query finds, at most a page of them, among at most `step` entries: the
   * journal has no index but its order, and a search for what is not there must come back all the same.
   */
  page(query: AuditQuery, before: number | null, step: number): ReadJournalResult;
  /** Checks at most `step` entries behind `after` against their chain. */
  verify(after: number, step: number): VerifyJournalResult;
  /** Everybody who ever worked here, by id. */
  names(): ReadonlyMap<string, string>;
  close(): void;
}

type AuditRow = Pick<JournalRow, "epoch" | "seq" | "kind" | "at_wall" | "body" | "hash"> & {
  readonly position: number;
};

const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Throws what SQLite throws: the job that asked for it ends. */
export function openAuditBooks(path: string): AuditBooks {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  const last = db.prepare<[], number>("SELECT coalesce(max(position), 0) FROM journal").pluck();
  const saleOf = db.prepare<[string], { sale_id: string }>("SELECT sale_id FROM sales WHERE sale_number = ?");
  const numberOf = db.prepare<[string], string>("SELECT sale_number FROM sales WHERE sale_id = ?").pluck();
  // Bytes are looked for in bytes, and nothing is in all of them: what cannot be an answer never becomes a string.
  const newest = db.prepare<[number, number, string, string, Buffer, Buffer, Buffer], AuditRow>(`
    SELECT position, epoch, seq, kind, at_wall, body, hash FROM journal
    WHERE position < ? AND position >= ? AND at_wall >= ? AND at_wall < ?
      AND instr(body, ?) > 0 AND instr(body, ?) > 0 AND instr(body, ?) > 0
    ORDER BY position DESC`);
  const timeAt = db.prepare<[number], string>("SELECT at_wall FROM journal WHERE position >= ? LIMIT 1").pluck();

  function page(query: AuditQuery, before: number | null, step: number): ReadJournalResult {
    const from = Math.min(before ?? Infinity, (last.get() ?? 0) + 1);
    const floor = Math.max(from - step, 1);
    const saleId = query.saleNumber === null ? null : (saleOf.get(query.saleNumber)?.sale_id ?? null);
    const entries: AuditEntry[] = [];
    const bounds = [isoOf(query.fromMs, "0"), isoOf(query.toMs, "9")] as const;
    // A sale's other entries name it by its id; the number stands in its own entry alone.
    const saleWords = query.saleNumber === null ? "" : (saleId ?? query.saleNumber);
    const words = [query.personId ?? "", saleWords, query.amountFen === null ? "" : String(Math.abs(query.amountFen))];
    const [person = empty, sale = empty, amount = empty] = words.map((word) => Buffer.from(word));
    for (const row of newest.iterate(from, floor, ...bounds, person, sale, amount)) {
      const entry = entryOf(row, query, numberOf);
      if (entry === null) continue;
      entries.push(entry);
      if (entries.length === auditPageRows) return { entries, before: row.position, reachedMs: entry.atMs };
    }
    const reached = timeAt.get(floor);
    return {
      entries,
      before: floor <= 1 ? null : floor,
      reachedMs: reached === undefined ? null : Date.parse(reached),
    };
  }

  const chained = db.prepare<[number], JournalRow & { readonly position: number }>(
    "SELECT * FROM journal WHERE position > ? ORDER BY position",
  );
  const rowAt = db.prepare<[string, number], { seq: number; hash: Uint8Array }>(
    "SELECT seq, hash FROM journal WHERE epoch = ? AND seq = ?",
  );
  const terminalOf = db.prepare<[], string>("SELECT terminal_id FROM meta").pluck();
  const people = db.prepare<[], { cashier_id: string; name: string }>("SELECT cashier_id, name FROM cashiers");

  function verify(after: number, step: number): VerifyJournalResult {
    const terminalId = terminalOf.get() ?? "";
    const total = last.get() ?? 0;
    let through = after;
    let looked = 0;
    for (const row of chained.iterate(after)) {
      const from = row.seq === 1 ? chainStart() : (rowAt.get(row.epoch, row.seq - 1) ?? chainStart());
      const checked = verifyChain([entryOfRow(row, terminalId)], sha256, from);
      if (!checked.ok) return { through, total, broken: { seq: checked.fault.seq, why: checked.fault.kind } };
      through = row.position;
      looked += 1;
      if (looked === step) break;
    }
    return { through, total, broken: null };
  }

  const names = (): ReadonlyMap<string, string> => new Map(people.all().map((row) => [row.cashier_id, row.name]));
  return { page, verify, names, close: () => void db.close() };
}

const empty = Buffer.alloc(0);

/** RFC 3339 in UTC, as the journal has it, so that the order of the letters is that of the times. */
function isoOf(ms: number | null, otherwise: string): string {
  return ms === null ? otherwise : new Date(ms).toISOString();
}

function entryOf(
  row: AuditRow,
  query: AuditQuery,
  numberOf: { get(saleId: string): string | undefined },
): AuditEntry | null {
  if (query.group !== null && auditGroupOf(row.kind) !== query.group) return null;
  const text = Buffer.from(row.body.buffer, row.body.byteOffset, row.body.byteLength).toString("utf8");
  if (query.text !== null && !`${row.kind} ${text}`.toLowerCase().includes(query.text.toLowerCase())) return null;
  const facts = auditFacts(row.kind, parsed(text));
  if (!fits(facts, query)) return null;
  const number = facts.saleId === null ? undefined : numberOf.get(facts.saleId);
  if (query.saleNumber !== null && query.saleNumber !== (number ?? facts.saleNumber)) return null;
  return {
    ...{ position: row.position, epoch: row.epoch, seq: row.seq, kind: row.kind },
    hash8: Buffer.from(row.hash).toString("hex").slice(0, 8),
    atMs: Date.parse(row.at_wall),
    ...{ personId: facts.personId, approverId: facts.approverId, aboutId: facts.aboutId },
    saleId: number === undefined ? null : facts.saleId,
    saleNumber: number ?? facts.saleNumber,
    ...{ amountFen: facts.amountFen, note: facts.note, noteEn: facts.noteEn },
  };
}

function fits({ personId, approverId, aboutId, amountFen }: AuditFacts, query: AuditQuery): boolean {
  if (query.personId !== null && ![personId, approverId, aboutId].includes(query.personId)) return false;
  return query.amountFen === null || (amountFen !== null && Math.abs(amountFen) === Math.abs(query.amountFen));
}

/** Bytes that are no JSON any more are shown as an entry without facts; the check of the chain says what is wrong. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function entryOfRow(row: JournalRow, terminalId: string): JournalEntry {
  const { seq, epoch, v, at_wall, at_mono, body, prev, hash } = row;
  return {
    terminalId,
    epoch,
    seq,
    // Hashed as it stands, also where it is another version's.
    kind: row.kind as JournalKind,
    v,
    atWall: at_wall,
    atMono: at_mono,
    body,
    prev,
    hash,
  };
}
