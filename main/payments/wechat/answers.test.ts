import { fen } from "#core/money/fen.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestingGateway, type TestingGateway } from "./testing-gateway.ts";

const authCode = "134567890123456789";
const order = { outTradeNo: "SH01T01261121120000A", amountFen: fen(1_250), description: "便利店 3 件" };
const { outTradeNo, amountFen } = order;
const path = `/v3/pay/transactions/out-trade-no/${outTradeNo}`;
const ours = { appid: "wxd678efh567hg6787", mchid: "1900007291", out_trade_no: outTradeNo };
const paidBody = {
  ...ours,
  trade_state: "SUCCESS",
  trade_type: "MICROPAY",
  transaction_id: "4200000891202103228088184743",
  success_time: "2026-11-21T12:00:00+08:00",
  amount: { total: 1_250, payer_total: 1_200, currency: "CNY", payer_currency: "CNY" },
  a_field_of_tomorrow: [{ deep: null }],
};
const facts = {
  transactionId: "4200000891202103228088184743",
  payerTotalFen: 1_200,
  successTime: "2026-11-21T12:00:00+08:00",
};
const unknown = (cause: string, code: string | null = null) => ({ kind: "unknown", cause, code });

let testing: TestingGateway;
beforeAll(async () => {
  testing = await startTestingGateway();
});
afterAll(() => testing.stop());

const pay = () => testing.gateway.pay(order, authCode);
const query = () => testing.gateway.query(outTradeNo, amountFen, "v3");
const lastBody = (): unknown => JSON.parse(testing.heard.at(-1)?.body.toString() ?? "");
const lastTarget = () => `${testing.heard.at(-1)?.method} ${testing.heard.at(-1)?.target}`;

