import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operationNames } from "./operation.ts";
import { outcomeNames, outcomesOf } from "./outcomes.ts";
import { codepayBody, startBench, type Bench } from "./test-till.ts";

let bench: Bench;
const number = "SALE-0001";

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  await bench.gateway.close();
});

function script(outcome: string, more: object = {}): Promise<unknown> {
  return bench.control("POST", "/gateway/script", { outcome, next: true, ...more });
}

function pay() {
  return bench.codepay(number, 1_250, bench.showCode());
}

function chargedFen(): number {
  return bench.gateway.ledger().orders.find((order) => order.outTradeNo === number)?.chargedFen ?? 0;
}

async function stateNow(): Promise<unknown> {
  const { body } = await bench.query(number);
  return body["trade_state"] ?? body["code"];
}

describe("the customer's side of a payment code", () => {
  it("success: paid at once, even with a code this phone never showed", async () => {
    await bench.control("POST", "/gateway/script", { outcome: "success", authCode: "134567890123456789" });
    const reply = await bench.codepay(number, 1_250, "134567890123456789");
    expect([reply.status, reply.body["trade_state"], chargedFen()]).toEqual([200, "SUCCESS", 1_250]);
  });

  it("userpaying-success: 202, and paid after five seconds of the clock", async () => {
    await script("userpaying-success");
    const reply = await pay();
    expect([reply.status, reply.isGenuine, reply.body["trade_state"]]).toEqual([202, true, "USERPAYING"]);
    expect(reply.body).not.toHaveProperty("transaction_id");
    expect(await stateNow()).toBe("USERPAYING");
    bench.clock.nowMs += 5_000;
    expect([await stateNow(), chargedFen()]).toEqual(["SUCCESS", 1_250]);
  });

  it("userpaying-payerror: 202, and the customer taps cancel", async () => {
    await script("userpaying-payerror", { params: { settleAfterMs: 2_000 } });
    expect((await pay()).status).toBe(202);
    bench.clock.nowMs += 2_000;
    expect([await stateNow(), chargedFen()]).toEqual(["PAYERROR", 0]);
  });

  it("userpaying-never: 202, until the gateway revokes the order", async () => {
    await script("userpaying-never");
    expect((await pay()).status).toBe(202);
    bench.clock.nowMs += 44_999;
    expect(await stateNow()).toBe("USERPAYING");
    bench.clock.nowMs += 1;
    expect([await stateNow(), chargedFen()]).toEqual(["REVOKED", 0]);
  });

  it.each([
    ["code-expired", 400, "AUTH_CODE_EXPIRE", "ORDER_NOT_EXIST"],
    ["code-used", 400, "AUTH_CODE_INVALID", "ORDER_NOT_EXIST"],
    ["code-unknown", 400, "AUTH_CODE_INVALID", "ORDER_NOT_EXIST"],
    ["code-prefix", 400, "AUTH_CODE_ERROR", "ORDER_NOT_EXIST"],
    ["not-enough", 403, "NOT_ENOUGH", "PAYERROR"],
    ["trade-error", 403, "TRADE_ERROR", "PAYERROR"],
    ["bank-error", 500, "BANK_ERROR", "PAYERROR"],
    ["system-error", 500, "SYSTEM_ERROR", "ORDER_NOT_EXIST"],
    ["rate-limited", 429, "FREQUENCY_LIMITED", "ORDER_NOT_EXIST"],
    ["service-unavailable", 503, "SERVICE_UNAVAILABLE", "ORDER_NOT_EXIST"],
    ["order-not-exist", 404, "ORDER_NOT_EXIST", "ORDER_NOT_EXIST"],
  ])("%s: %i %s, nothing charged, and a query says %s", async (outcome, status, code, state) => {
    await script(outcome);
    const reply = await pay();
    expect([reply.status, reply.isGenuine, reply.body["code"]]).toEqual([status, true, code]);
    expect([await stateNow(), chargedFen()]).toEqual([state, 0]);
  });

  it.each([
    ["system-error-charged", 500],
    ["system-error-but-done", 500],
    ["service-unavailable-but-done", 503],
    ["bad-gateway-but-done", 502],
  ])("%s: %i, and the money is gone all the same", async (outcome, status) => {
    await script(outcome);
    expect((await pay()).status).toBe(status);
    expect([await stateNow(), chargedFen()]).toEqual(["SUCCESS", 1_250]);
  });

  it("bad-gateway: an unsigned page of a proxy, nothing charged", async () => {
    await script("bad-gateway");
    const reply = await pay();
    expect([reply.status, reply.isGenuine, reply.text.slice(0, 6)]).toEqual([502, false, "<html>"]);
    expect([await stateNow(), chargedFen()]).toEqual(["ORDER_NOT_EXIST", 0]);
  });
});

