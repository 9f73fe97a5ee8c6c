import { afterEach, expect, it } from "vitest";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import type { RefundOrder } from "#main/till/ports/payment-gateway.ts";
import { paymentCode } from "#tests/support/bench-shop.ts";
import {
  abortRequest,
  type Answer,
  type LegacyBench,
  nexoRequest,
  openLegacyBench,
  paymentRequest,
  reversalRequest,
  statusRequest,
} from "#tests/support/legacy-bench.ts";
import { mostWaiting } from "./ending-sessions.ts";
import { mostGiving } from "./reversing.ts";

/* However much old tills ask at once: one payment, a bounded number of messages that wait, and an answer to every one. */

let legacy: LegacyBench;
afterEach(() => legacy.close());

const words = (asked: readonly { readonly now: Answer | null }[]) => asked.map(({ now }) => now?.word ?? "waits");
const count = <T>(all: readonly T[], one: T): number => all.filter((each) => each === one).length;

it("a flood of the same request leaves six of them waiting, and the newest of them hear the end", async () => {
  legacy = await openLegacyBench();
  const { bench } = legacy;
  const asked: { readonly now: Answer | null }[] = [];
  for (let time = 0; time < 300; time += 1) {
    asked.push(await legacy.ask(paymentRequest({ service: time % 2 === 0 ? "1" : "2" })));
    expect(count(words(asked), "waits")).toBeLessThanOrEqual(mostWaiting);
  }
  expect(words(asked).slice(0, -mostWaiting)).toEqual(Array.from({ length: 300 - mostWaiting }, () => "InProgress"));
  await bench.scan(paymentCode);
  expect(words(asked).slice(-mostWaiting)).toEqual(Array.from({ length: mostWaiting }, () => "Success"));
  expect([bench.gateway.orders.size, bench.recount()]).toMatchObject([1, { saleCount: 1, wechatFen: 1_250 }]);
});

it("a flood of other payments finds the till busy, and every question meanwhile has its answer", async () => {
  legacy = await openLegacyBench();
  const { bench } = legacy;
  const first = await legacy.ask(paymentRequest());
  for (let time = 0; time < 100; time += 1) {
    const other = { service: `p${time}`, sale: `S-1${time}`, saleSystem: `POS${time % 16}` };
    const said = [
      await legacy.say(paymentRequest(other)),
      await legacy.say(statusRequest(`s${time}`, "1")),
      await legacy.say(nexoRequest("Diagnosis", `d${time}`, {})),
      await legacy.say(abortRequest(`a${time}`, `p${time}`)),
    ];
    expect(said.map(({ word }) => word)).toEqual(["Busy", "InProgress", "Success", "Reject"]);
  }
  // Nothing of what was refused is kept: its number is free.
  expect([first.now, bench.store.openLegacy().length, bench.gateway.orders.size]).toEqual([null, 1, 0]);
  await bench.scan(paymentCode);
  expect([first.now?.word, bench.gateway.orders.size]).toEqual(["Success", 1]);
});

it("a flood of reversals is asked of the gateway a few at a time, and gives no fen more than was paid", async () => {
  const given = new Map<string, number>();
  const refund = (order: RefundOrder): Promise<RefundAnswer> => {
    given.set(order.outRefundNo, order.amountFen);
    const facts = { refundId: "R1", payerRefundFen: null, createTime: null, successTime: null };
    return Promise.resolve({ kind: "success", facts });
  };
  legacy = await openLegacyBench({ mayRefund: true }, { refunds: { refund, queryRefund: refund } });
  const { bench } = legacy;
  const paid = await legacy.ask(paymentRequest());
  await bench.scan(paymentCode);
  await bench.clock.advance(61_000);
  const desk = bench.till.legacyDesk;
  const asked = Array.from({ length: 50 }, (_, time) =>
    desk.answer(reversalRequest(`r${time}`, paid.now?.saleId ?? "", "10.00"), { door: "serial", name: "old" }),
  );
  expect(bench.store.openLegacy().length).toBeLessThanOrEqual(mostGiving);
  await bench.clock.advance(1_000);
  const isBusy = (text: string): boolean => text.includes('"ErrorCondition":"Busy"');
  expect((await Promise.all(asked)).filter(isBusy)).toHaveLength(50 - mostGiving);
  expect([...given.values()]).toEqual([1_000]);
});

it("in training nothing is asked, told or charged, whatever an old till sends", async () => {
  legacy = await openLegacyBench({ mayRefund: true }, { isTraining: true });
  const { bench } = legacy;
  const text = { OutputFormat: "Text", OutputText: [{ Text: "积分" }] };
  const said = [
    paymentRequest(),
    paymentRequest({ amount: "1e2" }),
    reversalRequest("2", "sale-1"),
    statusRequest("3", "1"),
    nexoRequest("Diagnosis", "4", {}),
    nexoRequest("Print", "5", {
      PrintOutput: { DocumentQualifier: "Document", ResponseMode: "PrintEnd", OutputContent: text },
    }),
  ];
  for (const message of said) expect((await legacy.say(message)).word).toBe("UnavailableService");
  expect((await legacy.say(abortRequest("6", "1"))).word).toBe("Reject");
  expect([bench.shown.payment, bench.store.openLegacy(), bench.gateway.orders.size]).toEqual([null, [], 0]);
  expect(bench.store.recentPrintJobs(1)).toEqual([]);
});