describe("paying by the customer's code", () => {
  it("is paid by a signed success for exactly this order", async () => {
    testing.behave({ status: 200, body: paidBody });
    expect(await pay()).toEqual({ kind: "paid", facts });
    expect(lastTarget()).toBe("POST /v3/pay/transactions/codepay");
  });

  it("without a coupon the customer pays the whole amount", async () => {
    testing.behave({ status: 200, body: { ...paidBody, amount: { total: 1_250 } } });
    expect(await pay()).toEqual({ kind: "paid", facts: { ...facts, payerTotalFen: 1_250 } });
  });

  it.each([
    ["mismatch", { out_trade_no: "SOMEBODYELSES" }],
    ["mismatch", { mchid: "1900007292" }],
    ["mismatch", { appid: "wx0000000000000000" }],
    ["unreadable", { appid: undefined }],
    ["unreadable", { trade_state: undefined }],
    ["unreadable", { trade_state: 1 }],
    ["unreadable", { amount: { total: "1250" } }],
    ["unreadable", { amount: { total: 12.5 } }],
  ])("is not known (%s) by a signed success with %j", async (cause, changes) => {
    testing.behave({ status: 200, body: { ...paidBody, ...changes } });
    expect(await pay()).toEqual(unknown(cause));
  });

  it.each([
    ["mismatch", { amount: { total: 1_249 } }],
    ["mismatch", { amount: { total: 1_250, payer_total: 1_251 } }],
    ["mismatch", { amount: { total: 1_250, currency: "HKD" } }],
    ["unreadable", { amount: undefined }],
    ["unreadable", { transaction_id: undefined }],
    ["unreadable", { success_time: undefined }],
  ])("is not known (%s) by a success of another payment: %j", async (cause, changes) => {
    testing.behave({ status: 200, body: { ...paidBody, ...changes } });
    expect(await pay()).toEqual(unknown(cause, "SUCCESS"));
    expect(await query()).toEqual(unknown(cause, "SUCCESS"));
  });

  it.each(["NOTPAY", "PAYERROR", "REVOKED", "CLOSED", "REFUND", "ACCEPT"])(
    "is not known by a 200 whose state is %s",
    async (trade_state) => {
      testing.behave({ status: 200, body: { ...paidBody, trade_state } });
      expect(await pay()).toEqual(unknown("unlisted-code", trade_state));
    },
  );

  it.each([
    [202, { ...ours, trade_state: "USERPAYING" }],
    [202, { code: "USER_PAYING", message: "需要用户输入支付密码" }],
    [202, { ...paidBody, trade_state: "SUCCESS" }],
    [200, { ...ours, trade_state: "USERPAYING" }],
    [400, { code: "USERPAYING" }],
    [403, { code: "user_paying" }],
  ])("waits for the customer's password on %i %j", async (status, body) => {
    testing.behave({ status, body });
    expect(await pay()).toEqual({ kind: "user-paying" });
  });

  it.each([
    [400, "AUTH_CODE_EXPIRE", "code-expired"],
    [400, "AUTHCODEEXPIRE", "code-expired"],
    [400, "AUTH_CODE_ERROR", "code-invalid"],
    [400, "AUTH_CODE_INVALID", "code-invalid"],
    [403, "NOT_ENOUGH", "not-enough-money"],
    [403, "NOTENOUGH", "not-enough-money"],
    [403, "NOTSUPORTCARD", "card-not-supported"],
    [403, "ACCOUNT_ERROR", "card-not-supported"],
    [403, "RULELIMIT", "limit-reached"],
    [403, "RULE_LIMIT", "limit-reached"],
    [400, "ORDER_CLOSED", "order-closed"],
    [400, "ORDERREVERSED", "order-closed"],
    [401, "SIGN_ERROR", "signature-rejected"],
    [400, "PARAM_ERROR", "merchant-configuration"],
    [403, "NOAUTH", "merchant-configuration"],
    [403, "NO_AUTH", "merchant-configuration"],
    [400, "APPID_MCHID_NOT_MATCH", "merchant-configuration"],
  ])("is refused by a signed %i %s", async (status, code, reason) => {
    testing.behave({ status, body: { code, message: "…" } });
    expect(await pay()).toEqual({ kind: "refused", reason, code });
  });

  it.each([
    [400, "ORDERPAID", "unlisted-code"],
    [400, "INVALID_REQUEST", "unlisted-code"],
    [403, "TRADE_ERROR", "unlisted-code"],
    [403, "OUT_TRADE_NO_USED", "unlisted-code"],
    [404, "ORDER_NOT_EXIST", "unlisted-code"],
    [400, "A_CODE_OF_TOMORROW", "unlisted-code"],
    [400, "RATELIMIT_EXCEEDED", "rate-limited"],
    [429, "FREQUENCY_LIMITED", "rate-limited"],
    [429, "AUTH_CODE_INVALID", "rate-limited"],
    [500, "SYSTEM_ERROR", "server-error"],
    [500, "BANK_ERROR", "server-error"],
    [503, "AUTH_CODE_INVALID", "server-error"],
    [408, "AUTH_CODE_INVALID", "unlisted-code"],
    [302, "AUTH_CODE_INVALID", "unlisted-code"],
  ])("is not known by a signed %i %s", async (status, code, cause) => {
    testing.behave({ status, body: { code }, headers: { Location: "/elsewhere" } });
    const before = testing.heard.length;
    expect(await pay()).toEqual(unknown(cause, code));
    expect(testing.heard.length).toBe(before + 1); // posted once, followed nowhere
  });

  it("is refused without a request when the text is no payment code", async () => {
    const before = testing.heard.length;
    for (const text of ["", "6901234567892", "164567890123456789", "13456789012345678", "1345678901234567890"]) {
      const refused = { kind: "refused", reason: "code-invalid", code: "NOT_A_PAYMENT_CODE" };
      expect(await testing.gateway.pay(order, text)).toEqual(refused);
    }
    expect(testing.heard.length).toBe(before);
  });
});

