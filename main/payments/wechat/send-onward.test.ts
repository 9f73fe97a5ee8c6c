import { constants, privateDecrypt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { platformKeys, startTestingGateway, type TestingGateway } from "./testing-gateway.ts";

const order = {
  outRefundNo: "SH01T01261121110000AR1",
  outTradeNo: "SH01T01261121110000A",
  transactionId: "4200000891202103228088184743",
  amountFen: fen(300),
  totalFen: fen(1_000),
  reason: "",
};
const refundId = "50000000382019052709732678859";
const body = {
  refund_id: refundId,
  out_refund_no: order.outRefundNo,
  out_trade_no: order.outTradeNo,
  status: "PROCESSING",
  amount: { total: 1_000, refund: 300, payer_refund: 300, currency: "CNY" },
};
const card = { to: "customer-card", bankType: "ICBC_DEBIT", account: "6222020200112233445", name: "李雷" } as const;

let testing: TestingGateway;
beforeAll(async () => {
  testing = await startTestingGateway({ requestTimeoutMs: 700 });
});
afterAll(() => testing.stop());
const lastBody = (): Record<string, string> => JSON.parse(testing.heard.at(-1)?.body.toString() ?? "");
const opened = (sealed = ""): string =>
  privateDecrypt(
    { key: platformKeys.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
    Buffer.from(sealed, "base64"),
  ).toString();

describe("a stuck refund sent on", () => {
  it("to the shop's account names the refund by both its numbers and nobody's card", async () => {
    testing.behave({ status: 200, body });
    expect(await testing.gateway.sendOnward(order, refundId, { to: "shop-account" })).toMatchObject({
      kind: "processing",
      facts: { refundId },
    });
    expect(testing.heard.at(-1)).toMatchObject({
      method: "POST",
      target: `/v3/refund/domestic/refunds/${refundId}/apply-abnormal-refund`,
    });
    expect(lastBody()).toEqual({ out_refund_no: order.outRefundNo, type: "MERCHANT_BANK_CARD" });
  });

  it("to the customer's card carries number and holder sealed for the gateway, and no log has them", async () => {
    testing.behave({ status: 200, body });
    await testing.gateway.sendOnward(order, refundId, card);
    const { bank_account: account, real_name: name, ...rest } = lastBody();
    expect(rest).toEqual({ out_refund_no: order.outRefundNo, type: "USER_BANK_CARD", bank_type: "ICBC_DEBIT" });
    expect([opened(account), opened(name)]).toEqual([card.account, card.name]);
    expect(testing.heard.at(-1)?.headers["wechatpay-serial"]).toBe("PUB_KEY_ID_0110000000");
    expect(testing.logged.join("\n")).not.toMatch(/6222|李雷/u);
  });

  it.each([
    [400, "INVALID_REQUEST", { kind: "refused", reason: "against-rules", code: "INVALID_REQUEST" }],
    [403, "NO_AUTH", { kind: "refused", reason: "merchant-configuration", code: "NO_AUTH" }],
    [404, "RESOURCE_NOT_EXISTS", { kind: "not-found" }],
    [500, "SYSTEM_ERROR", { kind: "unknown", cause: "server-error", code: "SYSTEM_ERROR" }],
    [429, "FREQUENCY_LIMITED", { kind: "unknown", cause: "rate-limited", code: "FREQUENCY_LIMITED" }],
  ])("answered %i %s is told as that", async (status, code, told) => {
    testing.behave({ status, body: { code, message: "" } });
    expect(await testing.gateway.sendOnward(order, refundId, card)).toEqual(told);
  });

  it("is in doubt after an answer about another refund, an unsigned one, or none", async () => {
    const ask = () => testing.gateway.sendOnward(order, refundId, card);
    testing.behave({ status: 200, body: { ...body, out_refund_no: "ANOTHER" } });
    expect(await ask()).toMatchObject({ kind: "unknown", cause: "mismatch" });
    testing.behave({ status: 200, body, spoil: () => ({}) });
    expect(await ask()).toMatchObject({ kind: "unknown", cause: "bad-signature" });
    testing.behave("reset");
    expect(await ask()).toMatchObject({ kind: "unknown", cause: "network" });
  });
});