describe("answers that never arrive", () => {
  it.each([
    ["reset", 0],
    ["reset-but-done", 1_250],
    ["reset-after-charge", 1_250],
  ])("%s: the connection dies and %i fen are charged", async (outcome, fen) => {
    await script(outcome);
    await expect(pay()).rejects.toThrow("ECONNRESET");
    expect(chargedFen()).toBe(fen);
  });

  it.each([
    ["never-answered", 0],
    ["never-answered-but-done", 1_250],
    ["never-answered-but-charged", 1_250],
  ])("%s: the socket stays open without a word and %i fen are charged", async (outcome, fen) => {
    await script(outcome);
    const body = JSON.stringify(codepayBody(number, 1_250, bench.showCode()));
    const sent = bench.send({ method: "POST", target: "/v3/pay/transactions/codepay", body, timeoutMs: 150 });
    await expect(sent).rejects.toThrow("timeout");
    expect(chargedFen()).toBe(fen);
  });

  it("slow-then-charged: nobody can reverse meanwhile, the late answer tells the truth of its moment", async () => {
    await script("slow-then-charged", { params: { answerAfterMs: 150, settleAfterMs: 35_000 } });
    const late = pay();
    await expect.poll(stateNow).toBe("USERPAYING");
    bench.clock.nowMs += 34_999;
    expect((await bench.reverse(number)).body).toMatchObject({ code: "INVALID_REQUEST" });
    bench.clock.nowMs += 1;
    const reply = await late;
    expect([reply.status, reply.body["trade_state"], chargedFen()]).toEqual([200, "SUCCESS", 1_250]);
  });

  it("slow-then-charged: the charge lands also when the till has hung up long ago", async () => {
    await script("slow-then-charged", { params: { answerAfterMs: 60_000 } });
    const body = JSON.stringify(codepayBody(number, 1_250, bench.showCode()));
    const sent = bench.send({ method: "POST", target: "/v3/pay/transactions/codepay", body, timeoutMs: 100 });
    await expect(sent).rejects.toThrow("timeout");
    expect(await stateNow()).toBe("USERPAYING");
    bench.clock.nowMs += 35_000;
    expect([await stateNow(), chargedFen()]).toEqual(["SUCCESS", 1_250]);
  });

  it("slow: a refused pay is refused just as well a little later", async () => {
    await script("slow", { params: { answerAfterMs: 20 } });
    expect((await bench.codepay(number, 100, "134567890123456789")).body).toMatchObject({ code: "AUTH_CODE_INVALID" });
  });

  it("slow: any operation's answer can be held back", async () => {
    await pay();
    await script("slow", { operation: "query", params: { answerAfterMs: 50 } });
    const before = performance.now();
    expect(await stateNow()).toBe("SUCCESS");
    expect(performance.now() - before).toBeGreaterThanOrEqual(49);
  });
});

describe("answers that must not be believed", () => {
  it.each([
    ["foreign-out-trade-no", { out_trade_no: "SOMEBODY-ELSES-ORDER" }],
    ["foreign-amount", { amount: { total: 1_251, payer_total: 1_251, currency: "CNY", payer_currency: "CNY" } }],
    ["foreign-merchant", { mchid: "1900000000" }],
  ])("%s: rightly signed, about somebody else", async (outcome, part) => {
    await script(outcome);
    const reply = await pay();
    expect([reply.status, reply.isGenuine]).toEqual([200, true]);
    expect(reply.body).toMatchObject(part);
    expect([await stateNow(), chargedFen()]).toEqual(["SUCCESS", 1_250]);
  });

  it("not-json: a signed 200 that is no JSON", async () => {
    await script("not-json");
    const reply = await pay();
    expect([reply.status, reply.isGenuine, reply.body, chargedFen()]).toEqual([200, true, {}, 1_250]);
  });

  it("truncated: the connection ends in the middle of the body", async () => {
    await script("truncated");
    await expect(pay()).rejects.toThrow("aborted");
    expect(chargedFen()).toBe(1_250);
  });

  it.each(["missing", "wrong", "signtest", "stale", "future", "unknown-serial"])(
    "signature %s: a paid order whose answer proves nothing",
    async (signature) => {
      await script("normal", { params: { signature } });
      const reply = await pay();
      expect([reply.status, reply.body["trade_state"], reply.isGenuine]).toEqual([200, "SUCCESS", false]);
      const sent = String(reply.headers["wechatpay-signature"] ?? "");
      expect(sent.startsWith("WECHATPAY/SIGNTEST/")).toBe(signature === "signtest");
      expect((await bench.query(number)).isGenuine).toBe(true);
    },
  );
});

