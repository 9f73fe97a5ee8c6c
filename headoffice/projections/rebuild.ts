import { entriesInOrder } from "../journal/stored-entries.ts";
import type { Office } from "../office.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { projectEntries } from "./project-entries.ts";
import { readEntry } from "./read-entry.ts";
import { readingReasons } from "./review.ts";

/** Entries read and built from at once: a batch of a till is never more. */
const entriesAtOnce = 500;

const tables = [
  ...(["sales", "sale_lines", "tenders", "refunds", "refund_grant_ends", "shifts", "day_totals"] as const),
  ...(["returned_lines", "carried_refusals"] as const),
] as const;

/**
 * Deletes what was built from the journals and builds it again from their entries, till by till in one transaction each:
 * the same rows, or better ones where this version reads more. Uploads of a till wait while its turn lasts. What a person
 * settled stays settled. @returns how many entries were read
 */
export async function rebuildProjections({ sql }: Pick<Office, "sql">): Promise<number> {
  const terminals = await sql.rows<{ store_code: string; terminal_id: string }>(
    "SELECT store_code, terminal_id FROM terminals ORDER BY store_code, terminal_id",
  );
  let count = 0;
  for (const { store_code: storeCode, terminal_id: terminalId } of terminals) {
    count += await sql.transaction((tx) => rebuildTerminal(tx, { storeCode, terminalId }), { isLong: true });
  }
  return count;
}

async function rebuildTerminal(tx: Tx, place: TerminalPlace): Promise<number> {
  const { storeCode, terminalId } = place;
  const key = [storeCode, terminalId];
  const ofTerminal = "store_code = ? AND terminal_id = ?";
  await tx.run(`UPDATE terminals SET epoch_count = epoch_count WHERE ${ofTerminal}`, key); // holds uploads back
  for (const table of tables) await tx.run(`DELETE FROM ${table} WHERE ${ofTerminal}`, key);
  const reasons = readingReasons.map((reason) => `'${reason}'`).join(", ");
  await tx.run(`DELETE FROM review_items WHERE ${ofTerminal} AND settled_ms IS NULL AND reason IN (${reasons})`, key);
  const epochs = await tx.rows<{ epoch: string; ordinal: number }>(
    `SELECT epoch, ordinal FROM epochs WHERE ${ofTerminal}`,
    key,
  );
  const ordinals = new Map(epochs.map(({ epoch, ordinal }) => [epoch, ordinal]));
  let after: readonly [batch: number, seq: number] = [0, 0];
  for (let count = 0; ;) {
    const entries = await entriesInOrder(tx, place, after, entriesAtOnce);
    const last = entries.at(-1);
    if (last === undefined) return count;
    // One batch is of one epoch and was received at one moment.
    for (const batch of Map.groupBy(entries, (entry) => entry.batch).values()) {
      const [{ epoch, receivedMs } = last] = batch;
      const told = batch.map((entry) => ({ ...entry, reading: readEntry(entry) }));
      await projectEntries(tx, place, { ordinal: ordinals.get(epoch) ?? 0, receivedMs }, told);
    }
    count += entries.length;
    after = [last.batch, last.seq];
  }
}
