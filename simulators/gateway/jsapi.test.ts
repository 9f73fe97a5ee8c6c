import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jsapiBody, pageHost, pagePayment, startBench, type Bench } from "./test-till.ts";

let bench: Bench;
const number = "PAGE-00001";

beforeEach(async () => {
  bench = await startBench();
  await bench.control("POST", "/gateway/web", { hosts: [pageHost] });
});

afterEach(async () => {
  await bench.gateway.close();
});

async function open(extra: object = {}): Promise<string> {
  return String((await bench.jsapi(number, 500, extra)).body["prepay_id"]);
}

async function stateNow(): Promise<unknown> {
  const { body } = await bench.query(number);
  return body["trade_state"] ?? body["code"];
}

/** The page asks for the money; the phone shows its sheet. */
function askFor(prepayId: string, more: object = {}) {
  return bench.control("POST", "/wallet/page-order", { ...pagePayment(prepayId, bench.clock.nowMs), ...more });
}

function pay(prepayId: string, more: object = {}) {
  const said = pagePayment(prepayId, bench.clock.nowMs);
  return bench.control("POST", "/wallet/pay-page", { ...said, accept: true, ...more });
}

describe("an order of a page inside WeChat", () => {
  it("is opened, signed, and unpaid until its customer has said yes to the page's signed request", async () => {
    const reply = await bench.jsapi(number, 500);
    expect([reply.status, reply.isGenuine]).toEqual([200, true]);
    expect(reply.body).toEqual({ prepay_id: expect.stringMatching(/^wx[0-9a-f]{34}$/) });
    const prepayId = String(reply.body["prepay_id"]);
    const unpaid = await bench.query(number);
    expect(unpaid.body).toMatchObject({ trade_type: "JSAPI", trade_state: "NOTPAY", amount: { total: 500 } });
    expect(unpaid.body).not.toHaveProperty("payer");
    expect(await askFor(prepayId)).toEqual({
      ...{ outTradeNo: number, amountFen: 500, description: "可口可乐 330ml 等 2 件" },
    });
    expect(await stateNow()).toBe("NOTPAY");
    await pay(prepayId);
    expect((await bench.query(number)).body).toMatchObject({
      ...{ trade_type: "JSAPI", trade_state: "SUCCESS", payer: { openid: "oTillwaySimulatedCustomer001" } },
      amount: { total: 500, payer_total: 500 },
    });
  });

  it("is left payable by a customer who goes back, and paid once by one who has two pages of it", async () => {
    const [first, second] = [await open(), await open()];
    expect(second).not.toBe(first);
    await askFor(first);
    await pay(first, { accept: false });
    expect(await stateNow()).toBe("NOTPAY");
    for (const prepayId of [first, second]) await askFor(prepayId);
    await pay(second);
    await expect(pay(first)).rejects.toThrow("already paid");
    expect(bench.gateway.ledger().orders).toMatchObject([{ chargedFen: 500, refundedFen: 0 }]);
  });

  it("is opened again by the same parameters alone, the payer among them", async () => {
    await open();
    const others = [{ amount: { total: 501 } }, { attach: "x" }, { payer: { openid: "oTillwaySimulatedCustomer002" } }];
    for (const other of others) {
      const reply = await bench.jsapi(number, 500, other);
      expect([reply.status, reply.body["code"]]).toEqual([400, "INVALID_REQUEST"]);
      expect(reply.headers["request-id"]).toMatch(/-268498688$/);
    }
  });

  it("shares no number with a QR or a payment code", async () => {
    await open();
    expect((await bench.native(number, 500)).body).toMatchObject({ code: "OUT_TRADE_NO_USED" });
    expect((await bench.codepay(number, 500, bench.showCode())).body).toMatchObject({ code: "OUT_TRADE_NO_USED" });
    await bench.native("QR-0000001", 500);
    expect((await bench.jsapi("QR-0000001", 500)).body).toMatchObject({ code: "OUT_TRADE_NO_USED" });
    const violations = bench.gateway.ledger().orders.flatMap((order) => order.violations.map(({ rule }) => rule));
    expect(violations).toEqual(Array.from({ length: 3 }, () => "number-used-for-another-scene"));
  });

  it("is closed like a QR's, and never paid or opened afterwards", async () => {
    const prepayId = await open();
    await askFor(prepayId);
    expect((await bench.close(number)).status).toBe(204);
    await expect(pay(prepayId)).rejects.toThrow("closed this order");
    expect((await bench.jsapi(number, 500)).body).toMatchObject({ code: "ORDER_CLOSED" });
    expect((await bench.reverse(number)).body).toMatchObject({ code: "INVALID_REQUEST" });
  });

  it("is neither closed while the money moves, nor closed or opened once it is paid, and refunded in full", async () => {
    const prepayId = await open();
    await askFor(prepayId);
    await pay(prepayId, { settleAfterMs: 3_000 });
    expect((await bench.close(number)).body).toMatchObject({ code: "USER_PAYING" });
    bench.clock.nowMs += 3_000;
    expect((await bench.close(number)).body).toMatchObject({ code: "ORDERPAID" });
    expect((await bench.jsapi(number, 500)).body).toMatchObject({ code: "ORDERPAID" });
    expect((await bench.refund(`${number}R1`, { outTradeNo: number, refund: 500, total: 500 })).status).toBe(200);
    bench.clock.nowMs += 60_000;
    expect(await stateNow()).toBe("REFUND");
    expect(bench.gateway.ledger().orders).toMatchObject([{ chargedFen: 500, refundedFen: 500 }]);
  });

  it("is not paid after its deadline, nor by a prepay_id older than two hours", async () => {
    const prepayId = await open({ time_expire: "2026-11-22T09:05:00+08:00" });
    await askFor(prepayId);
    bench.clock.nowMs += 5 * 60_000;
    await expect(pay(prepayId)).rejects.toThrow("time to pay this order is over");
    const longLived = String((await bench.jsapi("PAGE-00002", 500)).body["prepay_id"]);
    bench.clock.nowMs += 2 * 3_600_000;
    await expect(askFor(longLived)).rejects.toThrow("not valid any more");
  });
});

