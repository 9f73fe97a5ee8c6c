import type { WireEntry } from "#core/journal/wire-entry.ts";
import { type CarriedWord, keepCarriedRefusal, takeCarriedWord } from "../carried/project-carried.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { addToDays, type DayShare } from "./day-totals.ts";
import type { Reading } from "./read-entry.ts";
import { flagRefundsOfSales } from "./over-refunds.ts";
import { endGrant, projectRefund } from "./refund-rows.ts";
import { projectLooseReturn } from "./loose-return-rows.ts";
import { projectReturn } from "./return-rows.ts";
import { flagSoldTwice } from "./sold-twice.ts";
import { noteForReview, type ReviewNote } from "./review.ts";
import { endTaking, type TakingEnd } from "./taking-rows.ts";
import { insertSales, type SaleEntry } from "./sale-rows.ts";
import { closeShift, openShift } from "./shift-rows.ts";

/** An entry, and what `readEntry` makes of it. */
export interface ToldEntry extends Pick<WireEntry, "epoch" | "seq" | "hash"> {
  readonly reading: Reading;
}

/**
 * Builds what the entries of one batch tell: sales, refunds, shifts, days, and what a person should look at. Runs in the
 * transaction that stores them, and again, in the same order and with the same result, when projections are built anew.
 * @param batch the place of the epoch they are all of, and when they were received: milliseconds since 1970
 * @returns how many entries were flagged
 */
export async function projectEntries(
  tx: Tx,
  place: TerminalPlace,
  { ordinal, receivedMs }: { readonly ordinal: number; readonly receivedMs: number },
  entries: readonly ToldEntry[],
): Promise<number> {
  const sales: SaleEntry[] = [];
  const notes: ReviewNote[] = [];
  const days: DayShare[] = [];
  const ends: { readonly entry: ToldEntry; readonly end: TakingEnd }[] = [];
  const tellOrders = async (words: readonly CarriedWord[], entry: ToldEntry): Promise<readonly ReviewNote[]> => {
    const found: ReviewNote[] = [];
    for (const word of words) found.push(...(await takeCarriedWord(tx, place, entry, word, receivedMs)));
    return found;
  };
  for (const entry of entries) {
    const { epoch, seq, reading } = entry;
    if (reading.kind === "review") notes.push({ epoch, seq, reason: reading.reason, detail: reading.detail });
    else if (reading.kind === "sale") {
      sales.push({ epoch, seq, hash: entry.hash, sale: reading.sale });
      // Of another till's sale under this one's name nothing is believed.
      if (reading.sale.terminalId === place.terminalId) notes.push(...(await tellOrders(reading.sale.carried, entry)));
    } else if (reading.kind === "carried") notes.push(...(await tellOrders([reading.word], entry)));
    else if (reading.kind === "carried-refused") {
      await keepCarriedRefusal(tx, place, entry, reading.refusal, receivedMs);
    } else if (reading.kind === "refund") {
      const outcome = await projectRefund(tx, place, entry, reading);
      notes.push(...outcome.notes);
      days.push(...outcome.days);
    } else if (reading.kind === "loose-return") {
      const outcome = await projectLooseReturn(tx, place, entry, reading.returned);
      notes.push(...outcome.notes);
      days.push(...outcome.days);
    } else if (reading.kind === "grant-returned") await endGrant(tx, place, reading.grantId);
    else if (reading.kind === "goods-returned") await projectReturn(tx, place, reading.returned);
    else if (reading.kind === "taking") ends.push({ entry, end: reading.end });
    else if (reading.kind === "shift-opened") notes.push(...(await openShift(tx, place, entry, reading.shift)));
    else if (reading.kind === "shift-closed") notes.push(...(await closeShift(tx, place, entry, reading.closing)));
  }
  const sold = await insertSales(tx, place, ordinal, sales);
  // Another till's refund of them may have come before.
  await flagRefundsOfSales(
    tx,
    place,
    sales.map(({ sale }) => sale.saleId),
  );
  await flagSoldTwice(tx, place, sold.soldElsewhere, receivedMs);
  await addToDays(tx, place, [...days, ...sold.days]);
  notes.push(...sold.notes);
  // Their sales may have come in the same batch.
  for (const { entry, end } of ends) notes.push(...(await endTaking(tx, place, entry, end)));
  await noteForReview(tx, place, notes, receivedMs);
  return new Set(notes.map(({ seq }) => seq)).size;
}
