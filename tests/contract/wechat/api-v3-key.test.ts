import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createWechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import { createGateway } from "#simulators/gateway/gateway.ts";
import { merchantAccount, wechatConfig } from "#tests/payments/account.ts";
import { openScene, type Scene } from "#tests/payments/scene.ts";
import { chips } from "#tests/support/bench-shop.ts";

/* The key that opens the gateway's certificates: 32 bytes, and the very one. */

const account = merchantAccount();
const { merchant, platform } = account.gateway;
const byCertificates = { answersSignedBy: "certificates", publicKeyId: "", publicKeyFile: "" } as const;
const sixteenBytes = "0123456789abcdef";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

it("of 16 bytes opens nothing: no till is set up with it, and no gateway", async () => {
  const created = createWechatGateway({
    ...{ ...account.client, apiV3Key: sixteenBytes, deviceId: "T01", now: scene.clock.now },
    config: wechatConfig(account, { baseUrl: scene.simulator.baseUrl, ...byCertificates }),
    ...{ nonce: () => randomBytes(16).toString("hex"), log: () => {}, onReachability: () => {} },
  });
  expect(created).toEqual({
    ok: false,
    fault: { kind: "secret-file", key: "apiV3KeyFile", problem: "wrong-length" },
  });
  const options = { platform, merchant: { ...merchant, apiV3Key: sixteenBytes }, port: 0, now: scene.clock.now };
  await expect(createGateway({ ...options, announce: () => {} })).rejects.toThrow("32 bytes");
});

it("of another merchant opens no certificate: a payment is not known, and queried until the right one is there", async () => {
  const { till, simulator, clock } = scene;
  await scene.connect(byCertificates, 0, { secrets: { apiV3Key: "0".repeat(32) } });
  await till.scan(chips);
  await till.must("take-payment", {});
  const { saleId } = till.shown.sale;
  await till.scan(simulator.wallet.showCode());
  await scene.settled();
  const attempt = () => till.store.attemptsOfSale(saleId)[0];
  const asked = () => (scene.order(attempt()?.outTradeNo ?? "")?.requests ?? []).map(({ operation }) => operation);
  expect(attempt()).toMatchObject({ state: "pending", lastUnknown: "bad-signature" });
  await clock.advance(10_000);
  expect(asked()).toEqual(["codepay", "query", "query"]);
  expect(till.shown.payment?.attempt?.word).toBe("not-known");

  await scene.connect(byCertificates, 0); // somebody puts the right key in
  await clock.advance(5_000);
  expect(asked()).toEqual(["codepay", "query", "query", "query"]);
  expect(attempt()?.state).toBe("paid");
});
