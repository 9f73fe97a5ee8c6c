import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, startBench, type Bench } from "../test-till.ts";
import { isSignedV2, signV2 } from "./sign-v2.ts";
import { micropayFields, sendV2, type SendV2 } from "./test-till-v2.ts";

interface V2Vector {
  readonly params: Readonly<Record<string, string>>;
  readonly key: string;
  readonly md5: string;
  readonly hmacSha256: string;
}

// The published samples; their shape is stated above and fixed with the file.
const vectors = JSON.parse(
  readFileSync(new URL("../../../tests/fixtures/wechatpay.json", import.meta.url), "utf8"),
) as { readonly v2Sign: readonly V2Vector[] };

describe.each(vectors.v2Sign)("the published V2 signature", ({ params, key, md5, hmacSha256 }) => {
  it("is made by both methods", () => {
    expect([signV2(params, key, "MD5"), signV2(params, key, "HMAC-SHA256")]).toEqual([md5, hmacSha256]);
    expect(signV2({ attach: "", sign: "x", ...params }, key, "MD5")).toBe(md5);
  });

  it("fails for another key, another field, another case and another method", () => {
    expect(isSignedV2({ ...params, sign: md5 }, key, "MD5")).toBe(true);
    expect(isSignedV2({ ...params, sign: md5 }, `${key}x`, "MD5")).toBe(false);
    expect(isSignedV2({ ...params, body: "tesT", sign: md5 }, key, "MD5")).toBe(false);
    expect(isSignedV2({ ...params, sign: md5.toLowerCase() }, key, "MD5")).toBe(false);
    expect(isSignedV2({ ...params, sign: md5 }, key, "HMAC-SHA256")).toBe(false);
    expect(isSignedV2(params, key, "MD5")).toBe(false);
  });
});

let bench: Bench;
const number = "SALE-0001";

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  await bench.gateway.close();
});

function pay(how: SendV2 = {}, more: Record<string, string> = {}) {
  const fields = { ...micropayFields(number, 1_250, bench.showCode()), ...more };
  return sendV2(bench.gateway.baseUrl, "/pay/micropay", fields, how);
}

function query(fields: Record<string, string> = { out_trade_no: number }) {
  return sendV2(bench.gateway.baseUrl, "/pay/orderquery", fields);
}

function reverse(outTradeNo = number) {
  return sendV2(bench.gateway.baseUrl, "/secapi/pay/reverse", { out_trade_no: outTradeNo });
}

function script(outcome: string, operation = "codepay", params: object = {}) {
  return bench.control("POST", "/gateway/script", { outcome, operation, next: true, params });
}

function chargedFen(): number {
  const [order] = bench.gateway.ledger().orders;
  return (order?.chargedFen ?? 0) - (order?.refundedFen ?? 0);
}

