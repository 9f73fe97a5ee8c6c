import { overRefunds } from "#core/refund/shared-cap.ts";
import { places, type Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { noteForReview } from "./review.ts";

interface RefundRow {
  readonly terminal_id: string;
  readonly refund_no: string;
  readonly epoch: string;
  readonly seq: number;
  readonly tender_id: string;
  readonly amount_fen: number;
}

const reason = "refund-over-sale";

/**
 * Puts the refunds by which more of a sale was given back than was paid on the review list, with how much too much and
 * whose sale it was. What is flagged follows from the sale and its refunds alone, in whatever order they came: it is
 * reckoned anew whenever one of them does. Nothing while the sale is not here. Runs with the selling till's row held.
 */
export async function flagOverRefunds(tx: Tx, soldBy: TerminalPlace, saleId: string): Promise<void> {
  const { storeCode } = soldBy;
  const sale = await tx.first<{ sale_number: string }>(
    "SELECT sale_number FROM sales WHERE store_code = ? AND terminal_id = ? AND sale_id = ?",
    [storeCode, soldBy.terminalId, saleId],
  );
  if (sale === undefined) return;
  const paid = await tx.rows<{ tender_id: string; amount_fen: number }>(
    "SELECT tender_id, amount_fen FROM tenders WHERE store_code = ? AND terminal_id = ? AND sale_id = ? ORDER BY tender_id",
    [storeCode, soldBy.terminalId, saleId],
  );
  const refunds = await tx.rows<RefundRow>(
    `SELECT terminal_id, refund_no, epoch, seq, tender_id, amount_fen FROM refunds
     WHERE store_code = ? AND sale_terminal_id = ? AND sale_id = ? AND kind <> 'charge'
       AND state NOT IN ('closed', 'refused') ORDER BY requested_at, terminal_id, refund_no`,
    [storeCode, soldBy.terminalId, saleId],
  );
  const over = overRefunds(
    paid.map((row) => ({ tenderId: row.tender_id, amountFen: row.amount_fen })),
    refunds.map((row) => ({ ...row, tenderId: row.tender_id, amountFen: row.amount_fen })),
  );
  await tx.run(
    `DELETE FROM review_items WHERE store_code = ? AND reason = '${reason}' AND settled_ms IS NULL
       AND detail LIKE ?`,
    [storeCode, `${saleName(soldBy, sale.sale_number)}%`],
  );
  const seen = await tx.rows<{ detail: string }>(
    `SELECT detail FROM review_items WHERE store_code = ? AND reason = '${reason}' AND detail LIKE ?`,
    [storeCode, `${saleName(soldBy, sale.sale_number)}%`],
  );
  for (const { refund, overFen } of over) {
    const { terminal_id: terminalId, epoch, seq } = refund;
    const entry = await tx.first<{ received_ms: number }>(
      "SELECT received_ms FROM journal_events WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq = ?",
      [storeCode, terminalId, epoch, seq],
    );
    const detail = `${saleName(soldBy, sale.sale_number)}${refund.refund_no}, ${overFen} fen`;
    // A person has seen to it; the refund's next entry makes it no other one.
    if (seen.some((one) => one.detail === detail)) continue;
    await noteForReview(tx, { storeCode, terminalId }, [{ epoch, seq, reason, detail }], entry?.received_ms ?? 0);
  }
}

/** Of sales that have just come: most have no refund yet, and that takes one look. */
export async function flagRefundsOfSales(tx: Tx, soldBy: TerminalPlace, saleIds: readonly string[]): Promise<void> {
  if (saleIds.length === 0) return;
  const rows = await tx.rows<{ sale_id: string }>(
    `SELECT DISTINCT sale_id FROM refunds WHERE store_code = ? AND sale_terminal_id = ?
       AND sale_id IN (${places(saleIds)}) ORDER BY sale_id`,
    [soldBy.storeCode, soldBy.terminalId, ...saleIds],
  );
  for (const { sale_id: saleId } of rows) await flagOverRefunds(tx, soldBy, saleId);
}

/** How a flag begins: no number has a sign of LIKE's own in it. */
function saleName({ terminalId }: TerminalPlace, saleNumber: string): string {
  return `${terminalId} ${saleNumber}: `;
}
