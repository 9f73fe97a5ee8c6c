import { randomBytes } from "node:crypto";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { type Attempt, type AttemptKind, defaultAttemptTiming } from "#core/tender/attempt.ts";
import { isFinished, newAttempt } from "#core/tender/step-attempt.ts";
import { createGateway, type Gateway } from "#simulators/gateway/gateway.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createAttemptDriver } from "#main/till/attempts/attempt-driver.ts";
import type { PaymentGateway } from "#main/till/ports/payment-gateway.ts";
import { createWechatGateway } from "./create-wechat-gateway.ts";
import { merchantKeys, platformKeys, testConfig, testNowMs } from "./testing-gateway.ts";

/*
 * The client and the driver against the gateway simulator, which was written from the same facts by other hands: what
 * the till believes in the end must be what the simulator's book says of the customer's money.
 */

let nowMs = testNowMs;
let timers: { readonly atMs: number; readonly callback: () => void }[] = [];
let asking = 0;
let simulator: Gateway;
let client: PaymentGateway;
const disk = new Map<string, Attempt>();
const logged: string[] = [];
const shownCodes: string[] = [];

beforeAll(async () => {
  const { mchid, appid, certSerial, publicKeyId } = testConfig();
  simulator = await createGateway({
    port: 0,
    merchant: { mchid, appid, certSerial, publicKeyPem: merchantKeys.publicKey },
    platform: { privateKeyPem: platformKeys.privateKey, publicKeyId },
    now: () => nowMs,
    announce: () => {},
  });
  const config = testConfig({ baseUrl: simulator.baseUrl });
  const created = createWechatGateway({
    config: { ...config, timing: { ...config.timing, requestTimeoutMs: 500 } },
    privateKeyPem: merchantKeys.privateKey,
    publicKeyPem: platformKeys.publicKey,
    deviceId: "T01",
    now: () => nowMs,
    nonce: () => randomBytes(16).toString("hex"),
    log: (what, facts) => logged.push(`${what} ${JSON.stringify(facts)}`),
    onReachability: () => {},
  });
  assert(created.ok, "the tests' keys are good ones");
  client = created.value;
});
afterAll(() => simulator.close());

/** The client, with a count of what is on its way. */
const counted =
  <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
  (...given: A): Promise<R> => {
    asking += 1;
    return call(...given).finally(() => (asking -= 1));
  };

function bootDriver() {
  const store = (attempt: Attempt): void => void disk.set(attempt.outTradeNo, attempt);
  return createAttemptDriver({
    store: {
      createAttempt: store,
      saveAttempt: store,
      unfinishedAttempts: () => [...disk.values()].filter((attempt) => !isFinished(attempt)),
    },
    gateway: {
      codeProtocol: client.codeProtocol,
      pay: counted(client.pay),
      openNative: counted(client.openNative),
      query: counted(client.query),
      reverse: counted(client.reverse),
      close: counted(client.close),
    },
    clock: { now: () => nowMs, after },
    timing: defaultAttemptTiming,
    describe: () => "便利店 🍎",
    onChange: () => {},
    onSettled: store,
    log: (what, facts) => logged.push(`${what} ${JSON.stringify(facts)}`),
  });
}

function after(ms: number, callback: () => void): () => void {
  const timer = { atMs: nowMs + ms, callback };
  timers.push(timer);
  return () => {
    timers = timers.filter((other) => other !== timer);
  };
}

/** Every answer of the wire is in; the driver has heard it. */
const answersArrive = () => vi.waitFor(() => expect(asking).toBe(0), { timeout: 5_000, interval: 5 });

/** Lets the clock jump from timer to timer until nothing waits any more, or as long as `goOn` says. */
async function runOn(goOn: () => boolean = () => true): Promise<void> {
  await answersArrive();
  for (let steps = 0; steps < 200 && goOn(); steps += 1) {
    const [next] = timers.sort((a, b) => a.atMs - b.atMs);
    if (next === undefined) return;
    nowMs = Math.max(nowMs, next.atMs);
    timers = timers.slice(1);
    next.callback();
    await answersArrive();
  }
}

function showCode(): string {
  const authCode = simulator.wallet.showCode();
  shownCodes.push(authCode);
  return authCode;
}

