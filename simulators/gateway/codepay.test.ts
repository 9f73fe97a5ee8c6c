import { afterEach, beforeEach, expect, it } from "vitest";
import { account, startBench, type Bench } from "./test-till.ts";

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  await bench.gateway.close();
});

it("charges a shown code once, at once, and says so in a signed answer", async () => {
  const reply = await bench.codepay("SALE-0001", 1_250, bench.showCode());
  expect({ status: reply.status, isGenuine: reply.isGenuine, body: reply.body }).toEqual({
    status: 200,
    isGenuine: true,
    body: {
      appid: account.appid,
      mchid: account.mchid,
      out_trade_no: "SALE-0001",
      trade_type: "MICROPAY",
      trade_state: "SUCCESS",
      trade_state_desc: "支付成功",
      attach: "",
      amount: { total: 1_250, currency: "CNY", payer_total: 1_250, payer_currency: "CNY" },
      transaction_id: expect.stringMatching(/^4200000891202611\d{12}$/),
      bank_type: "OTHERS",
      success_time: "2026-11-22T09:00:00+08:00",
      payer: { openid: expect.stringMatching(/^o.{27}$/) },
      promotion_detail: [],
      scene_info: { device_id: "T01" },
    },
  });
  expect(reply.headers["request-id"]).toMatch(/-0$/);
  expect((await bench.query("SALE-0001")).body).toEqual(reply.body);
  expect(orderOf("SALE-0001")).toMatchObject({ state: "SUCCESS", chargedFen: 1_250, refundedFen: 0, violations: [] });
});

it("refuses a code shown a minute ago, a used one, an unknown one and one that is no payment code", async () => {
  const old = bench.showCode();
  bench.clock.nowMs += 60_000;
  const used = bench.showCode();
  await bench.codepay("SALE-0001", 100, used);
  expect((await bench.codepay("SALE-0002", 100, old)).body).toMatchObject({ code: "AUTH_CODE_EXPIRE" });
  expect((await bench.codepay("SALE-0003", 100, used)).body).toMatchObject({ code: "AUTH_CODE_INVALID" });
  expect((await bench.codepay("SALE-0004", 100, "134567890123456789")).body).toMatchObject({
    code: "AUTH_CODE_INVALID",
  });
  expect((await bench.codepay("SALE-0005", 100, "284567890123456789")).body).toMatchObject({ code: "AUTH_CODE_ERROR" });
  expect((await bench.codepay("SALE-0006", 100, "6901234567892")).body).toMatchObject({ code: "AUTH_CODE_ERROR" });
  expect((await bench.query("SALE-0002")).body).toMatchObject({ code: "ORDER_NOT_EXIST" });
  expect(bench.gateway.ledger().orders.map((order) => order.chargedFen)).toEqual([100, 0, 0, 0, 0, 0]);
});

it("never charges a number twice, whatever is sent again, and holds it against the shop", async () => {
  const code = bench.showCode();
  await bench.codepay("SALE-0001", 100, code);
  expect((await bench.codepay("SALE-0001", 100, code)).body).toMatchObject({ code: "ORDERPAID" });
  expect((await bench.codepay("SALE-0001", 200, bench.showCode())).body).toMatchObject({ code: "OUT_TRADE_NO_USED" });
  const sentTwice = { at: bench.clock.nowMs, rule: "codepay-sent-twice" };
  expect(orderOf("SALE-0001")).toMatchObject({ chargedFen: 100, violations: [sentTwice, sentTwice] });
});

it("answers a repeat on a waiting order with the misleading code, for the same and for another payment code", async () => {
  await bench.control("POST", "/wallet/behaviour", { onCode: "password" });
  const code = bench.showCode();
  expect((await bench.codepay("SALE-0001", 100, code)).status).toBe(202);
  expect((await bench.codepay("SALE-0001", 100, code)).body).toMatchObject({ code: "AUTH_CODE_INVALID" });
  expect((await bench.codepay("SALE-0001", 100, bench.showCode())).body).toMatchObject({ code: "AUTH_CODE_INVALID" });
});

it("counts a pay sent again after a lost one as a violation even though nothing had happened", async () => {
  await bench.control("POST", "/gateway/script", { outcome: "system-error", next: true });
  await bench.codepay("SALE-0001", 100, bench.showCode());
  await bench.codepay("SALE-0001", 100, bench.showCode());
  expect(orderOf("SALE-0001")).toMatchObject({ chargedFen: 100, violations: [{ rule: "codepay-sent-twice" }] });
});

it("refuses a number that a QR order has", async () => {
  await bench.native("SALE-0001", 100);
  expect((await bench.codepay("SALE-0001", 100, bench.showCode())).body).toMatchObject({ code: "OUT_TRADE_NO_USED" });
  expect(orderOf("SALE-0001")).toMatchObject({ violations: [{ rule: "number-used-for-another-scene" }] });
});

it("revokes an unpaid order by itself 45 s after its creation, not a moment earlier", async () => {
  await bench.control("POST", "/wallet/behaviour", { onCode: "ignore" });
  await bench.codepay("SALE-0001", 100, bench.showCode());
  bench.clock.nowMs += 44_999;
  expect((await bench.query("SALE-0001")).body).toMatchObject({ trade_state: "USERPAYING" });
  bench.clock.nowMs += 1;
  expect((await bench.query("SALE-0001")).body).toMatchObject({ trade_state: "REVOKED" });
  expect(orderOf("SALE-0001").states.map(({ at, state }) => [at - bench.clock.nowMs, state])).toEqual([
    [-45_000, "USERPAYING"],
    [0, "REVOKED"],
  ]);
});

it("puts what was due into its own order when the clock jumps far ahead", async () => {
  await bench.control("POST", "/gateway/script", {
    outcome: "userpaying-success",
    next: true,
    params: { settleAfterMs: 44_000 },
  });
  await bench.control("POST", "/gateway/script", {
    outcome: "userpaying-success",
    next: true,
    params: { settleAfterMs: 46_000 },
  });
  await bench.codepay("SALE-0001", 100, bench.showCode());
  await bench.codepay("SALE-0002", 100, bench.showCode());
  bench.clock.nowMs += 3_600_000;
  expect(orderOf("SALE-0001")).toMatchObject({ state: "SUCCESS", chargedFen: 100 });
  expect(orderOf("SALE-0002")).toMatchObject({ state: "REVOKED", chargedFen: 0 });
});

it("refuses an order number in a query that cannot be one, and a foreign merchant", async () => {
  expect((await bench.query("short")).body).toMatchObject({ code: "PARAM_ERROR", detail: { location: "path" } });
  const foreign = await bench.send({ method: "GET", target: "/v3/pay/transactions/out-trade-no/SALE-0001?mchid=1" });
  expect(foreign.body).toMatchObject({
    code: "PARAM_ERROR",
    detail: { field: "mchid", value: "1", location: "query" },
  });
  const extra = `/v3/pay/transactions/out-trade-no/SALE-0001?mchid=${account.mchid}&appid=x`;
  expect((await bench.send({ method: "GET", target: extra })).body).toMatchObject({ detail: { field: "appid" } });
  const missing = await bench.send({ method: "GET", target: "/v3/pay/transactions/out-trade-no/SALE-0001" });
  expect(missing.body).toMatchObject({ detail: { field: "mchid", issue: "missing" } });
});

function orderOf(outTradeNo: string) {
  const order = bench.gateway.ledger().orders.find((known) => known.outTradeNo === outTradeNo);
  if (order === undefined) throw new Error(`no order ${outTradeNo}`);
  return order;
}
