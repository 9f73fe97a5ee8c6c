import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createChaos } from "./chaos.ts";
import { outcomesOf } from "./outcomes.ts";
import { startBench, startOfTime, type Bench } from "./test-till.ts";

describe("chaos", () => {
  const strikes = (seed: number, rate: number, count = 400) => {
    const chaos = createChaos();
    chaos.set({ seed, rate, answerAfterMs: 0 });
    return Array.from({ length: count }, () => chaos.strike("codepay"));
  };

  it("comes again with its seed and differs from seed to seed", () => {
    expect(strikes(7, 0.3)).toEqual(strikes(7, 0.3));
    expect(strikes(7, 0.3)).not.toEqual(strikes(8, 0.3));
  });

  it("strikes about as often as it is told, never at 0 and always at 1", () => {
    const hits = (rate: number) => strikes(1, rate).filter((strike) => strike !== null).length;
    expect([hits(0), hits(1)]).toEqual([0, 400]);
    expect(hits(0.25)).toBeGreaterThan(60);
    expect(hits(0.25)).toBeLessThan(140);
  });

  it("reaches every outcome of an operation", () => {
    const met = new Set(strikes(3, 1, 4_000).map((strike) => strike?.outcome));
    expect(met).toEqual(new Set(outcomesOf("codepay")));
  });

  it("keeps to the outcomes and operations it is given", () => {
    const chaos = createChaos();
    chaos.set({ seed: 1, rate: 1, operations: ["refund"], outcomes: ["reset"], answerAfterMs: 0 });
    expect([chaos.strike("codepay"), chaos.strike("refund")?.outcome]).toEqual([null, "reset"]);
  });
});

describe("the gateway's controls", () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await startBench();
  });

  afterEach(async () => {
    await bench.gateway.close();
  });

  it("turn chaos on and off; a script goes before it", async () => {
    await bench.control("POST", "/gateway/chaos", { seed: 1, rate: 1, outcomes: ["service-unavailable"] });
    expect((await bench.query("SALE-0001")).status).toBe(503);
    await bench.control("POST", "/gateway/script", { outcome: "rate-limited", operation: "query", next: true });
    expect((await bench.query("SALE-0001")).status).toBe(429);
    await bench.control("POST", "/gateway/chaos", { seed: 1, rate: 0 });
    expect((await bench.query("SALE-0001")).status).toBe(404);
  });

  it("move business on without touching the clock of signatures", async () => {
    await bench.control("POST", "/wallet/behaviour", { onCode: "ignore" });
    await bench.codepay("SALE-0001", 100, bench.showCode());
    const dayMs = 86_400_000;
    expect(await bench.control("POST", "/gateway/clock", { advanceMs: dayMs })).toEqual({
      nowMs: startOfTime + dayMs,
      wireNowMs: startOfTime,
    });
    const reply = await bench.query("SALE-0001");
    expect([reply.isGenuine, reply.body["trade_state"]]).toEqual([true, "REVOKED"]);
  });

  it("set the clock of signatures apart, so that a till five minutes off is told so", async () => {
    await bench.control("POST", "/gateway/clock", { wireSkewMs: 300_000 });
    const reply = await bench.query("SALE-0001");
    expect([reply.status, reply.body["code"], reply.isGenuine]).toEqual([401, "SIGN_ERROR", false]);
    expect(reply.headers["date"]).toBe(new Date(startOfTime + 300_000).toUTCString());
    await bench.control("POST", "/gateway/clock", { wireSkewMs: 0 });
    expect((await bench.query("SALE-0001")).isGenuine).toBe(true);
  });

  it.each([
    ["/gateway/chaos", { seed: 1, rate: 2 }],
    ["/gateway/clock", { advanceMs: -1 }],
    ["/gateway/balance", {}],
    ["/gateway/past", { payments: [] }],
    ["/gateway/bill/discrepancy", { kind: "stolen" }],
    ["/gateway/certificates", { rotate: false }],
    ["/gateway/notify", { url: "https://shop.example.cn/" }],
  ])("refuse %s with %o", async (path, body) => {
    await expect(bench.control("POST", path, body)).rejects.toThrow();
  });
});