describe("a QR order", () => {
  const code_url = "weixin://wxpay/bizpayurl/up?pr=NwY5Mz9&groupid=00";
  const expiresAtMs = Date.UTC(2026, 10, 21, 16, 3, 4, 999);
  const open = () => testing.gateway.openNative(order, expiresAtMs);

  it("is opened with its expiry in Beijing time, and byte for byte the same again", async () => {
    testing.behave({ status: 200, body: { code_url } });
    const opened = { kind: "opened", codeUrl: code_url };
    expect([await open(), await open()]).toEqual([opened, opened]);
    expect(lastTarget()).toBe("POST /v3/pay/transactions/native");
    expect(testing.heard.at(-1)?.body).toEqual(testing.heard.at(-2)?.body);
    const { appid, mchid } = ours;
    expect(lastBody()).toEqual({
      ...{ appid, mchid, description: order.description, out_trade_no: outTradeNo },
      time_expire: "2026-11-22T00:03:04+08:00",
      notify_url: "https://shop.example/wechatpay",
      amount: { total: 1_250, currency: "CNY" },
    });
  });

  it.each([
    [200, {}, unknown("unreadable")],
    [200, { code_url: "https://evil.example/pay" }, unknown("unreadable")],
    [200, { code_url: 7 }, unknown("unreadable")],
    [400, { code: "INVALID_REQUEST" }, unknown("unlisted-code", "INVALID_REQUEST")],
    [500, { code: "SYSTEM_ERROR" }, unknown("server-error", "SYSTEM_ERROR")],
    [403, { code: "NO_AUTH" }, { kind: "refused", reason: "merchant-configuration", code: "NO_AUTH" }],
  ])("answered %i %j is %j", async (status, body, answer) => {
    testing.behave({ status, body });
    expect(await open()).toEqual(answer);
  });

  it.each([
    [204, undefined, { kind: "closed" }],
    [400, { code: "ORDERPAID" }, { kind: "already-paid" }],
    [400, { code: "ORDER_PAID" }, { kind: "already-paid" }],
    [400, { code: "ORDER_CLOSED" }, { kind: "closed" }],
    [202, { code: "USER_PAYING" }, { kind: "user-paying" }],
    [202, undefined, { kind: "user-paying" }],
    [200, {}, unknown("unreadable")],
    [404, { code: "ORDER_NOT_EXIST" }, unknown("unlisted-code", "ORDER_NOT_EXIST")],
    [429, { code: "FREQUENCY_LIMITED" }, unknown("rate-limited", "FREQUENCY_LIMITED")],
    [500, { code: "ORDER_CLOSED" }, unknown("server-error", "ORDER_CLOSED")],
  ])("closed with %i %j is %j", async (status, body, answer) => {
    testing.behave({ status, ...(body === undefined ? {} : { body }) });
    expect(await testing.gateway.close(outTradeNo)).toEqual(answer);
    expect([lastTarget(), lastBody()]).toEqual([`POST ${path}/close`, { mchid: ours.mchid }]);
  });
});

describe("a query", () => {
  it("asks by our number and sends no body", async () => {
    testing.behave({ status: 200, body: paidBody });
    expect(await query()).toEqual({ kind: "paid", facts });
    expect(lastTarget()).toBe(`GET ${path}?mchid=1900007291`);
    expect(testing.heard.at(-1)?.body.length).toBe(0);
    expect(testing.heard.at(-1)?.headers["content-type"]).toBeUndefined();
  });

  it.each([
    ["NOTPAY", "not-paid"],
    ["USERPAYING", "user-paying"],
    ["PAYERROR", "pay-error"],
    ["CLOSED", "closed"],
    ["REVOKED", "revoked"],
    ["REFUND", "refunded"],
  ])("reads %s as %s, with or without an amount", async (trade_state, kind) => {
    for (const body of [
      { ...ours, trade_state },
      { ...paidBody, trade_state },
    ]) {
      testing.behave({ status: 200, body });
      expect(await query()).toEqual({ kind });
    }
  });

  it.each([
    [404, { code: "ORDERNOTEXIST" }, { kind: "not-found" }],
    [404, { code: "ORDER_NOT_EXIST" }, { kind: "not-found" }],
    [404, {}, unknown("unreadable")],
    [404, { code: "RESOURCE_NOT_EXISTS" }, unknown("unlisted-code", "RESOURCE_NOT_EXISTS")],
    [500, { code: "ORDER_NOT_EXIST" }, unknown("server-error", "ORDER_NOT_EXIST")],
    [200, { ...ours, trade_state: "ACCEPT" }, unknown("unlisted-code", "ACCEPT")],
    [200, { ...ours, out_trade_no: "X", trade_state: "REVOKED" }, unknown("mismatch")],
    [401, { code: "SIGN_ERROR" }, unknown("unlisted-code", "SIGN_ERROR")],
  ])("answered %i %j is %j", async (status, body, answer) => {
    testing.behave({ status, body });
    expect(await query()).toEqual(answer);
  });
});

describe("a reverse", () => {
  it.each([
    [200, ours, { kind: "accepted" }],
    [200, { ...ours, out_trade_no: "X" }, unknown("mismatch")],
    [200, {}, unknown("unreadable")],
    [400, { code: "INVALID_REQUEST" }, { kind: "refused", code: "INVALID_REQUEST" }],
    [401, { code: "SIGN_ERROR" }, { kind: "refused", code: "SIGN_ERROR" }],
    [429, { code: "FREQUENCY_LIMITED" }, unknown("rate-limited", "FREQUENCY_LIMITED")],
    [500, { code: "SYSTEM_ERROR" }, unknown("server-error", "SYSTEM_ERROR")],
    [400, {}, unknown("unreadable")],
  ])("answered %i %j is %j", async (status, body, answer) => {
    testing.behave({ status, body });
    expect(await testing.gateway.reverse(outTradeNo, "v3")).toEqual(answer);
    const { appid, mchid } = ours;
    expect([lastTarget(), lastBody()]).toEqual([`POST ${path}/reverse`, { appid, mchid }]);
  });
});
