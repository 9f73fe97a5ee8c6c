import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startBench, type Bench, type RefundAsked } from "../test-till.ts";

let bench: Bench;
const number = "SALE-0001";
const total = 1_000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

beforeEach(async () => {
  bench = await startBench();
  await bench.codepay(number, total, bench.showCode());
});

afterEach(async () => {
  await bench.gateway.close();
});

function refund(outRefundNo: string, fen: number, more: Partial<RefundAsked> = {}) {
  return bench.refund(outRefundNo, { outTradeNo: number, refund: fen, total, ...more });
}

function refundNow(outRefundNo: string) {
  return bench.get(`/v3/refund/domestic/refunds/${encodeURIComponent(outRefundNo)}`);
}

function script(outcome: string, more: object = {}) {
  return bench.control("POST", "/gateway/script", { outcome, operation: "refund", next: true, ...more });
}

function orderNow() {
  const [order] = bench.gateway.ledger().orders;
  return { state: order?.state, refunded: order?.refundedFen, refunds: order?.refunds.map(({ status }) => status) };
}

describe("a refund", () => {
  it("is accepted first and reaches the customer later, by the clock", async () => {
    const accepted = await refund("R-1", 400);
    expect([accepted.status, accepted.isGenuine]).toEqual([200, true]);
    expect(accepted.body).toEqual({
      refund_id: expect.stringMatching(/^503\d{25}$/),
      out_refund_no: "R-1",
      transaction_id: bench.gateway.ledger().orders[0]?.transactionId,
      out_trade_no: number,
      channel: "ORIGINAL",
      user_received_account: "支付用户零钱",
      create_time: "2026-11-22T09:00:00+08:00",
      status: "PROCESSING",
      funds_account: "AVAILABLE",
      amount: {
        ...{ total, refund: 400, from: [], payer_total: total, payer_refund: 400, settlement_refund: 400 },
        ...{ settlement_total: total, discount_refund: 0, currency: "CNY", refund_fee: 0 },
      },
      promotion_detail: [],
    });
    expect(orderNow()).toEqual({ state: "REFUND", refunded: 0, refunds: ["PROCESSING"] });
    bench.clock.nowMs += 5_000;
    const done = await refundNow("R-1");
    expect(done.body).toEqual({ ...accepted.body, status: "SUCCESS", success_time: "2026-11-22T09:00:05+08:00" });
    expect(orderNow()).toEqual({ state: "REFUND", refunded: 400, refunds: ["SUCCESS"] });
    expect(await bench.control("GET", "/wallet")).toMatchObject({
      balanceFen: 10_000_000 - 600,
      history: [{ outcome: "paid", returnedFen: 400 }],
    });
  });

  it("is found by the gateway's own order number too, but never by both at once or none", async () => {
    const transactionId = String((await bench.query(number)).body["transaction_id"]);
    const byId = { out_trade_no: undefined, transaction_id: transactionId };
    expect((await refund("R-1", 400, { extra: byId })).status).toBe(200);
    expect((await refund("R-2", 400, { extra: { transaction_id: transactionId } })).body).toMatchObject({
      code: "PARAM_ERROR",
    });
    expect((await refund("R-2", 400, { extra: { out_trade_no: undefined } })).body).toMatchObject({
      code: "PARAM_ERROR",
    });
  });

  it("asked again with the same number and the same words changes nothing, with other words is refused", async () => {
    const first = await refund("R-1", 400);
    expect((await refund("R-1", 400)).body).toEqual(first.body);
    bench.clock.nowMs += minuteMs;
    expect((await refund("R-1", 400)).body).toMatchObject({ status: "SUCCESS", refund_id: first.body["refund_id"] });
    const other = await refund("R-1", 401);
    expect([other.status, other.body["code"]]).toEqual([400, "INVALID_REQUEST"]);
    expect(other.headers["request-id"]).toMatch(/-268498688$/);
    expect(orderNow()).toEqual({ state: "REFUND", refunded: 400, refunds: ["SUCCESS"] });
  });

  it("never exceeds what remains, refunds under way included", async () => {
    await refund("R-1", 700);
    bench.clock.nowMs += minuteMs;
    expect((await refund("R-2", 301)).body).toMatchObject({ code: "INVALID_REQUEST" });
    expect((await refund("R-2", 300)).status).toBe(200);
    bench.clock.nowMs += minuteMs;
    expect((await refund("R-3", 1)).body).toMatchObject({ code: "INVALID_REQUEST" });
    expect(orderNow()).toMatchObject({ refunded: total });
    expect(await bench.control("GET", "/wallet")).toMatchObject({ history: [{ outcome: "returned" }] });
  });

  it("waits a minute after the one before", async () => {
    await refund("R-1", 100);
    bench.clock.nowMs += minuteMs - 1;
    expect((await refund("R-2", 100)).status).toBe(429);
    bench.clock.nowMs += 1;
    expect((await refund("R-2", 100)).status).toBe(200);
  });

  it("is refused the fifty-first time", async () => {
    for (let count = 1; count <= 50; count += 1) {
      expect((await refund(`R-${count}`, 1)).status).toBe(200);
      bench.clock.nowMs += minuteMs;
    }
    expect((await refund("R-51", 1)).body).toMatchObject({ message: expect.stringContaining("50") });
    expect(orderNow()).toMatchObject({ refunded: 50 });
  });

  it("is possible for a year and not a moment longer", async () => {
    bench.clock.nowMs += 365 * dayMs;
    expect((await refund("R-1", 1)).status).toBe(200);
    bench.clock.nowMs += minuteMs;
    expect((await refund("R-2", 1)).body).toMatchObject({ code: "INVALID_REQUEST" });
  });

  it("is refused for a foreign total, an unpaid order, an unknown one and a reversed one", async () => {
    expect((await refund("R-1", 1, { total: total + 1 })).body).toMatchObject({ code: "INVALID_REQUEST" });
    await bench.native("QR-0000001", total);
    expect((await refund("R-1", 1, { outTradeNo: "QR-0000001" })).body).toMatchObject({ code: "INVALID_REQUEST" });
    expect((await refund("R-1", 1, { outTradeNo: "NOBODYS-1" })).status).toBe(404);
    expect((await refundNow("R-1")).body).toMatchObject({ code: "RESOURCE_NOT_EXISTS" });
    await bench.reverse(number);
    expect((await refund("R-1", 1)).body).toMatchObject({ code: "INVALID_REQUEST" });
    expect(orderNow()).toMatchObject({ refunded: total, refunds: [] });
  });

  it("bars a reverse of the same order", async () => {
    await refund("R-1", 100);
    expect((await bench.reverse(number)).body).toMatchObject({ code: "INVALID_REQUEST" });
    expect(orderNow()).toMatchObject({ refunded: 0, refunds: ["PROCESSING"] });
  });

  it("needs the merchant's account to hold the money", async () => {
    await bench.control("POST", "/gateway/balance", { merchantBalanceFen: 399 });
    expect([(await refund("R-1", 400)).status, (await refund("R-1", 400)).body["code"]]).toEqual([403, "NOT_ENOUGH"]);
    expect(orderNow()).toEqual({ state: "SUCCESS", refunded: 0, refunds: [] });
    await bench.control("POST", "/gateway/balance", { merchantBalanceFen: 400 });
    expect((await refund("R-1", 400)).status).toBe(200);
    // The gateway's fee of 2 fen for 400 comes back with the refund.
    expect(bench.gateway.ledger().merchantBalanceFen).toBe(2);
  });
});

