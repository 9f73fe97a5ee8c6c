import { noteForReview, type ReviewReason } from "../projections/review.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import {
  isSoldUnpaid,
  isUnderWay,
  type MoneyState,
  type OrderEvent,
  type OrderState,
  stepOrder,
  type TillWord,
} from "./order.ts";
import { nextAskMs } from "./timetable.ts";

/** A carried order as it is stored. */
export interface CarriedOrder extends OrderState, TerminalPlace {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly linesFen: number;
  readonly lineCount: number;
  /** Base64url; empty where only a sale has named the number. */
  readonly nonce: string;
  readonly secretId: string;
  readonly openedMs: number | null;
  /** Nobody can pay after it; milliseconds since 1970. */
  readonly expiresMs: number | null;
  readonly paidMs: number | null;
  readonly transactionId: string | null;
  /** When it came to where its money is: the timetable counts from here. */
  readonly phaseMs: number;
  /** When the gateway is to be asked next; null where there is nothing to ask. */
  readonly nextMs: number | null;
  /** The till's entry. */
  readonly told: {
    readonly epoch: string;
    readonly seq: number;
    readonly amountFen: number;
    readonly atMs: number;
  } | null;
  /** Why the gateway does not do what it was asked; a code, empty where it does. */
  readonly trouble: string;
}

/** As the database has it. */
interface OrderRow {
  readonly store_code: string;
  readonly out_trade_no: string;
  readonly terminal_id: string;
  readonly amount_fen: number;
  readonly lines_fen: number;
  readonly line_count: number;
  readonly nonce: string;
  readonly secret_id: string;
  readonly money: MoneyState;
  readonly till: TillWord;
  readonly opened_ms: number | null;
  readonly expires_ms: number | null;
  readonly paid_ms: number | null;
  readonly transaction_id: string | null;
  readonly phase_ms: number;
  readonly next_ms: number | null;
  readonly told_epoch: string | null;
  readonly told_seq: number | null;
  readonly told_fen: number | null;
  readonly told_ms: number | null;
  readonly trouble: string;
}

const columns =
  "store_code, out_trade_no, terminal_id, amount_fen, lines_fen, line_count, nonce, secret_id, money, till, opened_ms, " +
  "expires_ms, paid_ms, transaction_id, phase_ms, next_ms, told_epoch, told_seq, told_fen, told_ms, trouble";

/** What a page's request or a till's entry says of an order nobody has named before. */
export interface OrderFacts extends TerminalPlace {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly linesFen: number;
  readonly lineCount: number;
  readonly nonce: string;
  readonly secretId: string;
}

export async function findOrder(
  tx: Pick<Tx, "first">,
  storeCode: string,
  outTradeNo: string,
): Promise<CarriedOrder | null> {
  const row = await tx.first<OrderRow>(
    `SELECT ${columns} FROM carried_orders WHERE store_code = ? AND out_trade_no = ?`,
    [storeCode, outTradeNo],
  );
  return row === undefined ? null : orderOf(row);
}

/** Of whichever shop: a notification names the number alone. At most one shop has it, as long as tills name theirs. */
export async function ordersOfNumber(tx: Pick<Tx, "rows">, outTradeNo: string): Promise<readonly CarriedOrder[]> {
  const rows = await tx.rows<OrderRow>(
    `SELECT ${columns} FROM carried_orders WHERE out_trade_no = ? ORDER BY store_code LIMIT 2`,
    [outTradeNo],
  );
  return rows.map(orderOf);
}

/** Holds the order until the transaction ends, as it is now; null where there is none. */
export async function holdOrder(tx: Tx, storeCode: string, outTradeNo: string): Promise<CarriedOrder | null> {
  const row = await tx.first<OrderRow>(
    `UPDATE carried_orders SET turn = turn + 1 WHERE store_code = ? AND out_trade_no = ? RETURNING ${columns}`,
    [storeCode, outTradeNo],
  );
  return row === undefined ? null : orderOf(row);
}