describe("micropay", () => {
  it.each(["MD5", "HMAC-SHA256"] as const)("pays, signed by %s on both sides", async (signType) => {
    const reply = await pay({ signType });
    expect([reply.status, reply.isGenuine]).toEqual([200, true]);
    expect(reply.fields).toEqual({
      ...{ return_code: "SUCCESS", return_msg: "OK", result_code: "SUCCESS" },
      ...{ appid: account.appid, mch_id: account.mchid, nonce_str: expect.stringMatching(/^\w+$/) },
      ...{ sign: expect.stringMatching(/^[0-9A-F]+$/), openid: "oTillwaySimulatedCustomer001", is_subscribe: "N" },
      ...{ trade_type: "MICROPAY", bank_type: "OTHERS", fee_type: "CNY", total_fee: "1250", cash_fee: "1250" },
      ...{ out_trade_no: number, transaction_id: expect.stringMatching(/^42\d{26}$/), time_end: "20261122090000" },
      ...{ trade_state: "SUCCESS", trade_state_desc: "支付成功" },
    });
    expect(chargedFen()).toBe(1_250);
  });

  it("is one book with V3: the order is queried and refunded there", async () => {
    await pay();
    expect((await bench.query(number)).body).toMatchObject({ trade_state: "SUCCESS", amount: { total: 1_250 } });
    expect((await bench.refund("R-1", { outTradeNo: number, refund: 1_250, total: 1_250 })).status).toBe(200);
  });

  it.each([
    ["userpaying-never", "USERPAYING", 0],
    ["code-expired", "AUTHCODEEXPIRE", 0],
    ["code-used", "AUTH_CODE_INVALID", 0],
    ["code-prefix", "AUTH_CODE_ERROR", 0],
    ["not-enough", "NOTENOUGH", 0],
    ["trade-error", "TRADE_ERROR", 0],
    ["bank-error", "BANKERROR", 0],
    ["system-error", "SYSTEMERROR", 0],
    ["system-error-charged", "SYSTEMERROR", 1_250],
    ["rate-limited", "FREQUENCY_LIMITED", 0],
  ])("%s: HTTP 200, FAIL %s, %i fen charged", async (outcome, code, fen) => {
    await script(outcome);
    const reply = await pay();
    expect([reply.status, reply.isGenuine, reply.fields["result_code"]]).toEqual([200, true, "FAIL"]);
    expect([reply.fields["err_code"], chargedFen()]).toEqual([code, fen]);
  });

  it("spells its codes without underscores, or as V3 does, when told to", async () => {
    await script("trade-error", "codepay", { spelling: "plain" });
    expect((await pay()).fields["err_code"]).toBe("TRADEERROR");
    await script("system-error", "query", { spelling: "underscored" });
    expect((await query()).fields["err_code"]).toBe("SYSTEM_ERROR");
  });

  it("is never charged twice under one number, and the second sending is held against the shop", async () => {
    await pay();
    expect((await pay()).fields).toMatchObject({ result_code: "FAIL", err_code: "ORDERPAID" });
    expect((await pay({}, { total_fee: "1" })).fields).toMatchObject({ err_code: "OUT_TRADE_NO_USED" });
    expect(chargedFen()).toBe(1_250);
    expect(bench.gateway.ledger().orders[0]?.violations).toHaveLength(2);
  });

  it("can be answered by bytes that are no XML, half an answer, a proxy, or nobody", async () => {
    await script("not-json");
    expect((await pay()).text).toBe('{"return_code":"SUCCESS"}');
    await script("truncated", "query");
    await expect(query()).rejects.toThrow("aborted");
    await script("bad-gateway", "query");
    expect(await query()).toMatchObject({ status: 502, fields: {} });
    await script("reset", "query");
    await expect(query()).rejects.toThrow("ECONNRESET");
    expect(chargedFen()).toBe(1_250);
  });

  it.each(["missing", "wrong", "signtest", "unknown-serial"])(
    "can be answered with a %s signature",
    async (signature) => {
      await script("success", "codepay", { signature });
      const { isGenuine, fields } = await pay();
      expect([isGenuine, fields["result_code"]]).toEqual([false, "SUCCESS"]);
    },
  );

  it("can answer with an amount and a number that are not ours, rightly signed", async () => {
    await script("foreign-amount");
    expect(await pay()).toMatchObject({ isGenuine: true, fields: { total_fee: "1251" } });
    await script("foreign-out-trade-no", "query");
    expect((await query()).fields["out_trade_no"]).toBe("SOMEBODY-ELSES-ORDER");
  });
});

describe("orderquery", () => {
  it("knows an order by either number and says how it stands", async () => {
    expect((await query()).fields).toMatchObject({ result_code: "FAIL", err_code: "ORDERNOTEXIST" });
    await bench.control("POST", "/wallet/behaviour", { onCode: "password" });
    await pay();
    expect((await query()).fields).toMatchObject({ result_code: "SUCCESS", trade_state: "USERPAYING" });
    await bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true });
    const { transaction_id: id = "" } = (await query()).fields;
    expect((await query({ transaction_id: id })).fields).toMatchObject({
      trade_state: "SUCCESS",
      out_trade_no: number,
    });
    expect((await query({})).fields).toMatchObject({ err_code: "PARAM_ERROR" });
  });
});

