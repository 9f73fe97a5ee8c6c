import type { WireEntry } from "#core/journal/wire-entry.ts";
import { readEntry } from "../projections/read-entry.ts";
import { endGrant, projectRefund } from "../projections/refund-rows.ts";
import { insertSales, type SaleEntry } from "../projections/sale-rows.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

/**
 * What a relay makes of the entries it keeps: sales, refunds and grants that were returned, in the same tables as head
 * office, so that it can say what is left of a sale while head office is out of reach. What it judges wrong about them, head
 * office will judge: here it changes nothing. Entries that come again change nothing either.
 */
export async function readKept(tx: Tx, place: TerminalPlace, entries: readonly WireEntry[]): Promise<void> {
  const sales: SaleEntry[] = [];
  for (const entry of entries) {
    const reading = readEntry(entry);
    const { epoch, seq, hash } = entry;
    if (reading.kind === "sale") sales.push({ epoch, seq, hash, sale: reading.sale });
    else if (reading.kind === "refund") await projectRefund(tx, place, entry, reading);
    else if (reading.kind === "grant-returned") await endGrant(tx, place, reading.grantId);
  }
  await insertSales(tx, place, 0, sales);
}
