import { afterEach, beforeEach, expect, it } from "vitest";
import { account, startBench, type Bench } from "./test-till.ts";

let bench: Bench;
const number = "SALE-0001";
const dayMs = 24 * 3_600_000;

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  await bench.gateway.close();
});

function orderNow() {
  const order = bench.gateway.ledger().orders.find((known) => known.outTradeNo === number);
  return {
    state: order?.state,
    net: (order?.chargedFen ?? 0) - (order?.refundedFen ?? 0),
    rules: order?.violations.map(({ rule }) => rule),
  };
}

async function pay(behaviour: string): Promise<void> {
  await bench.control("POST", "/wallet/behaviour", { onCode: behaviour });
  await bench.codepay(number, 1_250, bench.showCode());
}

it("revokes an unpaid order, as often as asked, and the password then comes too late", async () => {
  await pay("password");
  bench.clock.nowMs += 15_000;
  const reply = await bench.reverse(number);
  expect([reply.status, reply.isGenuine]).toEqual([200, true]);
  expect(reply.body).toEqual({ appid: account.appid, mchid: account.mchid, out_trade_no: number });
  expect((await bench.reverse(number)).status).toBe(200);
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "REVOKED" });
  const password = { outTradeNo: number, accept: true };
  await expect(bench.control("POST", "/wallet/password", password)).rejects.toThrow("not asked for a password");
  expect(orderNow()).toEqual({ state: "REVOKED", net: 0, rules: [] });
});

it("returns the money of a paid order, once", async () => {
  await pay("pay");
  bench.clock.nowMs += 15_000;
  await bench.reverse(number);
  await bench.reverse(number);
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "REFUND" });
  expect(bench.gateway.ledger().orders[0]).toMatchObject({ chargedFen: 1_250, refundedFen: 1_250 });
  expect(await bench.control("GET", "/wallet")).toMatchObject({ balanceFen: 10_000_000 });
});

it("returns the money when the customer paid between the last query and the reverse", async () => {
  await pay("password");
  bench.clock.nowMs += 20_000;
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "USERPAYING" });
  await bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true });
  expect((await bench.reverse(number)).status).toBe(200);
  expect(orderNow()).toEqual({ state: "REFUND", net: 0, rules: [] });
});

it("clears up a failed payment", async () => {
  await pay("refuse");
  bench.clock.nowMs += 15_000;
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "PAYERROR" });
  await bench.reverse(number);
  expect(orderNow()).toEqual({ state: "REVOKED", net: 0, rules: [] });
});

it("is refused while the money is on its way, changes nothing, and works afterwards", async () => {
  await pay("password");
  bench.clock.nowMs += 20_000;
  await bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true, settleAfterMs: 60_000 });
  const busy = await bench.reverse(number);
  expect([busy.status, busy.body["code"]]).toEqual([400, "INVALID_REQUEST"]);
  // Past the automatic revoke: money on its way is not revoked under the customer's feet.
  bench.clock.nowMs += 60_000;
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "SUCCESS" });
  await bench.reverse(number);
  expect(orderNow()).toEqual({ state: "REFUND", net: 0, rules: [] });
});

it("is allowed but held against the shop within 15 s of the pay", async () => {
  await pay("password");
  bench.clock.nowMs += 14_999;
  expect((await bench.reverse(number)).status).toBe(200);
  expect(orderNow()).toEqual({ state: "REVOKED", net: 0, rules: ["reversed-too-soon"] });
});

it("is refused once seven days have passed since the payment", async () => {
  await pay("pay");
  bench.clock.nowMs += 7 * dayMs + 1;
  expect((await bench.reverse(number)).body).toMatchObject({ code: "INVALID_REQUEST" });
  expect(orderNow()).toMatchObject({ state: "SUCCESS", net: 1_250 });
});

it("takes effect although its answer is lost, so that asking again gives money back only once", async () => {
  await pay("pay");
  bench.clock.nowMs += 15_000;
  await bench.control("POST", "/gateway/script", { outcome: "reset-but-done", operation: "reverse", next: true });
  await expect(bench.reverse(number)).rejects.toThrow("ECONNRESET");
  expect((await bench.reverse(number)).status).toBe(200);
  expect(bench.gateway.ledger().orders[0]).toMatchObject({ chargedFen: 1_250, refundedFen: 1_250 });
});

it("kills a number nobody has paid under yet: a late pay finds it dead", async () => {
  expect((await bench.reverse(number)).status).toBe(200);
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "REVOKED", out_trade_no: number });
  expect((await bench.codepay(number, 1_250, bench.showCode())).status).toBe(403);
  expect((await bench.native(number, 1_250)).status).toBe(403);
  expect(orderNow()).toEqual({ state: "REVOKED", net: 0, rules: [] });
});

it("can be scripted to know nothing of such a number", async () => {
  await bench.control("POST", "/gateway/script", { outcome: "order-not-exist", operation: "reverse", next: true });
  expect((await bench.reverse(number)).status).toBe(404);
  expect((await bench.query(number)).status).toBe(404);
});
