import { advance, holdOrder } from "../carried/orders.ts";
import type { Sql } from "../store/sql.ts";
import { findTerminal } from "../terminals/terminal.ts";
import { noteDeed } from "./deeds.ts";
import type { CarriedAnswer, CarriedOrderAnswer } from "./shapes.ts";

/** A till whose line is back tells what became of a payment within moments; one that has none is left this long. Milliseconds. */
const silentMs = 10 * 60_000;
/** A till that has not spoken of a payment by then is taken for gone. Milliseconds. */
export const refundableMs = 7 * 86_400_000;
/** Refused pages and proofs older than this say nothing any more. Milliseconds. */
const shownMs = 30 * 86_400_000;
const mostShown = 200;

interface Row {
  readonly store_code: string;
  readonly terminal_id: string;
  readonly out_trade_no: string;
  readonly amount_fen: number;
  readonly money: string;
  readonly till: string;
  readonly made_ms: number;
  readonly paid_ms: number | null;
  readonly trouble: string;
  readonly terminal_state: string | null;
}

/** Payments carried by customers that need a person, newest first, and proofs that tills did not take. */
export async function listCarried(sql: Sql, nowMs: number): Promise<CarriedAnswer> {
  const rows = await sql.rows<Row>(
    `SELECT o.store_code, o.terminal_id, o.out_trade_no, o.amount_fen, o.money, o.till, o.made_ms, o.paid_ms, o.trouble,
       t.state AS terminal_state
     FROM carried_orders AS o
     LEFT JOIN terminals AS t ON t.store_code = o.store_code AND t.terminal_id = o.terminal_id
     WHERE (o.money = 'paid' AND o.till = 'silent' AND o.paid_ms <= ?) OR (o.till = 'sold' AND o.money <> 'paid')
       OR (o.trouble <> '' AND o.next_ms IS NOT NULL) OR (o.refused_pages > 0 AND o.made_ms >= ?)
     ORDER BY o.made_ms DESC, o.store_code, o.out_trade_no LIMIT ?`,
    [nowMs - silentMs, nowMs - shownMs, mostShown],
  );
  const refusals = await sql.rows<CarriedAnswer["refusals"][number]>(
    `SELECT store_code AS "storeCode", terminal_id AS "terminalId", out_trade_no AS "outTradeNo", why,
       noticed_ms AS "noticedMs"
     FROM carried_refusals WHERE noticed_ms >= ? ORDER BY noticed_ms DESC, store_code, terminal_id, epoch, seq LIMIT ?`,
    [nowMs - shownMs, mostShown],
  );
  return { orders: rows.map((row) => orderAnswer(row, nowMs)), refusals };
}

function orderAnswer(row: Row, nowMs: number): CarriedOrderAnswer {
  const isSilent = row.money === "paid" && row.till === "silent";
  const isGone = row.terminal_state !== "active" || (row.paid_ms ?? nowMs) <= nowMs - refundableMs;
  return {
    ...{ storeCode: row.store_code, terminalId: row.terminal_id, outTradeNo: row.out_trade_no },
    ...{ amountFen: row.amount_fen, paidMs: row.paid_ms, trouble: row.trouble },
    why: whyOf(row),
    mayRefund: isSilent && isGone,
    refundableFromMs: isSilent && !isGone ? (row.paid_ms ?? nowMs) + refundableMs : null,
  };
}

function whyOf({ money, till, trouble }: Row): CarriedOrderAnswer["why"] {
  if (till === "sold" && money !== "paid") return "not-paid";
  if (money === "paid" && till === "silent") return "silent";
  return trouble === "" ? "other-request" : "trouble";
}

/**
 * A manager gives a payment back that its till never spoke of, and answers for it: where the till has sold after all, its sale
 * will stand on the review list. False where it may not be given back, or is already on its way.
 */
export async function refundCarried(
  sql: Sql,
  by: string,
  { storeCode, outTradeNo }: { readonly storeCode: string; readonly outTradeNo: string },
  nowMs: number,
): Promise<boolean> {
  return sql.transaction(async (tx) => {
    const order = await holdOrder(tx, storeCode, outTradeNo);
    if (order === null) return false;
    const till = await findTerminal(tx, order);
    const isGone = till?.state !== "active" || (order.paidMs ?? nowMs) <= nowMs - refundableMs;
    if (!isGone) return false;
    const after = await advance(tx, order, "refund-asked", nowMs);
    if (after === order) return false;
    const detail = `${outTradeNo} ${order.terminalId} ${order.amountFen}`;
    await noteDeed(tx, { name: by, deed: "carried-refunded", storeCode, detail }, nowMs);
    return true;
  });
}
