import { afterEach, beforeEach, expect, it } from "vitest";
import { nativeBody, startBench, type Bench } from "./test-till.ts";

let bench: Bench;
const number = "QR-0000001";

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  await bench.gateway.close();
});

async function open(extra: object = {}): Promise<string> {
  return String((await bench.native(number, 500, extra)).body["code_url"]);
}

async function stateNow(): Promise<unknown> {
  const { body } = await bench.query(number);
  return body["trade_state"] ?? body["code"];
}

function scan(codeUrl: string) {
  return bench.control("POST", "/wallet/scan-qr", { codeUrl });
}

function payQr(codeUrl: string, more: object = {}) {
  return bench.control("POST", "/wallet/pay-qr", { codeUrl, accept: true, ...more });
}

it("opens an order, signed, that is unpaid until the customer has scanned and paid it", async () => {
  const reply = await bench.native(number, 500);
  expect([reply.status, reply.isGenuine]).toEqual([200, true]);
  expect(reply.body).toEqual({
    code_url: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\/up\?pr=[\w-]+&groupid=00$/),
  });
  const codeUrl = String(reply.body["code_url"]);
  const unpaid = await bench.query(number);
  expect(unpaid.body).toMatchObject({ trade_type: "NATIVE", trade_state: "NOTPAY", amount: { total: 500 } });
  expect(unpaid.body).not.toHaveProperty("transaction_id");
  await scan(codeUrl);
  expect(await stateNow()).toBe("NOTPAY");
  await payQr(codeUrl);
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "SUCCESS", amount: { payer_total: 500 } });
});

it("gives a new url for the same request again and kills the old one", async () => {
  const first = await open();
  const second = await open();
  expect(second).not.toBe(first);
  await expect(scan(first)).rejects.toThrow("not valid any more");
  await scan(second);
});

it("takes the same request in another order of keys as the same, and any other parameter as a mistake", async () => {
  await open();
  const turned = Object.fromEntries(Object.entries(nativeBody(number, 500)).toReversed());
  const again = { method: "POST", target: "/v3/pay/transactions/native", body: JSON.stringify(turned) } as const;
  expect((await bench.send(again)).status).toBe(200);
  const other = await bench.native(number, 501);
  expect([other.status, other.body["code"]]).toEqual([400, "INVALID_REQUEST"]);
  expect(other.headers["request-id"]).toMatch(/-268498688$/);
  expect((await bench.native(number, 500, { attach: "x" })).body).toMatchObject({ code: "INVALID_REQUEST" });
});

it("closes, again and again, with a signed empty 204, and can never be paid or opened afterwards", async () => {
  const codeUrl = await open();
  await scan(codeUrl);
  const first = await bench.close(number);
  expect([first.status, first.text, first.isGenuine]).toEqual([204, "", true]);
  expect((await bench.close(number)).status).toBe(204);
  await expect(payQr(codeUrl)).rejects.toThrow("closed this order");
  expect((await bench.native(number, 500)).body).toMatchObject({ code: "ORDER_CLOSED" });
  expect(await stateNow()).toBe("CLOSED");
});

it("refuses to close what is paid, what it does not know, and a payment-code order", async () => {
  const codeUrl = await open();
  await scan(codeUrl);
  await payQr(codeUrl);
  const paid = await bench.close(number);
  expect([paid.status, paid.body["code"], paid.isGenuine]).toEqual([400, "ORDERPAID", true]);
  expect((await bench.native(number, 500)).body).toMatchObject({ code: "ORDERPAID" });
  expect((await bench.close("QR-0000002")).status).toBe(404);
  await bench.codepay("SALE-0001", 100, bench.showCode());
  const wrong = await bench.close("SALE-0001");
  expect(wrong.body).toMatchObject({ code: "INVALID_REQUEST", message: expect.stringContaining("只能撤销") });
  expect(wrong.headers["request-id"]).toMatch(/-268449641$/);
});

it("answers 202 to a close while the money is on its way, and then it is paid", async () => {
  const codeUrl = await open();
  await scan(codeUrl);
  await payQr(codeUrl, { settleAfterMs: 3_000 });
  const busy = await bench.close(number);
  expect([busy.status, busy.body["code"], busy.isGenuine]).toEqual([202, "USER_PAYING", true]);
  expect(await stateNow()).toBe("NOTPAY");
  bench.clock.nowMs += 3_000;
  expect((await bench.close(number)).body).toMatchObject({ code: "ORDERPAID" });
});

it("does not let a payment-code number become a QR order, nor reverse a QR order", async () => {
  await bench.codepay("SALE-0001", 100, bench.showCode());
  expect((await bench.native("SALE-0001", 100)).body).toMatchObject({ code: "OUT_TRADE_NO_USED" });
  await open();
  expect((await bench.reverse(number)).body).toMatchObject({ code: "INVALID_REQUEST" });
});

it("raises a deadline in the past to a minute and lowers none that is legal", async () => {
  const codeUrl = await open({ time_expire: "2026-11-22T08:00:00+08:00" });
  bench.clock.nowMs += 59_999;
  await scan(codeUrl);
  bench.clock.nowMs += 1;
  await expect(payQr(codeUrl)).rejects.toThrow("time to pay this order is over");
  // The deadline ends payability, it does not close the order.
  expect(await stateNow()).toBe("NOTPAY");
  expect((await bench.close(number)).status).toBe(204);
});

it("lets a url die after two hours while its order lives on", async () => {
  const first = await open();
  bench.clock.nowMs += 2 * 3_600_000;
  await expect(scan(first)).rejects.toThrow("not valid any more");
  await scan(await open());
});
