import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fen } from "#core/money/fen.ts";
import { afterEach, describe, expect, it } from "vitest";
import { createHosts } from "#wechatpay/hosts.ts";
import { startTestingGateway, type TestingGateway, testConfig } from "./testing-gateway.ts";
import { readHosts } from "./read-hosts.ts";

const authCode = "134567890123456789";
const order = { outTradeNo: "SH01T01261121120000A", amountFen: fen(100), description: "x" };
const order404 = { status: 404, body: { code: "ORDER_NOT_EXIST" } };

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An address where nobody listens. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has no other kind of address
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function started(timing = {}, changes = {}): Promise<TestingGateway> {
  const testing = await startTestingGateway(timing, changes);
  stops.push(testing.stop);
  return testing;
}

/** A client whose first address is as given and whose backup answers. */
async function withBackup(baseUrl: string) {
  const backup = await started();
  const client = await started({ requestTimeoutMs: 700 }, { baseUrl, backupBaseUrl: backup.baseUrl });
  return { backup, client };
}

describe("the backup address", () => {
  it("is asked the same when the first cannot be reached, payment codes included: not a byte had left", async () => {
    const { backup, client } = await withBackup(await deadAddress());
    backup.behave({ status: 400, body: { code: "AUTH_CODE_INVALID" } });
    expect(await client.gateway.pay(order, authCode)).toMatchObject({ kind: "refused" });
    expect(backup.heard.map(({ body }) => JSON.parse(body.toString()).out_trade_no)).toEqual([order.outTradeNo]);
    expect(client.reachability).toEqual(["online"]);
  });

  it("is asked a question that broke off, under the same number", async () => {
    const first = await started();
    const { backup, client } = await withBackup(first.baseUrl);
    first.behave("reset");
    backup.behave(order404);
    expect(await client.gateway.query(order.outTradeNo, order.amountFen, "v3")).toEqual({ kind: "not-found" });
    expect(first.heard.map(({ target }) => target)).toEqual(backup.heard.map(({ target }) => target));
  });

  it.each(["reset", "half", "hold"] as const)(
    "is never given a payment code that may have arrived (%s)",
    async (how) => {
      const first = await started();
      const { backup, client } = await withBackup(first.baseUrl);
      first.behave(how);
      expect(await client.gateway.pay(order, authCode)).toMatchObject({ kind: "unknown" });
      expect([first.heard.length, backup.heard.length]).toEqual([1, 0]);
    },
  );

  it("is not asked because the first answers badly", async () => {
    const first = await started();
    const { backup, client } = await withBackup(first.baseUrl);
    first.behave({ status: 500, body: { code: "SYSTEM_ERROR" } });
    expect(await client.gateway.query(order.outTradeNo, order.amountFen, "v3")).toMatchObject({
      cause: "server-error",
    });
    expect(backup.heard).toEqual([]);
  });

  it("down as well is offline, once", async () => {
    const client = await started({}, { baseUrl: await deadAddress(), backupBaseUrl: await deadAddress() });
    expect(await client.gateway.query(order.outTradeNo, order.amountFen, "v3")).toMatchObject({ cause: "network" });
    expect(client.reachability).toEqual(["offline"]);
  });

  it("stands beside the standard address, and beside no other unless it is named", () => {
    const addresses = (changes: object) => {
      const hosts = readHosts(testConfig(changes));
      return hosts.ok ? hosts.value.inOrder().map(({ host }) => host) : hosts.fault;
    };
    expect(addresses({ baseUrl: "https://api.mch.weixin.qq.com" })).toEqual([
      "api.mch.weixin.qq.com",
      "api2.mch.weixin.qq.com",
    ]);
    expect(addresses({ baseUrl: "https://apihk.mch.weixin.qq.com" })).toEqual(["apihk.mch.weixin.qq.com"]);
    expect(addresses({ backupBaseUrl: "http://api2.mch.weixin.qq.com" })).toEqual({
      kind: "base-url",
      key: "backupBaseUrl",
      problem: "not-https",
    });
  });

  it("comes first for a minute after the first address failed", () => {
    let atMs = 0;
    const [near, far] = [new URL("https://near.example"), new URL("https://far.example")];
    const hosts = createHosts([near, far], () => atMs);
    hosts.failed(near);
    expect(hosts.inOrder()).toEqual([far, near]);
    atMs = 59_999;
    expect(hosts.inOrder()).toEqual([far, near]);
    atMs = 60_000;
    expect(hosts.inOrder()).toEqual([near, far]);
  });
});
