import { publicKeyOf } from "../keys/ed25519.ts";
import type { Sql, Tx } from "../store/sql.ts";
import { findTerminal } from "../terminals/terminal.ts";
import { advance, type CarriedOrder, findOrder, holdOrMakeOrder } from "./orders.ts";
import type { CarriedRequest } from "./request.ts";

/** From the first opening; a customer who has not paid by then asks for a new request. Milliseconds. */
export const payableMs = 5 * 60_000;

/** Why a page is shown no order. */
export type RequestRefusal =
  /** Not signed by the till it names, or there is no such till. */
  | "forged"
  | "revoked"
  /** The number is another request's. */
  | "other-request";

/** The order a request is about, as far as there is one; or why the request is refused. */
export type RequestView =
  | { readonly kind: "order"; readonly order: CarriedOrder | null }
  | { readonly kind: "refused"; readonly why: RequestRefusal };

/** Whose request it is and what became of it. Nothing is stored by looking. */
export async function viewRequest(sql: Sql, request: CarriedRequest): Promise<RequestView> {
  const till = await findTerminal(sql, request);
  const key = till === undefined || till.role !== "till" ? null : publicKeyOf(till.publicKey);
  if (key === null || !request.isBy(key)) return refused("forged");
  const order = await findOrder(sql, request.storeCode, request.outTradeNo);
  if (order !== null && !isOfRequest(order, request)) return noteOther(sql, request);
  // What was paid before keeps its way; a revoked till opens nothing new.
  const isOver = order !== null && order.money !== "none" && order.money !== "open";
  if (till?.state !== "active" && !isOver) return refused("revoked");
  if (order === null && (await isOfOtherShop(sql, request))) return refused("other-request");
  return { kind: "order", order };
}

/**
 * Stores that a customer is about to pay, before the gateway hears of it. Idempotent: whoever opens it again finds the order
 * as it is, with the time limit of the first opening. A request that was not viewed as this till's must not get here.
 */
export async function openOrder(sql: Sql, request: CarriedRequest, nowMs: number): Promise<RequestView> {
  return sql.transaction(async (tx) => {
    const till = await findTerminal(tx, request);
    const order = await holdOrMakeOrder(tx, request, nowMs);
    if (!isOfRequest(order, request)) return refused("other-request");
    if (till?.state !== "active") return refused("revoked");
    const times = { openedMs: nowMs, expiresMs: nowMs + payableMs };
    return { kind: "order", order: await advance(tx, order, "open", nowMs, times) };
  });
}

/** True where this customer may still be asked for the money. */
export function isPayable({ money, till, expiresMs }: CarriedOrder, nowMs: number): boolean {
  if (till !== "silent") return false;
  return money === "none" || (money === "open" && nowMs < (expiresMs ?? 0));
}

function isOfRequest(order: CarriedOrder, { terminalId, amountFen, nonce }: CarriedRequest): boolean {
  return order.terminalId === terminalId && order.amountFen === amountFen && order.nonce === nonce;
}

function refused(why: RequestRefusal): RequestView {
  return { kind: "refused", why };
}

async function noteOther(sql: Sql, { storeCode, outTradeNo }: CarriedRequest): Promise<RequestView> {
  await sql.transaction((tx) =>
    tx.run("UPDATE carried_orders SET refused_pages = refused_pages + 1 WHERE store_code = ? AND out_trade_no = ?", [
      ...[storeCode, outTradeNo],
    ]),
  );
  return refused("other-request");
}

/** The merchant has one row of numbers for all its shops. */
async function isOfOtherShop(tx: Pick<Tx, "first">, { storeCode, outTradeNo }: CarriedRequest): Promise<boolean> {
  const row = await tx.first("SELECT 1 AS one FROM carried_orders WHERE out_trade_no = ? AND store_code <> ? LIMIT 1", [
    ...[outTradeNo, storeCode],
  ]);
  return row !== undefined;
}