describe("a scripted refund", () => {
  it("closes, and what it had promised can be refunded under a new number", async () => {
    await script("refund-closed");
    await refund("R-1", total);
    bench.clock.nowMs += minuteMs;
    expect((await refundNow("R-1")).body).toMatchObject({ status: "CLOSED" });
    expect((await refund("R-1", total)).body).toMatchObject({ status: "CLOSED" });
    expect((await refund("R-2", total)).status).toBe(200);
    bench.clock.nowMs += minuteMs;
    expect(orderNow()).toEqual({ state: "REFUND", refunded: total, refunds: ["CLOSED", "SUCCESS"] });
  });

  it("gets stuck, promises its money still, and goes on to a bank card when told to", async () => {
    await script("refund-abnormal");
    const { refund_id: refundId } = (await refund("R-1", total)).body;
    bench.clock.nowMs += minuteMs;
    expect((await refundNow("R-1")).body).toMatchObject({ status: "ABNORMAL" });
    expect((await refund("R-2", 1)).body).toMatchObject({ code: "INVALID_REQUEST" });
    const target = `/v3/refund/domestic/refunds/${String(refundId)}/apply-abnormal-refund`;
    const body = JSON.stringify({ out_refund_no: "R-1", type: "MERCHANT_BANK_CARD" });
    expect((await bench.send({ method: "POST", target, body })).body).toMatchObject({ status: "PROCESSING" });
    bench.clock.nowMs += dayMs;
    expect((await refundNow("R-1")).body).toMatchObject({ status: "SUCCESS" });
    expect((await bench.send({ method: "POST", target, body })).body).toMatchObject({ code: "INVALID_REQUEST" });
    expect(orderNow()).toMatchObject({ refunded: total });
  });

  it.each([
    ["resource-not-exists", 404, "RESOURCE_NOT_EXISTS"],
    ["not-enough", 403, "NOT_ENOUGH"],
    ["user-account-abnormal", 403, "USER_ACCOUNT_ABNORMAL"],
    ["system-error", 500, "SYSTEM_ERROR"],
    ["rate-limited", 429, "FREQUENCY_LIMITED"],
  ])("%s: answers %i %s once, changes nothing, and works the second time", async (outcome, status, code) => {
    await script(outcome, { next: undefined, outRefundNo: "R-1" });
    const reply = await refund("R-1", 400);
    expect([reply.status, reply.body["code"]]).toEqual([status, code]);
    expect(orderNow()).toEqual({ state: "SUCCESS", refunded: 0, refunds: [] });
    expect((await refund("R-1", 400)).status).toBe(200);
  });

  it("is not known by the shop's number right after a pay the queries do not know yet", async () => {
    await bench.control("POST", "/gateway/script", { outcome: "success", next: true, params: { queryDelayMs: 8_000 } });
    const { transaction_id: transactionId } = (await bench.codepay("SALE-0002", total, bench.showCode())).body;
    expect((await refund("R-1", 100, { outTradeNo: "SALE-0002" })).status).toBe(404);
    const byId = { out_trade_no: undefined, transaction_id: transactionId };
    expect((await refund("R-1", 100, { extra: byId })).status).toBe(200);
  });

  it("took effect although its answer was lost: the same number again finds it", async () => {
    await script("reset-but-done");
    await expect(refund("R-1", 400)).rejects.toThrow("ECONNRESET");
    bench.clock.nowMs += minuteMs;
    expect((await refund("R-1", 400)).body).toMatchObject({ status: "SUCCESS" });
    expect(orderNow()).toMatchObject({ refunded: 400, refunds: ["SUCCESS"] });
  });

  it("lies about its amount, in the answer alone", async () => {
    await script("foreign-amount");
    expect((await refund("R-1", 400)).body).toMatchObject({ amount: { total: total + 1, refund: 401 } });
    bench.clock.nowMs += minuteMs;
    expect(orderNow()).toMatchObject({ refunded: 400 });
  });
});