describe("the gateway's moods", () => {
  it("hides an accepted pay from queries for a while", async () => {
    await script("success", { params: { queryDelayMs: 8_000 } });
    await pay();
    expect(await stateNow()).toBe("ORDER_NOT_EXIST");
    bench.clock.nowMs += 8_000;
    expect(await stateNow()).toBe("SUCCESS");
  });

  it("spells error codes with and without underscores", async () => {
    await script("normal", { operation: "query", params: { spelling: "plain" } });
    expect([await stateNow(), await stateNow()]).toEqual(["ORDERNOTEXIST", "ORDER_NOT_EXIST"]);
  });

  it("can say that the customer is busy by an error code alone", async () => {
    await script("userpaying-never", { params: { userPayingAs: "code", spelling: "plain" } });
    const reply = await pay();
    expect([reply.status, reply.body]).toEqual([202, { code: "USERPAYING", message: "需要用户输入支付密码" }]);
  });

  it("user-paying: close answers 202 and reverse is refused, without effect, as often as scripted", async () => {
    await bench.native("QR-0000001", 500);
    await script("user-paying", { operation: "close", times: 2 });
    expect((await bench.close("QR-0000001")).status).toBe(202);
    expect((await bench.close("QR-0000001")).body).toMatchObject({ code: "USER_PAYING" });
    expect((await bench.close("QR-0000001")).status).toBe(204);
    await pay();
    await script("user-paying", { operation: "reverse" });
    expect((await bench.reverse(number)).body).toMatchObject({ code: "INVALID_REQUEST" });
    expect(await stateNow()).toBe("SUCCESS");
  });
});

describe("scripting", () => {
  it("matches by payment code, by amount, by number or the next request, and only as often as asked", async () => {
    const code = bench.showCode();
    await bench.control("POST", "/gateway/script", { outcome: "not-enough", amountFen: 777 });
    await bench.control("POST", "/gateway/script", { outcome: "trade-error", authCode: code });
    await bench.control("POST", "/gateway/script", { outcome: "bank-error", outTradeNo: "SALE-0003" });
    const said = [
      await bench.codepay("SALE-0001", 100, bench.showCode()),
      await bench.codepay("SALE-0002", 777, bench.showCode()),
      await bench.codepay("SALE-0003", 100, bench.showCode()),
      await bench.codepay("SALE-0004", 777, bench.showCode()),
      await bench.codepay("SALE-0005", 100, code),
    ].map((reply) => reply.body["code"] ?? reply.body["trade_state"]);
    expect(said).toEqual(["SUCCESS", "NOT_ENOUGH", "BANK_ERROR", "SUCCESS", "TRADE_ERROR"]);
    expect(bench.gateway.ledger().scriptsWaiting).toBe(0);
  });

  it("forgets waiting scripts when asked", async () => {
    await script("not-enough");
    await bench.control("POST", "/gateway/script/clear");
    expect((await pay()).status).toBe(200);
  });

  it("refuses nonsense with a reason", async () => {
    await expect(script("success", { operation: "query" })).rejects.toThrow('query cannot have the outcome "success"');
    await expect(script("succes")).rejects.toThrow("outcome");
    await expect(script("success", { amountFen: 1 })).rejects.toThrow("exactly one of");
    await expect(script("success", { params: { delay: 1 } })).rejects.toThrow("delay");
    await expect(script("success", { times: 0 })).rejects.toThrow("times");
  });

  it("gives every operation the general outcomes and every outcome at least one operation", () => {
    const all = operationNames.flatMap(outcomesOf);
    expect(new Set(all)).toEqual(new Set(outcomeNames));
    expect(outcomesOf("query")).toContain("system-error");
    expect(outcomesOf("query")).not.toContain("success");
  });
});

it("goes offline and comes back with its memory", async () => {
  await pay();
  await bench.control("POST", "/gateway/offline", { offline: true });
  await expect(bench.query(number)).rejects.toThrow();
  expect(bench.gateway.ledger()).toMatchObject({ offline: true });
  await bench.control("POST", "/gateway/offline", { offline: false });
  expect(await stateNow()).toBe("SUCCESS");
});