async function script(what: Readonly<Record<string, unknown>>): Promise<void> {
  const route = simulator.routes.find(({ path }) => path === "/gateway/script");
  assert(route !== undefined, "the simulator can be scripted");
  await route.handle(what);
}

let count = 0;
function started(kind: AttemptKind): Attempt {
  count += 1;
  const outTradeNo = `SH01T01261121120000${count.toString(36).toUpperCase().padStart(3, "0")}`;
  return newAttempt({ kind, outTradeNo, saleId: outTradeNo, tenderId: "t", amountFen: fen(1_000 + count), nowMs });
}

function book(outTradeNo: string) {
  const { orders } = simulator.ledger();
  const order = orders.find((one) => one.outTradeNo === outTradeNo);
  const keptFen = order === undefined ? 0 : order.chargedFen - order.refundedFen;
  return { keptFen, charges: order?.chargedFen ?? 0, violations: order?.violations ?? [] };
}

/** The two sides agree about the money, and the till broke no rule of the gateway on the way. */
function expectAgreement({ outTradeNo, amountFen }: Attempt): Attempt {
  const attempt = disk.get(outTradeNo);
  assert(attempt !== undefined, "a started attempt is on disk");
  const { keptFen, charges, violations } = book(outTradeNo);
  expect(isFinished(attempt)).toBe(true);
  expect({ keptFen, violations }).toEqual({ keptFen: attempt.state === "paid" ? amountFen : 0, violations: [] });
  expect([0, amountFen]).toContain(charges);
  return attempt;
}

async function payByCode(prepare: (attempt: Attempt, authCode: string) => Promise<void>): Promise<Attempt> {
  const attempt = started("codepay");
  const authCode = showCode();
  await prepare(attempt, authCode);
  bootDriver().start(attempt, authCode);
  await runOn();
  return expectAgreement(attempt);
}

describe("the till and the gateway agree about a scanned code", () => {
  it.each([
    ["normal", "paid"],
    ["success", "paid"],
    ["userpaying-success", "paid"],
    ["userpaying-payerror", "reversed"],
    ["userpaying-never", "reversed"],
    ["code-expired", "failed"],
    ["code-used", "failed"],
    ["code-unknown", "failed"],
    ["code-prefix", "failed"],
    ["not-enough", "reversed"],
    ["trade-error", "reversed"],
    ["bank-error", "reversed"],
    ["system-error", "reversed"],
    ["system-error-charged", "paid"],
    ["system-error-but-done", "paid"],
    ["bad-gateway", "reversed"],
    ["bad-gateway-but-done", "paid"],
    ["rate-limited", "reversed"],
    ["reset", "reversed"],
    ["reset-after-charge", "paid"],
    ["never-answered", "reversed"],
    ["never-answered-but-charged", "paid"],
    ["not-json", "paid"],
    ["truncated", "paid"],
    ["foreign-out-trade-no", "paid"],
    ["foreign-amount", "paid"],
    ["foreign-merchant", "paid"],
  ])("when the pay is answered %s: %s", async (outcome, state) => {
    const attempt = await payByCode((_attempt, authCode) => script({ outcome, authCode }));
    expect(attempt.state).toBe(state);
  });

  it.each(["missing", "wrong", "signtest", "stale", "future", "unknown-serial"])(
    "when the pay's answer is signed badly: %s",
    async (signature) => {
      const attempt = await payByCode((_attempt, authCode) =>
        script({ outcome: "normal", authCode, params: { signature } }),
      );
      expect(attempt).toMatchObject({ state: "paid", lastUnknown: "bad-signature" });
    },
  );

  it.each(["code-expired", "not-enough"])("when codes are spelt without underscores: %s", async (outcome) => {
    const params = { spelling: "plain" };
    const attempt = await payByCode((_attempt, authCode) => script({ outcome, authCode, params }));
    expect(attempt.refused).not.toBeNull();
  });

  it("when the 202 says so by a code alone", async () => {
    const params = { userPayingAs: "code" };
    const attempt = await payByCode((_attempt, authCode) =>
      script({ outcome: "userpaying-success", authCode, params }),
    );
    expect(attempt).toMatchObject({ state: "paid", customerIsEnteringPassword: false });
  });

  it.each(["order-not-exist", "system-error", "reset", "foreign-amount", "not-json"])(
    "when the first queries are answered %s",
    async (outcome) => {
      const attempt = await payByCode(async ({ outTradeNo }, authCode) => {
        await script({ outcome: "system-error-charged", authCode });
        await script({ outcome, operation: "query", outTradeNo, times: 3 });
      });
      expect(attempt.state).toBe("paid");
    },
  );

  it.each(["order-not-exist", "foreign-amount", "foreign-merchant"])(
    "when every query until the deadline is answered %s: the money goes back",
    async (outcome) => {
      const attempt = await payByCode(async ({ outTradeNo }, authCode) => {
        await script({ outcome: "system-error-charged", authCode });
        await script({ outcome, operation: "query", outTradeNo, times: 9 });
      });
      expect(attempt).toMatchObject({ state: "reversed", wasRefunded: true });
    },
  );

  it.each(["system-error", "reset-but-done", "bad-gateway", "never-answered-but-done", "rate-limited"])(
    "when the first reverses are answered %s",
    async (outcome) => {
      const attempt = await payByCode(async ({ outTradeNo }, authCode) => {
        await script({ outcome: "userpaying-never", authCode });
        await script({ outcome, operation: "reverse", outTradeNo, times: 2 });
      });
      expect(attempt.state).toBe("reversed");
    },
  );

  it("when the till dies before the answer and starts again", async () => {
    const attempt = started("codepay");
    const first = bootDriver();
    first.start(attempt, showCode());
    first.stop();
    timers = [];
    await answersArrive();
    expect(disk.get(attempt.outTradeNo)?.state).toBe("sent");
    bootDriver().resumeAll();
    await runOn();
    expect(expectAgreement(attempt)).toMatchObject({ state: "paid", wasResumed: true });
  });
});

