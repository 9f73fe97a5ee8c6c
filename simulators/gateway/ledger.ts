import { randomInt } from "node:crypto";
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import type { Announce } from "../control/route.ts";
import { compactBeijingDate } from "./beijing-time.ts";
import { applyEvent, nextByItself, unseenOrder, type LedgerEvent, type Order } from "./order.ts";

/** The gateway's book of orders. Every change is an appended line, written before the answer leaves. */
export interface Ledger {
  readonly order: (outTradeNo: string) => Order;
  readonly orders: () => readonly Order[];
  /** Newest `historyLimit` events of one order, oldest first. */
  readonly history: (outTradeNo: string) => readonly LedgerEvent[];
  readonly record: (event: LedgerEvent) => Order;
  /** Marks the order paid and makes its transaction id. */
  readonly pay: (outTradeNo: string, atMs: number) => Order;
  /** Lets everything happen that was due by now: passwords, slow charges, automatic revokes. */
  readonly advance: () => void;
  readonly findByCodeUrl: (codeUrl: string) => Order | null;
  readonly close: () => void;
}

/** A till polling one order every five seconds for an hour stays well below this. */
const historyLimit = 1_000;

/**
 * @param statePath file of JSON lines; created when missing. A last line cut short by a kill is dropped: its answer was
 *   never sent. Any other unreadable line throws, for a book with holes proves nothing.
 */
export function openLedger(options: {
  readonly statePath?: string | undefined;
  readonly now: () => number;
  readonly announce: Announce;
}): Ledger {
  const orders = new Map<string, Order>();
  const histories = new Map<string, LedgerEvent[]>();
  const open = new Set<string>();
  /** Only the living url of an order leads to it. */
  const byCodeUrl = new Map<string, string>();

  function order(outTradeNo: string): Order {
    return orders.get(outTradeNo) ?? unseenOrder(outTradeNo, options.now());
  }

  function take(event: LedgerEvent): Order {
    const before = order(event.outTradeNo);
    const next = applyEvent(before, event);
    if (event.kind === "code-url") {
      if (before.codeUrl !== null) byCodeUrl.delete(before.codeUrl.url);
      byCodeUrl.set(event.codeUrl, event.outTradeNo);
    }
    orders.set(event.outTradeNo, next);
    if (nextByItself(next) === null) open.delete(event.outTradeNo);
    else open.add(event.outTradeNo);
    const history = histories.get(event.outTradeNo) ?? [];
    history.push(event);
    if (history.length > historyLimit) history.shift();
    histories.set(event.outTradeNo, history);
    return next;
  }

  const file = options.statePath === undefined ? null : openLines(options.statePath, take);

  function record(event: LedgerEvent): Order {
    if (file !== null) writeSync(file, `${JSON.stringify(event)}\n`);
    const next = take(event);
    options.announce("gateway");
    if (event.kind !== "request" && event.kind !== "violation") options.announce("wallet");
    return next;
  }

  function pay(outTradeNo: string, at: number): Order {
    return record({ kind: "paid", at, outTradeNo, transactionId: newTransactionId(at) });
  }

  function advance(): void {
    const nowMs = options.now();
    for (const outTradeNo of open) {
      const next = nextByItself(order(outTradeNo));
      if (next === null || next.atMs > nowMs) continue;
      if (next.what === "paid") pay(outTradeNo, next.atMs);
      else if (next.what === "refused") record({ kind: "failed", at: next.atMs, outTradeNo, reason: "refused" });
      else record({ kind: "revoked", at: next.atMs, outTradeNo, by: "time" });
    }
  }

  return {
    order,
    orders: () => [...orders.values()],
    history: (outTradeNo) => histories.get(outTradeNo) ?? [],
    record,
    pay,
    advance,
    findByCodeUrl(codeUrl) {
      const outTradeNo = byCodeUrl.get(codeUrl);
      return outTradeNo === undefined ? null : order(outTradeNo);
    },
    close: () => {
      if (file !== null) closeSync(file);
    },
  };
}

/** Replays the file and leaves it open for appending. */
function openLines(path: string, take: (event: LedgerEvent) => Order): number {
  const file = openSync(path, "a+", 0o600);
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) ftruncateSync(file, whole);
  for (const line of bytes.subarray(0, whole).toString("utf8").split("\n")) {
    if (line === "") continue;
    // Our own lines, written by `record` above: the only writer of this file.
    take(JSON.parse(line) as LedgerEvent);
  }
  return file;
}

/** 28 digits beginning 42000, as real ones: prefix, day, ten digits. */
function newTransactionId(atMs: number): string {
  const tail = `${randomInt(1e5)}`.padStart(5, "0") + `${randomInt(1e5)}`.padStart(5, "0");
  return `4200000891${compactBeijingDate(atMs)}${tail}`;
}
