import { places, type Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { noteForReview } from "./review.ts";

interface Sold {
  readonly epoch: string;
  readonly seq: number;
  readonly sale_id: string;
}

/** A till of the shop, and the sale that it has rung up. */
export interface SoldBy {
  readonly terminalId: string;
  readonly saleId: string;
}

/** By whom of the shop these sales have been rung up, as far as it is here. Each is looked up: no question walks the shop's. */
export async function soldByWhom(tx: Tx, storeCode: string, saleIds: readonly string[]): Promise<readonly SoldBy[]> {
  if (saleIds.length === 0) return [];
  const rows = await tx.rows<{ terminal_id: string; sale_id: string }>(
    `SELECT terminal_id, sale_id FROM sales WHERE store_code = ? AND sale_id IN (${places(saleIds)})`,
    [storeCode, ...saleIds],
  );
  return rows.map(({ terminal_id: terminalId, sale_id: saleId }) => ({ terminalId, saleId }));
}

/**
 * Puts sales on the review list that two tills of a shop have rung up, each till's own entry: a held sale has one owner at a
 * time, so one of the two should never have had it. Both stay in the totals, for both tills took the money. Whoever comes
 * first, the notes are the same. Of two tills that send it in the same instant neither may be seen by the other on PostgreSQL;
 * `rebuild` finds them.
 * @param elsewhere the batch's sales of which another till's entry is here
 */
export async function flagSoldTwice(tx: Tx, place: TerminalPlace, elsewhere: readonly SoldBy[], noticedMs: number) {
  for (const [soldBy, saleIds] of byTill(place, elsewhere)) {
    const rows = await tx.rows<Sold>(
      `SELECT epoch, seq, sale_id FROM sales
       WHERE store_code = ? AND terminal_id = ? AND sale_id IN (${places(saleIds)}) ORDER BY sale_id`,
      [place.storeCode, soldBy, ...saleIds],
    );
    const notes = rows.map(({ epoch, seq, sale_id: detail }) => {
      return { epoch, seq, reason: "sold-by-two-tills", detail } as const;
    });
    await noteForReview(tx, { ...place, terminalId: soldBy }, notes, noticedMs);
  }
}

/** Which of the sales each till has rung up: this one all of them, then the others in one order for everybody. */
function byTill(
  { terminalId: own }: TerminalPlace,
  elsewhere: readonly SoldBy[],
): ReadonlyMap<string, readonly string[]> {
  const tills = new Map(elsewhere.length === 0 ? [] : [[own, [...new Set(elsewhere.map(({ saleId }) => saleId))]]]);
  for (const { terminalId, saleId } of elsewhere.toSorted((a, b) => (a.terminalId < b.terminalId ? -1 : 1))) {
    const known = tills.get(terminalId);
    if (known === undefined) tills.set(terminalId, [saleId]);
    else known.push(saleId);
  }
  return tills;
}
