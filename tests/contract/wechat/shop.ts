import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { createWechatGateway, type WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import { createGateway, type Gateway } from "#simulators/gateway/gateway.ts";
import { merchantAccount, wechatConfig } from "#tests/payments/account.ts";
import { startTamperingProxy, type TamperingProxy } from "#tests/support/tampering-proxy.ts";

/** The gateway simulator, a client for each way to talk to it, and somebody in between who may change the answers. */
export interface Shop {
  readonly simulator: Gateway;
  readonly mchid: string;
  readonly between: TamperingProxy;
  readonly v3: WechatGateway;
  readonly v2: WechatGateway;
  /** Where the gateway signs by its certificates; the simulator has to be told so. */
  readonly byCertificates: WechatGateway;
  readonly now: () => number;
  pass(ms: number): void;
  script(what: Readonly<Record<string, unknown>>): Promise<void>;
  control(path: string, body: object): Promise<void>;
  /** A payment number, a refund number: never the same twice. */
  number(): string;
  /** An order of 10.00 that was paid by code. */
  paid(): Promise<{ readonly outTradeNo: string; readonly transactionId: string }>;
  close(): Promise<void>;
}

export const amountFen = fen(1_000);
/** Of nobody who may sign for the gateway. */
export const foreignKeyPem = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;

export async function openShop(): Promise<Shop> {
  const account = merchantAccount();
  const { gateway, client } = account;
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  let nowMs = Date.parse(`${today}T09:00:00+08:00`);
  const now = (): number => nowMs;
  const { merchant, platform } = gateway;
  const simulator = await createGateway({ merchant, platform, port: 0, now, announce: () => {} });
  const between = await startTamperingProxy(simulator.baseUrl);
  const connect = (changes: Partial<WechatPayConfig>): WechatGateway => {
    const created = createWechatGateway({
      ...client,
      config: wechatConfig(account, { baseUrl: between.baseUrl, ...changes }),
      deviceId: "T01",
      ...{ now, nonce: () => randomBytes(16).toString("hex"), log: () => {}, onReachability: () => {} },
    });
    assert(created.ok, `a good set-up, got ${JSON.stringify(created)}`);
    return created.value;
  };
  const control = async (path: string, body: object): Promise<void> => {
    const route = simulator.routes.find((one) => one.path === path && one.method === "POST");
    assert(route !== undefined, `the simulator can be told ${path}`);
    await route.handle(body);
  };
  let numbers = 0;
  const shop: Shop = {
    ...{ simulator, mchid: merchant.mchid, between, now, control },
    v3: connect({}),
    v2: connect({ codepayProtocol: "v2" }),
    byCertificates: connect({ answersSignedBy: "certificates", publicKeyId: "", publicKeyFile: "" }),
    pass: (ms) => void (nowMs += ms),
    script: (what) => control("/gateway/script", what),
    number: () => `SZ01T01${`${(numbers += 1)}`.padStart(8, "0")}`,
    async paid() {
      const outTradeNo = shop.number();
      const order = { outTradeNo, amountFen, description: "便利店" };
      const answer = await shop.v3.pay(order, simulator.wallet.showCode());
      assert(answer.kind === "paid", `a customer who pays, got ${JSON.stringify(answer)}`);
      return { outTradeNo, transactionId: answer.facts.transactionId };
    },
    async close() {
      await between.close();
      await simulator.close();
    },
  };
  return shop;
}
