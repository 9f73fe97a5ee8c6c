import { fen } from "#core/money/fen.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestingGateway, type TestingGateway } from "./testing-gateway.ts";

const order = {
  outRefundNo: "RSH01T01|261121*120000@A",
  outTradeNo: "SH01T01261121110000A",
  transactionId: "4200000891202103228088184743",
  amountFen: fen(300),
  totalFen: fen(1_000),
  reason: "少了一件 🥤",
};
const body = {
  refund_id: "50000000382019052709732678859",
  out_refund_no: order.outRefundNo,
  out_trade_no: order.outTradeNo,
  transaction_id: order.transactionId,
  channel: "ORIGINAL",
  user_received_account: "招商银行信用卡0403",
  status: "PROCESSING",
  create_time: "2026-11-21T12:00:00+08:00",
  amount: { total: 1_000, refund: 300, payer_total: 900, payer_refund: 270, currency: "CNY", a_field_of_tomorrow: 1 },
};
const facts = {
  refundId: body.refund_id,
  payerRefundFen: 270,
  createTime: "2026-11-21T12:00:00+08:00",
  successTime: null,
};
const unknown = (cause: string, code: string | null = null) => ({ kind: "unknown", cause, code });

let testing: TestingGateway;
beforeAll(async () => {
  testing = await startTestingGateway({ requestTimeoutMs: 700 });
});
afterAll(() => testing.stop());
const ask = () => testing.gateway.refund(order);
const query = () => testing.gateway.queryRefund(order);
const lastBody = (): unknown => JSON.parse(testing.heard.at(-1)?.body.toString() ?? "");

describe("a refund", () => {
  it("names the payment by the gateway's own number where it is known, and its own number always", async () => {
    testing.behave({ status: 200, body });
    expect(await ask()).toEqual({ kind: "processing", facts });
    expect(testing.heard.at(-1)).toMatchObject({ method: "POST", target: "/v3/refund/domestic/refunds" });
    const amount = { refund: 300, total: 1_000, currency: "CNY" };
    const asked = { out_refund_no: order.outRefundNo, reason: "少了一件", amount };
    expect(lastBody()).toEqual({ transaction_id: order.transactionId, ...asked });
    await testing.gateway.refund({ ...order, transactionId: null, reason: "🥤" });
    expect(lastBody()).toEqual({ out_trade_no: order.outTradeNo, out_refund_no: order.outRefundNo, amount });
  });

  it("sends the very same bytes on every try", async () => {
    testing.behave("reset");
    await ask();
    const first = testing.heard.at(-1)?.body;
    testing.behave({ status: 200, body });
    await ask();
    expect(testing.heard.at(-1)?.body).toEqual(first);
  });

  it.each([
    ["PROCESSING", "processing"],
    ["SUCCESS", "success"],
    ["CLOSED", "closed"],
    ["ABNORMAL", "abnormal"],
  ])("that is %s is told as %s, to a request and to a query", async (status, kind) => {
    testing.behave({ status: 200, body: { ...body, status, success_time: "2026-11-21T12:01:00+08:00" } });
    const told = { kind, facts: { ...facts, successTime: "2026-11-21T12:01:00+08:00" } };
    expect([await ask(), await query()]).toEqual([told, told]);
    expect(testing.heard.at(-1)?.target).toBe("/v3/refund/domestic/refunds/RSH01T01%7C261121*120000%40A");
  });

  it.each([
    [403, "NOT_ENOUGH", "merchant-balance"],
    [403, "NOTENOUGH", "merchant-balance"],
    [403, "USER_ACCOUNT_ABNORMAL", "customer-account"],
    [403, "NO_AUTH", "merchant-configuration"],
    [404, "MCH_NOT_EXISTS", "merchant-configuration"],
    [400, "PARAM_ERROR", "merchant-configuration"],
    [401, "SIGN_ERROR", "signature-rejected"],
    [400, "INVALID_REQUEST", "against-rules"],
  ])("refused with %i %s says why", async (status, code, reason) => {
    testing.behave({ status, body: { code } });
    expect(await ask()).toEqual({ kind: "refused", reason, code });
  });

  it("of an order the gateway does not know, yet, is not found", async () => {
    testing.behave({ status: 404, body: { code: "RESOURCE_NOT_EXISTS" } });
    expect([await ask(), await query()]).toEqual([{ kind: "not-found" }, { kind: "not-found" }]);
  });

  it("is unknown after trouble, a limit, and a code no page lists", async () => {
    testing.behave({ status: 500, body: { code: "SYSTEM_ERROR" } });
    expect(await ask()).toEqual(unknown("server-error", "SYSTEM_ERROR"));
    testing.behave({ status: 429, body: { code: "FREQUENCY_LIMITED" } });
    expect(await ask()).toEqual(unknown("rate-limited", "FREQUENCY_LIMITED"));
    testing.behave({ status: 400, body: { code: "OF_TOMORROW" } });
    expect(await ask()).toEqual(unknown("unlisted-code", "OF_TOMORROW"));
    testing.behave("hold");
    expect(await ask()).toEqual(unknown("timeout"));
  });

  it.each([
    ["another refund", { out_refund_no: "R2" }, "mismatch"],
    ["another order", { out_trade_no: "T2" }, "mismatch"],
    ["another amount", { amount: { ...body.amount, refund: 301 } }, "mismatch"],
    ["another total", { amount: { ...body.amount, total: 1_001 } }, "mismatch"],
    ["more back than was asked", { amount: { ...body.amount, payer_refund: 301 } }, "mismatch"],
    ["another currency", { amount: { ...body.amount, currency: "HKD" } }, "mismatch"],
    ["a state nobody knows", { status: "DONE" }, "unlisted-code"],
    ["no amount", { amount: undefined }, "unreadable"],
    ["a fraction", { amount: { ...body.amount, refund: 300.5 } }, "unreadable"],
  ])("answered with %s proves nothing", async (_what, changes, cause) => {
    testing.behave({ status: 200, body: { ...body, status: "SUCCESS", ...changes } });
    expect(await ask()).toMatchObject({ kind: "unknown", cause });
  });

  it("answered by nobody who signs is neither success nor refusal", async () => {
    testing.behave({ status: 200, body: { ...body, status: "SUCCESS" }, spoil: () => ({}) });
    expect([await ask(), await query()]).toEqual([unknown("bad-signature"), unknown("bad-signature")]);
    testing.behave({ status: 403, body: { code: "NOT_ENOUGH" }, spoil: () => ({}) });
    expect(await ask()).toEqual(unknown("bad-signature", "NOT_ENOUGH"));
    testing.behave({ status: 404, body: { code: "RESOURCE_NOT_EXISTS" }, spoil: () => ({}) });
    expect(await query()).toEqual(unknown("bad-signature", "RESOURCE_NOT_EXISTS"));
  });
});
