import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { noteForReview } from "./review.ts";

interface Sold {
  readonly terminal_id: string;
  readonly epoch: string;
  readonly seq: number;
  readonly sale_id: string;
}

/**
 * Puts sales on the review list that two tills of a shop have rung up, each till's own entry: a held sale has one owner at a
 * time, so one of the two should never have had it. Both stay in the totals, for both tills took the money. Whoever comes
 * first, the notes are the same. Of two tills that send it in the same instant neither may be seen by the other on PostgreSQL;
 * `rebuild` finds them.
 * @param saleIds of the batch's sales, those of which another till's entry is here
 */
export async function flagSoldTwice(tx: Tx, place: TerminalPlace, saleIds: readonly string[], noticedMs: number) {
  if (saleIds.length === 0) return;
  const { storeCode, terminalId } = place;
  const ids = `store_code = ? AND sale_id IN (${saleIds.map(() => "?").join(", ")})`;
  const others = await tx.rows<Sold>(
    `SELECT terminal_id, epoch, seq, sale_id FROM sales WHERE ${ids} AND terminal_id <> ? ORDER BY terminal_id, sale_id`,
    [storeCode, ...saleIds, terminalId],
  );
  const twice = new Set(others.map(({ sale_id: saleId }) => saleId));
  const own = await tx.rows<Sold>(
    `SELECT terminal_id, epoch, seq, sale_id FROM sales WHERE ${ids} AND terminal_id = ? ORDER BY sale_id`,
    [storeCode, ...saleIds, terminalId],
  );
  for (const { terminal_id: soldBy, epoch, seq, sale_id: detail } of [...own, ...others]) {
    if (!twice.has(detail)) continue;
    const note = { epoch, seq, reason: "sold-by-two-tills", detail } as const;
    await noteForReview(tx, { storeCode, terminalId: soldBy }, [note], noticedMs);
  }
}