describe("the phone does not ask its owner", () => {
  it.each<[string, object, string]>([
    ["for a signature over another package", { nonceStr: "another" }, "signature does not hold"],
    ["for a signature that is none", { paySign: "AAAA" }, "signature does not hold"],
    ["for a signature with foreign characters", { paySign: "A A" }, "signature does not hold"],
    ["for another merchant's page", { appId: "wx0000000000000000" }, "not the merchant's"],
    ["for a page of an address that is not registered", { page: "https://evil.example.cn/P/ABC" }, "not registered"],
    ["for an order of another phone", { phone: 2 }, "another customer's phone"],
    ["for MD5, which is another protocol's", { signType: "MD5" }, "signType"],
    ["for a time in milliseconds", { timeStamp: "1764000000000" }, "timeStamp"],
  ])("%s", async (_, more, trouble) => {
    await expect(askFor(await open(), more)).rejects.toThrow(trouble);
  });

  it("for a prepay_id that nobody was given, though the page signed it", async () => {
    await expect(askFor("wx20261122090000aaaaaaaaaaaaaaaaaaaa")).rejects.toThrow("not valid any more");
  });

  it("and nothing is paid before it has asked", async () => {
    await expect(pay(await open())).rejects.toThrow("has not asked");
  });
});

describe("a body that is not as documented is refused and opens nothing", () => {
  it.each<[string, object]>([
    ["no payer", { payer: undefined }],
    ["an openid of nobody", { payer: { openid: "oSomebodyOfAnotherApp" } }],
    ["a payment code for a payer", { payer: { auth_code: "134567890123456789" } }],
    ["a null", { attach: null }],
    ["an unknown field", { sub_appid: "wx1" }],
    ["a notify_url with a query", { notify_url: "https://shop.example.cn/n?x=1" }],
    ["an http notify_url", { notify_url: "http://shop.example.cn/n" }],
    ["an amount in text", { amount: { total: "500" } }],
    ["a time_expire without offset", { time_expire: "2026-11-22T09:05:00" }],
  ])("%s", async (_, extra) => {
    const sent = JSON.stringify({ ...jsapiBody(number, 500), ...extra });
    const reply = await bench.send({ method: "POST", target: "/v3/pay/transactions/jsapi", body: sent });
    expect([reply.status, reply.body["code"], reply.isGenuine]).toEqual([400, "PARAM_ERROR", true]);
    expect(await stateNow()).toBe("ORDER_NOT_EXIST");
  });

  it("as is a signature over other bytes", async () => {
    const body = JSON.stringify(jsapiBody(number, 500));
    const forged = { method: "POST", target: "/v3/pay/transactions/jsapi", body, sign: { over: `${body} ` } } as const;
    expect((await bench.send(forged)).status).toBe(401);
  });
});

it("keeps what it knows of an order over a restart of the simulator", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tillway-jsapi-"));
  try {
    const statePath = join(dir, "ledger.jsonl");
    const before = await startBench({ statePath });
    const prepayId = String((await before.jsapi(number, 500)).body["prepay_id"]);
    await before.gateway.close();
    const after = await startBench({ statePath });
    await after.control("POST", "/gateway/web", { hosts: [pageHost] });
    const said = pagePayment(prepayId, after.clock.nowMs);
    await after.control("POST", "/wallet/page-order", said);
    await after.control("POST", "/wallet/pay-page", { ...said, accept: true });
    expect((await after.query(number)).body).toMatchObject({ trade_type: "JSAPI", trade_state: "SUCCESS" });
    await after.gateway.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