describe("reverse", () => {
  it("gives the money back, once, and needs no repeating", async () => {
    await pay();
    bench.clock.nowMs += 15_000;
    expect((await reverse()).fields).toMatchObject({ result_code: "SUCCESS", recall: "N" });
    expect((await reverse()).fields).toMatchObject({ result_code: "SUCCESS", recall: "N" });
    expect([chargedFen(), (await query()).fields["trade_state"]]).toEqual([0, "REFUND"]);
  });

  it("is to be called again while the customer is paying and after an error of the system", async () => {
    await bench.control("POST", "/wallet/behaviour", { onCode: "password" });
    await pay();
    await bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true, settleAfterMs: 20_000 });
    expect((await reverse()).fields).toMatchObject({ result_code: "FAIL", err_code: "USERPAYING", recall: "Y" });
    await script("system-error", "reverse");
    expect((await reverse()).fields).toMatchObject({ err_code: "SYSTEMERROR", recall: "Y" });
    bench.clock.nowMs += 20_000;
    expect((await reverse()).fields).toMatchObject({ result_code: "SUCCESS" });
    expect(chargedFen()).toBe(0);
  });

  it("is refused for good after seven days", async () => {
    await pay();
    bench.clock.nowMs += 7 * 86_400_000 + 1;
    expect((await reverse()).fields).toMatchObject({ err_code: "REVERSE_EXPIRE", recall: "N" });
    expect(chargedFen()).toBe(1_250);
  });

  it("finds a number dead that was reversed before anybody paid under it", async () => {
    await reverse();
    expect((await query()).fields).toMatchObject({ trade_state: "REVOKED" });
    expect((await pay()).fields).toMatchObject({ result_code: "FAIL" });
    expect(chargedFen()).toBe(0);
  });
});

describe("a request is turned away, unsigned and without effect, for", () => {
  const good = { sign: "0".repeat(32) };
  it.each<[string, SendV2, Record<string, string>, string]>([
    ["a wrong signature", good, {}, "签名错误"],
    ["no signature", { sign: undefined }, {}, "签名错误"],
    ["another merchant", {}, { mch_id: "1900000001" }, "商户号"],
    ["another app", {}, { appid: "wx0000000000000000" }, "appid"],
    ["an unknown method of signing", {}, { sign_type: "SHA1" }, "签名错误"],
    ["no XML", { raw: "{}" }, {}, "XML格式错误"],
    [
      "a DTD",
      { raw: '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><body>&a;</body></xml>' },
      {},
      "XML",
    ],
    ["nesting", { raw: "<xml><a><b>1</b></a></xml>" }, {}, "XML格式错误"],
    ["a name twice", { raw: "<xml><a>1</a><a>2</a></xml>" }, {}, "XML格式错误"],
    ["an entity of its own", { raw: "<xml><a>&b;</a></xml>" }, {}, "XML格式错误"],
  ])("%s", async (_, how, more, why) => {
    const reply = await pay(how, more);
    expect(reply.fields).toEqual({ return_code: "FAIL", return_msg: expect.stringContaining(why) });
    expect([chargedFen(), bench.gateway.ledger().refusedRequests.length]).toEqual([0, 1]);
  });

  it.each([
    ["a field too many", { notify_url: "https://shop.example.cn/n" }, "PARAM_ERROR"],
    ["no amount", { total_fee: "" }, "PARAM_ERROR"],
    ["yuan in place of fen", { total_fee: "12.50" }, "PARAM_ERROR"],
    ["a description too long", { body: "长".repeat(43) }, "PARAM_ERROR"],
  ])("%s, in a signed answer", async (_, more, code) => {
    const reply = await pay({}, more);
    expect([reply.isGenuine, reply.fields["err_code"], chargedFen()]).toEqual([true, code, 0]);
  });

  it("a missing field, in a signed answer", async () => {
    const { auth_code: _, ...rest } = micropayFields(number, 1, bench.showCode());
    const reply = await sendV2(bench.gateway.baseUrl, "/pay/micropay", rest);
    expect([reply.isGenuine, reply.fields["err_code"]]).toEqual([true, "LACK_PARAMS"]);
  });

  it("a path V2 does not have", async () => {
    const reply = await sendV2(bench.gateway.baseUrl, "/secapi/pay/refund", {});
    expect(reply.fields).toMatchObject({ return_code: "FAIL" });
  });
});
