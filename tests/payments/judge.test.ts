import { expect, it } from "vitest";
import { judgeManners, judgePayment, judgeRefund, type PaymentFacts, type RefundFacts } from "./judge.ts";

const limits = { way: "v3", limitMs: 60_000 } as const;
const waits = { knownMs: 5_000, goesOnMs: 0 };
const order = { outTradeNo: "A1", chargedFen: 1_000, refundedFen: 0, violations: [] };
const paid: PaymentFacts = {
  ...{ priceFen: 1_000, sale: "complete", bookedFen: 1_000, unfinished: 0, waits },
  orders: [order],
};
const reversed: PaymentFacts = { ...paid, sale: "open", bookedFen: 0, orders: [{ ...order, refundedFen: 1_000 }] };

it("a payment charged once and booked, and one charged and given back, are right", () => {
  expect([judgePayment(paid, limits), judgePayment(reversed, limits)]).toEqual([[], []]);
  expect(judgePayment({ ...reversed, orders: [] }, limits)).toEqual([]);
});

it.each<[string, Partial<PaymentFacts>]>([
  ["an attempt never ended", { unfinished: 1 }],
  ["2 attempts of one sale hold money", { orders: [order, { ...order, outTradeNo: "A2" }] }],
  ["the sale is complete and the gateway holds 0 fen", { orders: [] }],
  ["the sale is open and the gateway holds 1000 fen", { sale: "open" }],
  ["the till has booked 0 fen and the gateway holds 1000", { bookedFen: 0 }],
  ["A1 was charged 1001 fen", { orders: [{ ...order, chargedFen: 1_001 }] }],
  ["A1 gave back 400 fen", { orders: [{ ...order, refundedFen: 400 }] }],
  [
    "A1 broke a rule of the gateway: codepay-sent-twice",
    { orders: [{ ...order, violations: ["codepay-sent-twice"] }] },
  ],
  ["no word for 61 s, limit 60 s", { waits: { ...waits, knownMs: 61_000 } }],
  ["no word for ever, limit 60 s", { waits: { ...waits, knownMs: null } }],
  ["the queue stood for 51 s, limit 50 s", { waits: { ...waits, goesOnMs: 51_000 } }],
])("a payment is complained of: %s", (complaint, changes) => {
  expect(judgePayment({ ...paid, ...changes }, limits)).toContain(complaint);
});

const refund = { outRefundNo: "A1R1", status: "SUCCESS", amountFen: 400 };
const given: RefundFacts = {
  ...{ amountFen: 400, word: "given-back", bookedFen: 400, numbers: ["A1R1"], refunds: [refund], waits },
};

it("a refund given back once, one that was not, and one that is said to be stuck are right", () => {
  const none: RefundFacts = { ...given, word: "not-given-back", bookedFen: 0, refunds: [] };
  const closed: RefundFacts = { ...none, refunds: [{ ...refund, status: "CLOSED" }] };
  const stuck: RefundFacts = { ...none, word: "stuck", refunds: [{ ...refund, status: "ABNORMAL" }] };
  expect([given, none, closed, stuck].map((facts) => judgeRefund(facts, limits))).toEqual([[], [], [], []]);
});

it.each<[string, Partial<RefundFacts>]>([
  ["one refund was asked for under A1R1,A1R2", { numbers: ["A1R1", "A1R2"] }],
  ["800 fen were given back instead of 400", { refunds: [refund, { ...refund, outRefundNo: "A1R2" }] }],
  ["the till has booked 0 fen and the gateway gave 400", { bookedFen: 0 }],
  ["the refund never ended", { word: "not-known" }],
  ["said given back, and it was not", { refunds: [{ ...refund, status: "PROCESSING" }] }],
  ["said not given back, and it was", { word: "not-given-back" }],
  ["said stuck, and it is not", { word: "stuck" }],
  ["no word for ever, limit 60 s", { waits: { knownMs: null, goesOnMs: 0 } }],
])("a refund is complained of: %s", (complaint, changes) => {
  expect(judgeRefund({ ...given, ...changes }, limits)).toContain(complaint);
});

it("a request in a wrong form, and a payment code in the log, are complained of; a clock that differs is not", () => {
  const refused = { method: "POST", path: "/v3/pay", status: 400, code: "PARAM_ERROR", issue: "unknown field" };
  const code = "134567890123456789";
  expect(judgeManners([{ ...refused, status: 401 }], ["gateway answered {}"], code)).toEqual([]);
  expect(judgeManners([refused], [`sent ${code}`], code)).toEqual([
    "the gateway refused POST /v3/pay: PARAM_ERROR unknown field",
    "the payment code is in the log",
  ]);
});
