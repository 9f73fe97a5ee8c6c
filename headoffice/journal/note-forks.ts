import { formatYuan } from "#core/money/yuan.ts";
import { fen } from "#core/money/fen.ts";
import { noteForReview, type ReviewNote } from "../projections/review.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { ReadEntry } from "./read-upload.ts";
import { noHash, storedHashes } from "./stored-entries.ts";

/** A fork as a person looks it up: its key, what is stored here, and what the till has. Hashes are hex. */
export function forkNote(
  key: { readonly epoch: string; readonly seq: number },
  held: string,
  sent: string,
): ReviewNote {
  return { epoch: key.epoch, seq: key.seq, reason: "fork", detail: `${held} ≠ ${sent}` };
}

/**
 * Puts on the review list where a till's entries of one epoch leave what is stored, once, and each of its sales whose number
 * stands under another sale here: both are shown, neither is touched. Entries of an epoch that is not here say nothing.
 */
export async function noteForks(
  tx: Tx,
  place: TerminalPlace,
  entries: readonly ReadEntry[],
  noticedMs: number,
): Promise<void> {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return;
  const stored = await storedHashes(tx, place, first.epoch, [Math.max(1, first.seq - 1), last.seq]);
  const isOther = ({ seq, hash }: ReadEntry): boolean => stored.has(seq) && stored.get(seq) !== hash;
  const leaving = entries.find((one) => isOther(one) && (stored.get(one.seq - 1) ?? noHash) === one.prev);
  const notes = leaving === undefined ? [] : [forkNote(leaving, stored.get(leaving.seq) ?? noHash, leaving.hash)];
  for (const entry of entries) {
    const note = await sameNumber(tx, place, entry);
    if (note !== null) notes.push(note);
  }
  await noteForReview(tx, place, notes, noticedMs);
}

async function sameNumber(tx: Tx, place: TerminalPlace, entry: ReadEntry): Promise<ReviewNote | null> {
  const { reading } = entry;
  if (reading.kind !== "sale") return null;
  const { saleId, saleNumber, totalFen } = reading.sale;
  const there = await tx.first<{ total: number }>(
    `SELECT total_fen AS total FROM sales WHERE store_code = ? AND terminal_id = ? AND sale_number = ? AND sale_id <> ?`,
    [place.storeCode, place.terminalId, saleNumber, saleId],
  );
  if (there === undefined) return null;
  const { epoch, seq } = entry;
  const detail = `${saleNumber}: ¥${formatYuan(fen(there.total))} / ¥${formatYuan(fen(totalFen))}`;
  return { epoch, seq, reason: "sale-behind-fork", detail };
}
