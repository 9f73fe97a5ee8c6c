import { randomBytes } from "node:crypto";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import { assert } from "#core/result.ts";
import { createWechatGateway, type WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import { merchantKeys, platformKeys, testConfig } from "#main/payments/wechat/testing-gateway.ts";
import { createGateway, type Gateway } from "#simulators/gateway/gateway.ts";

/** The gateway simulator and the real client of its one merchant, both by one clock. */
export interface SimulatedWechat {
  readonly simulator: Gateway;
  readonly client: WechatGateway;
  readonly config: WechatPayConfig;
}

export async function openSimulatedWechat(now: () => number): Promise<SimulatedWechat> {
  const { mchid, appid, certSerial, publicKeyId } = testConfig();
  const simulator = await createGateway({
    port: 0,
    merchant: { mchid, appid, certSerial, publicKeyPem: merchantKeys.publicKey },
    platform: { privateKeyPem: platformKeys.privateKey, publicKeyId },
    now,
    announce: () => {},
  });
  const config = testConfig({ baseUrl: simulator.baseUrl });
  const created = createWechatGateway({
    config,
    privateKeyPem: merchantKeys.privateKey,
    publicKeyPem: platformKeys.publicKey,
    deviceId: "T01",
    now,
    nonce: () => randomBytes(16).toString("hex"),
    log: () => {},
    onReachability: () => {},
  });
  assert(created.ok, "the tests' keys are good ones");
  return { simulator, client: created.value, config };
}