describe("a refund request is refused for what the documentation does not have", () => {
  it.each([
    ["an unknown field", { appid: "wx" }],
    ["no currency", { amount: { refund: 1, total } }],
    ["a fraction of a fen", { amount: { refund: 1.5, total, currency: "CNY" } }],
    ["nothing to give back", { amount: { refund: 0, total, currency: "CNY" } }],
    ["a null", { reason: null }],
    ["an emoji", { reason: "坏了😀" }],
    ["a number with a space", { out_refund_no: "R 1" }],
    ["a notify_url with a query", { notify_url: "https://shop.example.cn/n?x=1" }],
  ])("%s", async (_, extra) => {
    expect((await refund("R-1", 1, { extra })).body).toMatchObject({ code: "PARAM_ERROR" });
    expect(orderNow()).toMatchObject({ refunds: [] });
  });
});

it("finds a paid order by the gateway's number, and no other", async () => {
  const { transaction_id: transactionId } = (await bench.query(number)).body;
  const byId = (id: unknown) => bench.get(`/v3/pay/transactions/id/${String(id)}?mchid=1900007291`);
  expect((await byId(transactionId)).body).toEqual((await bench.query(number)).body);
  expect((await byId("4200000891202611220000000000")).body).toMatchObject({ code: "ORDER_NOT_EXIST" });
  expect((await byId("no-number")).body).toMatchObject({ code: "PARAM_ERROR" });
});

it("knows its refunds after a restart, and lets those end that were under way", async () => {
  const dir = mkdtempSync(join(tmpdir(), "gateway-refund-"));
  const before = await startBench({ statePath: join(dir, "ledger.jsonl") });
  await before.codepay(number, total, before.showCode());
  await before.refund("R-1", { outTradeNo: number, refund: 400, total });
  await before.gateway.close();
  const after = await startBench({ statePath: join(dir, "ledger.jsonl") });
  after.clock.nowMs += minuteMs;
  expect((await after.get("/v3/refund/domestic/refunds/R-1")).body).toMatchObject({ status: "SUCCESS" });
  expect((await after.refund("R-1", { outTradeNo: number, refund: 401, total })).status).toBe(400);
  await after.gateway.close();
  rmSync(dir, { recursive: true });
});
