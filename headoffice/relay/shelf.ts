import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Sql } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { readKept } from "./read-kept.ts";

/** Uploads kept of one till: two weeks at one sale a minute. Beyond it the till is told to wait and keeps them itself. */
export const mostKeptBatches = 20_000;

const pack = promisify(gzip);

/** The first upload that waits of one epoch of one till: later ones build on it. */
export interface WaitingBatch extends TerminalPlace {
  readonly batch: number;
  readonly epoch: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly goesTo: "journal" | "quarantine";
}

/**
 * Keeps an upload, durably when this resolves; the same one again changes nothing.
 * @returns fault where the shelf of this till is full
 */
export async function keepBatch(
  sql: Sql,
  { storeCode, terminalId }: TerminalPlace,
  entries: readonly WireEntry[],
  nowMs: number,
): Promise<Result<null, "full">> {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return ok(null);
  const body = await pack(JSON.stringify({ entries }));
  return sql.transaction(async (tx) => {
    const row = await tx.first<{ batch_count: number }>(
      `UPDATE terminals SET batch_count = batch_count + 1, last_seen_ms = ?
       WHERE store_code = ? AND terminal_id = ? RETURNING batch_count`,
      [nowMs, storeCode, terminalId],
    );
    const kept = await tx.first<{ n: number }>(
      "SELECT COUNT(*) AS n FROM relay_batches WHERE store_code = ? AND terminal_id = ?",
      [storeCode, terminalId],
    );
    if (row === undefined || (kept?.n ?? 0) >= mostKeptBatches) return fail("full");
    const added = await tx.run(
      `INSERT INTO relay_batches (store_code, terminal_id, batch, epoch, first_seq, last_seq, last_hash, body, kept_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (store_code, terminal_id, epoch, first_seq, last_seq, last_hash) DO NOTHING`,
      [storeCode, terminalId, row.batch_count, first.epoch, first.seq, last.seq, last.hash, body, nowMs],
    );
    if (added > 0) await readKept(tx, { storeCode, terminalId }, entries);
    return ok(null);
  });
}

/** One of each till and epoch, the oldest first. */
export async function waitingHeads(sql: Sql): Promise<readonly WaitingBatch[]> {
  const rows = await sql.rows<HeadRow>(
    `SELECT b.store_code, b.terminal_id, b.batch, b.epoch, b.first_seq, b.last_seq, b.goes_to FROM relay_batches b
     JOIN (SELECT store_code, terminal_id, epoch, MIN(batch) AS batch FROM relay_batches
           GROUP BY store_code, terminal_id, epoch) heads
       ON heads.store_code = b.store_code AND heads.terminal_id = b.terminal_id AND heads.batch = b.batch
     ORDER BY b.kept_ms, b.terminal_id, b.batch`,
  );
  return rows.map((row) => ({
    ...{ storeCode: row.store_code, terminalId: row.terminal_id, batch: row.batch, epoch: row.epoch },
    ...{ firstSeq: row.first_seq, lastSeq: row.last_seq, goesTo: row.goes_to },
  }));
}

interface HeadRow {
  readonly store_code: string;
  readonly terminal_id: string;
  readonly batch: number;
  readonly epoch: string;
  readonly first_seq: number;
  readonly last_seq: number;
  readonly goes_to: WaitingBatch["goesTo"];
}

/** The upload as the till made it: gzip of its JSON. */
export async function bodyOf(sql: Sql, at: WaitingBatch): Promise<Uint8Array> {
  const row = await sql.first<{ body: Uint8Array }>(
    "SELECT body FROM relay_batches WHERE store_code = ? AND terminal_id = ? AND batch = ?",
    [at.storeCode, at.terminalId, at.batch],
  );
  if (row === undefined) throw new Error("only the one sender takes batches away");
  return row.body;
}

/** Head office has it. */
export async function dropBatch(sql: Sql, at: WaitingBatch): Promise<void> {
  await sql.transaction((tx) =>
    tx.run("DELETE FROM relay_batches WHERE store_code = ? AND terminal_id = ? AND batch = ?", [
      ...[at.storeCode, at.terminalId, at.batch],
    ]),
  );
}

/** Head office has other entries under these keys, or the till was revoked: they are kept apart there. */
export async function sendApart(sql: Sql, at: WaitingBatch): Promise<void> {
  await sql.transaction((tx) =>
    tx.run("UPDATE relay_batches SET goes_to = 'quarantine' WHERE store_code = ? AND terminal_id = ? AND batch = ?", [
      ...[at.storeCode, at.terminalId, at.batch],
    ]),
  );
}

export async function countWaiting(sql: Sql): Promise<number> {
  return (await sql.first<{ n: number }>("SELECT COUNT(*) AS n FROM relay_batches"))?.n ?? 0;
}
