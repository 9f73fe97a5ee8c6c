import type { SharedClaim, SoldLine } from "#contract/wire/refund-grant.ts";
import { mostSoldLines } from "#contract/wire/refund-grant.ts";
import { fen } from "#core/money/fen.ts";
import type { SoldSale } from "#core/refund/sold-sale.ts";
import type { TenderKind } from "#core/sale/sale.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

type Reads = Pick<Tx, "first" | "rows">;

interface SaleRow {
  readonly sale_id: string;
  readonly sale_number: string;
  readonly business_date: string;
  readonly total_fen: number;
}

interface TenderRow {
  readonly tender_id: string;
  readonly kind: TenderKind;
  readonly amount_fen: number;
  readonly out_trade_no: string | null;
  readonly transaction_id: string | null;
  readonly taking: string | null;
}

/** By its number as printed; the newest where a till gave a number twice. */
export async function soldByNumber(tx: Reads, place: TerminalPlace, saleNumber: string): Promise<SoldSale | null> {
  const { storeCode, terminalId } = place;
  const row = await tx.first<SaleRow>(
    `SELECT sale_id, sale_number, business_date, total_fen FROM sales
     WHERE store_code = ? AND terminal_id = ? AND sale_number = ? ORDER BY completed_at DESC LIMIT 1`,
    [storeCode, terminalId, saleNumber],
  );
  return row === undefined ? null : soldOf(tx, place, row);
}

export async function soldById(tx: Reads, place: TerminalPlace, saleId: string): Promise<SoldSale | null> {
  const row = await tx.first<SaleRow>(
    `SELECT sale_id, sale_number, business_date, total_fen FROM sales
     WHERE store_code = ? AND terminal_id = ? AND sale_id = ?`,
    [place.storeCode, place.terminalId, saleId],
  );
  return row === undefined ? null : soldOf(tx, place, row);
}

async function soldOf(tx: Reads, place: TerminalPlace, row: SaleRow): Promise<SoldSale> {
  const tenders = await tx.rows<TenderRow>(
    `SELECT tender_id, kind, amount_fen, out_trade_no, transaction_id, taking FROM tenders
     WHERE store_code = ? AND terminal_id = ? AND sale_id = ? ORDER BY tender_id`,
    [place.storeCode, place.terminalId, row.sale_id],
  );
  return {
    ...{ terminalId: place.terminalId, saleId: row.sale_id, saleNumber: row.sale_number },
    ...{ businessDate: row.business_date, totalFen: fen(row.total_fen) },
    tenders: tenders.map((tender) => ({
      ...{ tenderId: tender.tender_id, kind: tender.kind },
      // What was looked for in the shop's records and never came is not there to be given back.
      amountFen: fen(tender.taking === "never-received" ? 0 : tender.amount_fen),
      ...{ outTradeNo: tender.out_trade_no, transactionId: tender.transaction_id },
    })),
  };
}

export async function linesOf(tx: Reads, place: TerminalPlace, saleId: string): Promise<readonly SoldLine[]> {
  const rows = await tx.rows<{ name_zh: string; name_en: string; unit: string; quantity: number; net_fen: number }>(
    `SELECT name_zh, name_en, unit, quantity_milli AS quantity, net_fen FROM sale_lines
     WHERE store_code = ? AND terminal_id = ? AND sale_id = ? ORDER BY line_number LIMIT ?`,
    [place.storeCode, place.terminalId, saleId, mostSoldLines],
  );
  return rows.map(({ name_zh: nameZh, name_en: nameEn, unit, quantity, net_fen: netFen }) => {
    return { nameZh, nameEn, unit: unit === "kg" ? "kg" : "piece", quantity, netFen };
  });
}

/** Beyond this many parts a sale is no sale of a shop: the gateway itself takes fifty. */
const mostClaims = 1_000;

/**
 * All that is given back of a sale or may be: refunds that have not failed, and grants whose end is not told. One statement,
 * so that a refund that takes the place of its grant is seen as the one or the other.
 */
export async function claimsOf(tx: Reads, place: TerminalPlace, saleId: string): Promise<readonly SharedClaim[]> {
  const rows = await tx.rows<{ terminal_id: string; tender_id: string; amount_fen: number; at: string; ms: number }>(
    `SELECT terminal_id, tender_id, amount_fen, requested_at AS at, 0 AS ms FROM refunds
     WHERE store_code = ? AND sale_terminal_id = ? AND sale_id = ? AND kind <> 'charge'
       AND state NOT IN ('closed', 'refused')
     UNION ALL
     SELECT g.terminal_id, g.tender_id, g.amount_fen, '' AS at, g.granted_ms AS ms FROM refund_grants g
     WHERE g.store_code = ? AND g.sale_terminal_id = ? AND g.sale_id = ? AND NOT EXISTS (
       SELECT 1 FROM refund_grant_ends e
       WHERE e.store_code = g.store_code AND e.terminal_id = g.terminal_id AND e.grant_id = g.grant_id)
     LIMIT ?`,
    [...[place.storeCode, place.terminalId, saleId], ...[place.storeCode, place.terminalId, saleId], mostClaims],
  );
  return rows.map(({ terminal_id: terminalId, tender_id: tenderId, amount_fen: amountFen, at, ms }) => {
    return { terminalId, tenderId, amountFen, atMs: at === "" ? ms : Date.parse(at) || 0 };
  });
}