describe("the till and the gateway agree about a QR code", () => {
  const codeUrlOf = ({ outTradeNo }: Attempt) => disk.get(outTradeNo)?.codeUrl ?? "";

  it("paid from the customer's phone", async () => {
    const attempt = started("native");
    bootDriver().start(attempt, null);
    await answersArrive();
    const codeUrl = codeUrlOf(attempt);
    expect(simulator.wallet.scanQr(codeUrl)).toMatchObject({ amountFen: attempt.amountFen, description: "便利店" });
    simulator.wallet.payQr({ codeUrl, accept: true });
    await runOn();
    expect(expectAgreement(attempt).state).toBe("paid");
  });

  it("never scanned: closed, and then nobody can pay it", async () => {
    const attempt = started("native");
    bootDriver().start(attempt, null);
    await runOn();
    expect(expectAgreement(attempt).state).toBe("reversed");
    expect(() => simulator.wallet.scanQr(codeUrlOf(attempt))).toThrow();
  });

  it("opened at the second try, after an answer that was lost", async () => {
    const attempt = started("native");
    await script({ outcome: "reset-but-done", operation: "native", outTradeNo: attempt.outTradeNo });
    bootDriver().start(attempt, null);
    await runOn(() => codeUrlOf(attempt) === "");
    const codeUrl = codeUrlOf(attempt);
    simulator.wallet.scanQr(codeUrl);
    simulator.wallet.payQr({ codeUrl, accept: true });
    await runOn();
    expect(expectAgreement(attempt).state).toBe("paid");
  });

  it.each(["user-paying", "system-error", "reset-but-done"])("whose close is answered %s at first", async (outcome) => {
    const attempt = started("native");
    await script({ outcome, operation: "close", outTradeNo: attempt.outTradeNo });
    bootDriver().start(attempt, null);
    await runOn();
    expect(expectAgreement(attempt).state).toBe("reversed");
  });
});

describe("after all of it", () => {
  it("the gateway turned no request away for its form, and no payment code is in the log", () => {
    expect(simulator.ledger().refusedRequests).toEqual([]);
    const log = logged.join("\n");
    expect(log).toContain("/v3/pay/transactions/codepay");
    expect(shownCodes.length).toBeGreaterThan(40);
    for (const authCode of shownCodes) expect(log).not.toContain(authCode);
  });
});
