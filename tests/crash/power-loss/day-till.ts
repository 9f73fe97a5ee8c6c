import { appendFileSync } from "node:fs";
import type Database from "better-sqlite3";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import { openConnection } from "#main/store/connection.ts";
import { assembleSalesStore, openSalesStore, salesFile } from "#main/store/sales/open-sales-store.ts";
import { type SalesDatabase, salesDatabase } from "#main/store/sales/sales-database.ts";
import type { PaymentGateway, RefundGateway, RefundOrder } from "#main/till/ports/payment-gateway.ts";
import { createCustomerGateway } from "#tests/support/customer-gateway.ts";
import { ok } from "#core/result.ts";

/** What has left the till until now, by the numbers that the gateway knows. */
export interface Left {
  readonly note: (number: string) => void;
  readonly before: ReadonlySet<string>;
}

/** A gateway that charges every payment code, and knows of the payments that had left before the power went. */
export function dayGateway({ note, before }: Left): PaymentGateway {
  const gateway = createCustomerGateway();
  return {
    ...gateway,
    pay(order, code) {
      note(order.outTradeNo);
      return gateway.pay(order, code);
    },
    query(outTradeNo, amountFen, protocol) {
      const facts = { transactionId: `42${outTradeNo}`, payerTotalFen: amountFen };
      const paid = { kind: "paid", facts: { ...facts, successTime: "2026-03-02T09:15:00+08:00" } } as const;
      return before.has(outTradeNo) ? Promise.resolve(paid) : gateway.query(outTradeNo, amountFen, protocol);
    },
  };
}

/** Takes a refund at once and delivers it by the first question. */
export function dayRefunds({ note }: Left): Pick<RefundGateway, "refund" | "queryRefund"> {
  const answer = (kind: "processing" | "success", { outRefundNo, amountFen }: RefundOrder): RefundAnswer => {
    const time = "2026-03-02T10:00:00+08:00";
    const facts = { refundId: `50${outRefundNo}`, payerRefundFen: amountFen, createTime: time };
    return { kind, facts: { ...facts, successTime: kind === "success" ? time : null } };
  };
  return {
    refund(order) {
      note(order.outRefundNo);
      return Promise.resolve(answer("processing", order));
    },
    queryRefund: (order) => Promise.resolve(answer("success", order)),
  };
}

/** The control: a store whose commits are cut in two behind their first statement, as if somebody had made two of one. */
export const openSplitStore: typeof openSalesStore = (deps) => {
  const made = openSalesStore(deps);
  if (!made.ok) return made;
  made.value.close();
  const opened = openConnection(deps.path, salesFile);
  return opened.ok ? ok(assembleSalesStore(splitDatabase(opened.value), deps)) : opened;
};

function splitDatabase(real: Database.Database): SalesDatabase {
  const whole = salesDatabase(real);
  let written = Number.POSITIVE_INFINITY;
  const cut = (): void => {
    written += 1;
    if (written === 1) real.exec("COMMIT; BEGIN IMMEDIATE");
  };
  const db = new Proxy(real, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      if (name !== "prepare") return member.bind(target) as unknown;
      return (sql: string) => cutting(target.prepare(sql), cut);
    },
  });
  return {
    db,
    change: (work) =>
      whole.change(() => {
        written = 0;
        return work();
      }),
  };
}

/** A statement that says when it has written. */
function cutting<S extends object>(statement: S, onWritten: () => void): S {
  const watched: S = new Proxy(statement, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...given: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(member, target, given);
        if (name === "run") onWritten();
        return answer === target ? watched : answer;
      };
    },
  });
  return watched;
}

/** Writes what is told beside the books, as part of the recording. */
export function telling(path: string): (told: object) => void {
  return (told) => appendFileSync(path, `${JSON.stringify(told)}\n`);
}
