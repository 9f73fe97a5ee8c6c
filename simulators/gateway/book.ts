import { applyEvent, nextByItself, unseenOrder, type LedgerEvent, type Order } from "./order.ts";

/** The ledger's events folded into orders, with the ways to find them. It lives in memory. */
export interface Book {
  readonly order: (outTradeNo: string) => Order;
  readonly orders: () => readonly Order[];
  /** Newest `historyLimit` events of one order, oldest first. */
  readonly history: (outTradeNo: string) => readonly LedgerEvent[];
  /** Orders to which something will happen by itself. */
  readonly waiting: () => readonly string[];
  readonly take: (event: LedgerEvent) => Order;
  readonly findByTransactionId: (transactionId: string) => Order | null;
  readonly findByRefund: (outRefundNo: string) => Order | null;
  readonly findByCodeUrl: (codeUrl: string) => Order | null;
  readonly findByPrepay: (prepayId: string) => Order | null;
  /** When the newest event happened; 0 for an empty book. */
  readonly lastAtMs: () => number;
}

/** A till polling one order every five seconds for an hour stays well below this. */
const historyLimit = 1_000;

export function createBook(now: () => number): Book {
  const orders = new Map<string, Order>();
  const histories = new Map<string, LedgerEvent[]>();
  const waiting = new Set<string>();
  /** Only the living url of an order leads to it. */
  const byCodeUrl = new Map<string, string>();
  const byPrepay = new Map<string, string>();
  const byTransactionId = new Map<string, string>();
  const byRefund = new Map<string, string>();
  let lastAtMs = 0;

  function order(outTradeNo: string): Order {
    return orders.get(outTradeNo) ?? unseenOrder(outTradeNo, now());
  }

  function found(index: ReadonlyMap<string, string>, key: string): Order | null {
    const outTradeNo = index.get(key);
    return outTradeNo === undefined ? null : order(outTradeNo);
  }

  function remember(event: LedgerEvent, before: Order): void {
    const { outTradeNo } = event;
    if (event.kind === "code-url") {
      if (before.codeUrl !== null) byCodeUrl.delete(before.codeUrl.url);
      byCodeUrl.set(event.codeUrl, outTradeNo);
    }
    if (event.kind === "prepay") byPrepay.set(event.prepayId, outTradeNo);
    if (event.kind === "paid") byTransactionId.set(event.transactionId, outTradeNo);
    if (event.kind === "refund-accepted") byRefund.set(event.outRefundNo, outTradeNo);
    lastAtMs = Math.max(lastAtMs, event.at);
    const history = histories.get(outTradeNo) ?? [];
    history.push(event);
    if (history.length > historyLimit) history.shift();
    histories.set(outTradeNo, history);
  }

  return {
    order,
    orders: () => [...orders.values()],
    history: (outTradeNo) => histories.get(outTradeNo) ?? [],
    waiting: () => [...waiting],
    take(event) {
      const before = order(event.outTradeNo);
      const next = applyEvent(before, event);
      remember(event, before);
      orders.set(event.outTradeNo, next);
      if (nextByItself(next) === null) waiting.delete(event.outTradeNo);
      else waiting.add(event.outTradeNo);
      return next;
    },
    findByTransactionId: (transactionId) => found(byTransactionId, transactionId),
    findByRefund: (outRefundNo) => found(byRefund, outRefundNo),
    findByCodeUrl: (codeUrl) => found(byCodeUrl, codeUrl),
    findByPrepay: (prepayId) => found(byPrepay, prepayId),
    lastAtMs: () => lastAtMs,
  };
}
