import { randomBytes } from "node:crypto";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { openFindings, reconcile } from "#core/reconciliation/reconcile.ts";
import type { LocalPayment } from "#core/reconciliation/finding.ts";
import { createGateway, type Gateway } from "#simulators/gateway/gateway.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchAndRead } from "../bill/testing-fetched-bill.ts";
import { createTradeBillReader } from "../bill/trade-bill.ts";
import { createWechatGateway, type WechatGateway } from "./create-wechat-gateway.ts";
import { selfSigned } from "./testing-certificates.ts";
import { merchantKeys, platformKeys, testConfig } from "./testing-gateway.ts";

/*
 * Refunds, bills, certificates and the other protocol against the gateway simulator, which was written from the same
 * facts by other hands.
 */

const apiV3Key = "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb";
const apiV2Key = "192006250b4c09247ec02edce69f6a2d";
/** The certificates of these tests begin when they are made. */
let nowMs = Date.now() + 3_600_000;
let simulator: Gateway;
const clients = new Map<string, WechatGateway>();
const { mchid, appid, certSerial, publicKeyId } = testConfig();

beforeAll(async () => {
  simulator = await createGateway({
    port: 0,
    merchant: { mchid, appid, certSerial, publicKeyPem: merchantKeys.publicKey, apiV3Key, apiV2Key },
    platform: { privateKeyPem: platformKeys.privateKey, publicKeyId },
    now: () => nowMs,
    announce: () => {},
  });
  const certificatePem = selfSigned(merchantKeys.privateKey, certSerial);
  const variants = {
    v3: {},
    v2: { codepayProtocol: "v2", certificateFile: "c.pem", v2KeyFile: "v2.key" },
    certificates: { answersSignedBy: "certificates", apiV3KeyFile: "k", publicKeyId: "", publicKeyFile: "" },
    stranger: { appid: "wx0000000000000000" },
  } as const;
  for (const [name, changes] of Object.entries(variants)) {
    const created = createWechatGateway({
      config: testConfig({ baseUrl: simulator.baseUrl, ...changes }),
      privateKeyPem: merchantKeys.privateKey,
      publicKeyPem: platformKeys.publicKey,
      ...{ certificatePem, apiV3Key, v2Key: apiV2Key, deviceId: "T01" },
      now: () => nowMs,
      nonce: () => randomBytes(16).toString("hex"),
      log: () => {},
      onReachability: () => {},
    });
    assert(created.ok, "the tests' keys are good ones");
    clients.set(name, created.value);
  }
});
afterAll(() => simulator.close());

function client(name: string): WechatGateway {
  const found = clients.get(name);
  assert(found !== undefined, "a client of that name");
  return found;
}

async function control(path: string, body: object): Promise<void> {
  const route = simulator.routes.find((one) => one.path === path && one.method === "POST");
  assert(route !== undefined, "the simulator has that control");
  await route.handle(body);
}

let count = 0;
const number = () => `T01${String((count += 1)).padStart(8, "0")}`;
async function paid(name: string, outTradeNo = number()) {
  const answer = await client(name).pay(
    { outTradeNo, amountFen: fen(1_000), description: "便利店, 3 件" },
    simulator.wallet.showCode(),
  );
  assert(answer.kind === "paid", `a customer who pays, got ${JSON.stringify(answer)}`);
  return { outTradeNo, facts: answer.facts };
}
const book = (outTradeNo: string) => simulator.ledger().orders.find((order) => order.outTradeNo === outTradeNo);

describe("the connection test", () => {
  it.each(["v3", "v2"])("is passed over %s", async (protocol) => {
    expect(await client(protocol).testConnection()).toMatchObject({ kind: "ok" });
  });

  it("tells an app of somebody else and a clock that is off", async () => {
    expect(await client("stranger").testConnection()).toMatchObject({ kind: "wrong-merchant" });
  });
});

describe("a refund", () => {
  it("asked for twice under one number happens once, and is followed to its end", async () => {
    const { outTradeNo, facts } = await paid("v3");
    const { transactionId } = facts;
    const order = {
      outRefundNo: `R${outTradeNo}`,
      outTradeNo,
      transactionId,
      amountFen: fen(300),
      totalFen: fen(1_000),
      reason: "退货",
    };
    expect(await client("v3").refund(order)).toMatchObject({ kind: "processing" });
    expect(["processing", "success"]).toContain((await client("v3").refund(order)).kind);
    nowMs += 10 * 60_000;
    expect(await client("v3").queryRefund(order)).toMatchObject({ kind: "success", facts: { payerRefundFen: 300 } });
    expect(book(outTradeNo)).toMatchObject({ refundedFen: 300 });
    const tooMuch = { ...order, outRefundNo: `R2${outTradeNo}`, amountFen: fen(800) };
    expect(await client("v3").refund(tooMuch)).toMatchObject({ kind: "refused", reason: "against-rules" });
    expect(await client("v3").queryRefund(tooMuch)).toEqual({ kind: "not-found" });
  });
});

describe("certificates", () => {
  it("are downloaded and then vouch for answers", async () => {
    await control("/gateway/certificates", { mode: "certificate" });
    try {
      expect(await client("certificates").certificates?.refresh()).toMatchObject({ ok: true });
      expect(await client("certificates").query(number(), fen(1), "v3")).toEqual({ kind: "not-found" });
      await control("/gateway/certificates", { rotate: true });
      expect(await client("certificates").query(number(), fen(1), "v3")).toMatchObject({ cause: "bad-signature" });
      expect(await client("certificates").certificates?.refresh()).toMatchObject({ ok: true });
      expect(await client("certificates").query(number(), fen(1), "v3")).toEqual({ kind: "not-found" });
    } finally {
      await control("/gateway/certificates", { mode: "public-key" });
    }
  });
});

describe("the books of a day", () => {
  it("agree, and a payment the bill leaves out or the till lost is found", async () => {
    const day = new Date(nowMs + 8 * 3_600_000).toISOString().slice(0, 10);
    const good = await paid("v3");
    const lost = await paid("v2");
    nowMs = Date.parse(`${day}T10:05:00+08:00`) + 24 * 3_600_000;
    const fetched = (of: string) =>
      fetchAndRead(createTradeBillReader({ mchid, day: of }), (path) => client("v3").fetchTradeBill(of, path));
    const answer = await fetched(day);
    assert(answer.kind === "bill", `a bill, got ${JSON.stringify(answer)}`);
    const local = (outTradeNo: string, state: LocalPayment["state"]): LocalPayment => ({
      ...{ outTradeNo, saleId: "s", amountFen: fen(1_000), state, createdDay: day },
      ...{ successAt: state === "paid" ? `${day} 12:00:00` : null, reversedDay: null, isGivenBack: false },
    });
    const payments = [local(good.outTradeNo, "paid"), local(lost.outTradeNo, "failed"), local("T01NOBODY", "paid")];
    const wanted = new Set(payments.map(({ outTradeNo }) => outTradeNo));
    const isOurs = (outTradeNo: string) => wanted.has(outTradeNo);
    const found = openFindings(
      reconcile({ day, bill: { rows: answer.rows }, payments, refunds: [], awaited: new Set(), isOurs }),
    );
    expect(found.map(({ kind, outTradeNo }) => `${kind} ${outTradeNo}`)).toEqual([
      `missing-here ${lost.outTradeNo}`,
      "missing-there T01NOBODY",
    ]);
    expect(await fetched("2026-10-01")).toMatchObject({ kind: "none", fault: { kind: "no-statement" } });
  });
});
