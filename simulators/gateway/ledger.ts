import { randomInt } from "node:crypto";
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import type { Announce } from "../control/route.ts";
import { compactBeijingDate } from "./beijing-time.ts";
import { createBook, type Book } from "./book.ts";
import { nextByItself, type LedgerEvent, type NextByItself, type Order } from "./order.ts";

/** The gateway's book of orders. Every change is an appended line, written before the answer leaves. */
export interface Ledger extends Omit<Book, "take" | "waiting"> {
  readonly record: (event: LedgerEvent) => Order;
  /** Marks the order paid and makes its transaction id. */
  readonly pay: (outTradeNo: string, atMs: number) => Order;
  /** Lets everything happen that was due by now: passwords, slow charges, automatic revokes, refunds. */
  readonly advance: () => void;
  readonly close: () => void;
}

/**
 * An append-only file of JSON lines, not a database: the house keeps its SQLite driver to the till's own store, and a
 * simulator that shared it would share its mistakes. One line per event, written before the answer leaves, is all the
 * durability this book needs; everything else is a fold over it.
 *
 * @param statePath created when missing. A last line cut short by a kill is dropped: its answer was never sent. Any other
 *   unreadable line throws, for a book with holes proves nothing.
 * @param watch told of every event as it happens, not of those read from the file.
 */
export function openLedger(options: {
  readonly statePath?: string | undefined;
  readonly now: () => number;
  readonly announce: Announce;
  readonly watch?: (event: LedgerEvent, order: Order) => void;
}): Ledger {
  const { take, waiting, ...book } = createBook(options.now);
  const file = options.statePath === undefined ? null : openLines(options.statePath, take);

  function record(event: LedgerEvent): Order {
    if (file !== null) writeSync(file, `${JSON.stringify(event)}\n`);
    const next = take(event);
    options.announce("gateway");
    if (event.kind !== "request" && event.kind !== "violation") options.announce("wallet");
    options.watch?.(event, next);
    return next;
  }

  function pay(outTradeNo: string, at: number): Order {
    return record({ kind: "paid", at, outTradeNo, transactionId: newTransactionId(at) });
  }

  function happen(outTradeNo: string, next: NextByItself): void {
    const at = next.atMs;
    switch (next.what) {
      case "paid":
        pay(outTradeNo, at);
        return;
      case "refused":
        record({ kind: "failed", at, outTradeNo, reason: "refused" });
        return;
      case "revoked":
        record({ kind: "revoked", at, outTradeNo, by: "time" });
        return;
      case "refund-ended":
        record({ kind: "refund-ended", at, outTradeNo, outRefundNo: next.outRefundNo, status: next.status });
        return;
    }
  }

  return {
    ...book,
    record,
    pay,
    advance() {
      const nowMs = options.now();
      for (const outTradeNo of waiting()) {
        for (;;) {
          const next = nextByItself(book.order(outTradeNo));
          if (next === null || next.atMs > nowMs) break;
          happen(outTradeNo, next);
        }
      }
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
