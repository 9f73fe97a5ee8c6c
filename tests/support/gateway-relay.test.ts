import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readLedger } from "./books.ts";
import type { GatewayCall } from "./gateway-call.ts";
import type { Stage } from "./gateway-relay.ts";
import { until } from "./poll.ts";
import { openRelayedShop, type RelayedShop } from "./relayed-shop.ts";

let shop: RelayedShop;
beforeAll(async () => {
  shop = await openRelayedShop();
});
afterEach(() => shop.relay.setTrap(null));
afterAll(() => shop.close());

/** Nobody's signature: the gateway refuses it and writes down that it was there. */
const question = http("GET /v3/pay/transactions/out-trade-no/S1?mchid=1");

function http(line: string, body = ""): string {
  const manners = "Host: x\r\nUser-Agent: x\r\nAccept: application/json\r\nConnection: close";
  const length = body === "" ? "" : `\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  return `${line} HTTP/1.1\r\n${manners}${length}\r\n\r\n${body}`;
}

/** A reverse over v2 as the merchant signs it. */
function signedReverse(): string {
  const { appid, mchid, v2 } = shop.simulators.ready.gateway;
  const fields = { appid, mch_id: mchid, nonce_str: "n", out_trade_no: "S1" };
  const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  const sign = createHash("md5")
    .update([...text, `key=${v2.apiV2Key}`].join("&"))
    .digest("hex")
    .toUpperCase();
  const inner = Object.entries({ ...fields, sign }).map(([name, value]) => `<${name}>${value}</${name}>`);
  return http("POST /secapi/pay/reverse", `<xml>${inner.join("")}</xml>`);
}

/** All bytes until the other side hangs up, or until `isEnough`. */
async function ask(
  request: string,
  isEnough: (heard: string) => boolean = () => false,
  withCertificate = false,
): Promise<string> {
  const { gateway } = shop.simulators.ready;
  const { hostname: host, port } = new URL(shop.relay.baseUrl);
  const ca = readFileSync(gateway.v2.authorityPath);
  const proof = {
    cert: readFileSync(gateway.v2.merchantCertificatePath),
    key: readFileSync(gateway.privateKeyPath),
  };
  const socket = connect({ host, port: Number(port), ca, ...(withCertificate ? proof : {}) });
  let heard = "";
  let isClosed = false;
  socket.on("data", (chunk: Buffer) => (heard += chunk.toString("utf8")));
  socket.on("error", () => socket.destroy());
  socket.once("close", () => (isClosed = true));
  socket.write(request);
  await until("the answer", () => isClosed || isEnough(heard));
  socket.destroy();
  return heard;
}

async function heardByGateway(): Promise<number> {
  return (await readLedger(shop)).refusedRequests.length;
}

/** What came of one question that is caught at this stage. */
async function caughtAt(stage: Stage): Promise<{ readonly heard: string; readonly atGateway: number }> {
  const before = await heardByGateway();
  let isSprung = false;
  const catches = ({ operation }: GatewayCall): boolean => operation === "query";
  shop.relay.setTrap({ stage, delayMs: 0.5, catches, spring: () => (isSprung = true) });
  // A whole answer ends with the connection.
  const isEnough = (text: string): boolean => isSprung && stage !== "answered" && (stage !== "half" || text !== "");
  const heard = await ask(question, isEnough);
  await until("the trap springs", () => isSprung);
  expect(shop.relay.hasCaught()).toBe(true);
  return { heard, atGateway: (await heardByGateway()) - before };
}

describe("The relay between till and gateway", () => {
  it("passes on what it does not catch, and names it", async () => {
    const catches = ({ operation }: GatewayCall): boolean => operation === "refund";
    shop.relay.setTrap({ stage: "arrived", delayMs: 0, catches, spring: () => {} });
    const calls = shop.relay.calls.length;
    expect(await ask(question)).toMatch(/^HTTP\/1\.1 401 [^]*"SIGN_ERROR"/);
    expect(shop.relay.calls.slice(calls)).toEqual([
      { operation: "query", protocol: "v3", outTradeNo: "S1", outRefundNo: null },
    ]);
    expect(shop.relay.hasCaught()).toBe(false);
  });

  it("catches a call before the gateway sees it", async () => {
    expect(await caughtAt("arrived")).toEqual({ heard: "", atGateway: 0 });
  });

  it("keeps a late call until it is to be delivered, once", async () => {
    expect(await caughtAt("late")).toEqual({ heard: "", atGateway: 0 });
    const before = await heardByGateway();
    await shop.relay.deliverLate();
    await shop.relay.deliverLate();
    expect((await heardByGateway()) - before).toBe(1);
  });

  it("catches a call that the gateway has taken, before the till hears of it", async () => {
    expect(await caughtAt("taken")).toEqual({ heard: "", atGateway: 1 });
  });

  it("catches an answer in its middle, and a whole one", async () => {
    const half = await caughtAt("half");
    const whole = await caughtAt("answered");
    expect([half.atGateway, whole.atGateway]).toEqual([1, 1]);
    expect(half.heard.length).toBeGreaterThan(100);
    expect(half.heard.length).toBeLessThan(whole.heard.length - 100);
    expect(whole.heard).toMatch(/\}$/);
  });

  it("springs once", async () => {
    await caughtAt("answered");
    expect(await ask(question)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it("lets the customer act before a call is passed on", async () => {
    const order: string[] = [];
    shop.relay.meanwhile(async ({ operation }) => {
      order.push(operation, String(await heardByGateway()));
    });
    const before = await heardByGateway();
    await ask(question);
    shop.relay.meanwhile(async () => {});
    expect(order).toEqual(["query", String(before)]);
  });

  it("shows the merchant's certificate only for a till that has shown it", async () => {
    const without = await ask(signedReverse());
    const shown = await ask(signedReverse(), () => false, true);
    expect(without).toContain("No required SSL certificate was sent");
    expect(shown).toMatch(/^HTTP\/1\.1 200 [^]*<return_code><!\[CDATA\[SUCCESS/);
  });

  it("collects the payment codes and openids that belong in no file", async () => {
    const code = await shop.paymentCode();
    const body = JSON.stringify({ payer: { auth_code: code } });
    await ask(http("POST /v3/pay/transactions/codepay", body));
    expect([...shop.relay.seen.paymentCodes]).toEqual([code]);
    expect(shop.secrets().filter(({ name }) => name.startsWith("payment code"))).toHaveLength(1);
  });
});