/** Holds the order, made from these facts where nobody has named it before; what is stored already stays as it is. */
export async function holdOrMakeOrder(tx: Tx, facts: OrderFacts, nowMs: number): Promise<CarriedOrder> {
  const { storeCode, terminalId, outTradeNo, amountFen, linesFen, lineCount, nonce, secretId } = facts;
  await tx.run(
    `INSERT INTO carried_orders (store_code, out_trade_no, terminal_id, amount_fen, lines_fen, line_count, nonce, secret_id,
       money, till, made_ms, phase_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'none', 'silent', ?, ?)
     ON CONFLICT (store_code, out_trade_no) DO NOTHING`,
    [storeCode, outTradeNo, terminalId, amountFen, linesFen, lineCount, nonce, secretId, nowMs, nowMs],
  );
  const order = await holdOrder(tx, storeCode, outTradeNo);
  if (order === null) throw new Error("the order was inserted or was there");
  return order;
}

/** Moves an order that this transaction holds, and plans what the gateway is asked next. @returns the order after it */
export async function advance(
  tx: Tx,
  order: CarriedOrder,
  event: OrderEvent,
  nowMs: number,
  more: Partial<Pick<CarriedOrder, "transactionId" | "openedMs" | "expiresMs" | "told">> = {},
): Promise<CarriedOrder> {
  const step = stepOrder(order, event);
  if (step === order) return order;
  const hasMoved = step.money !== order.money;
  const isPaidNow = event === "paid";
  const next: CarriedOrder = {
    ...order,
    ...more,
    ...{ money: step.money, till: step.till },
    ...(isPaidNow ? { paidMs: nowMs } : {}),
    ...(hasMoved ? { phaseMs: nowMs, trouble: "", nextMs: firstAskMs(step, nowMs) } : {}),
  };
  await tx.run(
    `UPDATE carried_orders SET money = ?, till = ?, opened_ms = ?, expires_ms = ?, paid_ms = ?, transaction_id = ?,
       phase_ms = ?, next_ms = ?, told_epoch = ?, told_seq = ?, told_fen = ?, told_ms = ?, trouble = ?
     WHERE store_code = ? AND out_trade_no = ?`,
    [
      ...[next.money, next.till, next.openedMs, next.expiresMs, next.paidMs, next.transactionId, next.phaseMs],
      ...[next.nextMs, next.told?.epoch ?? null, next.told?.seq ?? null, next.told?.amountFen ?? null],
      ...[next.told?.atMs ?? null, next.trouble, order.storeCode, order.outTradeNo],
    ],
  );
  await reckonSale(tx, next);
  return next;
}

/**
 * Puts a sale on the review list that rests on money that is not there or on another amount, and takes it off when that
 * changes: whichever of the two came first, the list ends up the same.
 */
export async function reckonSale(tx: Tx, order: CarriedOrder): Promise<void> {
  const { told, storeCode, terminalId, outTradeNo, amountFen } = order;
  if (told === null || order.till !== "sold") return;
  await tx.run(
    `DELETE FROM review_items WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq = ? AND settled_ms IS NULL
       AND reason IN ('carried-not-paid', 'carried-other-request')`,
    [storeCode, terminalId, told.epoch, told.seq],
  );
  const note = async (reason: ReviewReason, detail: string) =>
    noteForReview(tx, order, [{ epoch: told.epoch, seq: told.seq, reason, detail }], told.atMs);
  if (isSoldUnpaid(order)) await note("carried-not-paid", outTradeNo);
  if (told.amountFen !== amountFen) {
    await note("carried-other-request", `${outTradeNo}: ${told.amountFen} fen, not ${amountFen}`);
  }
}

/** A new place of the money is asked about at once, but for an order that was opened just now. */
function firstAskMs(step: OrderState, nowMs: number): number | null {
  if (!isUnderWay(step)) return null;
  return step.money === "open" ? nextAskMs(nowMs, nowMs) : nowMs;
}

function orderOf(row: OrderRow): CarriedOrder {
  const { told_epoch: epoch, told_seq: seq, told_fen: amountFen, told_ms: atMs } = row;
  const isTold = epoch !== null && seq !== null && amountFen !== null && atMs !== null;
  return {
    ...{ storeCode: row.store_code, terminalId: row.terminal_id, outTradeNo: row.out_trade_no },
    ...{ amountFen: row.amount_fen, linesFen: row.lines_fen, lineCount: row.line_count, nonce: row.nonce },
    ...{ secretId: row.secret_id, money: row.money, till: row.till, openedMs: row.opened_ms },
    ...{ expiresMs: row.expires_ms, paidMs: row.paid_ms, transactionId: row.transaction_id },
    ...{ phaseMs: row.phase_ms, nextMs: row.next_ms, trouble: row.trouble },
    told: isTold ? { epoch, seq, amountFen, atMs } : null,
  };
}
