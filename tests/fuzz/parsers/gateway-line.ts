import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { ok } from "#core/result.ts";
import type { GatewayLine } from "#wechatpay/ask.ts";
import type { WireAnswer } from "#wechatpay/http.ts";

export const nowMs = Date.UTC(2026, 10, 21, 4, 0, 0);
const serial = "PUB_KEY_ID_0110000000";

/** Shorter than the gateway's: the client takes any key it is given, and signing is what costs. */
const platform = generateKeyPairSync("rsa", { modulusLength: 1_024 });
const merchant = generateKeyPairSync("rsa", { modulusLength: 1_024 });

export const gatewayKeys = {
  get: (asked: string): KeyObject | undefined => (asked === serial ? platform.publicKey : undefined),
};

/** The headers by which the gateway vouches for a body. */
export function vouched(body: Buffer): Record<string, string> {
  const timestamp = String(nowMs / 1_000);
  const message = Buffer.concat([Buffer.from(`${timestamp}\nnonce\n`), body, Buffer.from("\n")]);
  return {
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": "nonce",
    "wechatpay-serial": serial,
    "wechatpay-signature": sign("sha256", message, platform.privateKey).toString("base64"),
  };
}

/** The client's line to a gateway that answers with `answer`, whatever it is asked. */
export function gatewayLine(answer: () => WireAnswer): GatewayLine {
  return {
    hosts: { inOrder: () => [new URL("https://127.0.0.1")], failed() {} },
    merchant: {
      mchid: "1900007291",
      certSerial: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
      privateKey: merchant.privateKey,
    },
    appid: "wxd678efh567hg6787",
    partner: null,
    publicKeyId: serial,
    gatewayKeys,
    sealingKey: () => null,
    exchange: async () => ok(answer()),
    requestTimeoutMs: 1_000,
    now: () => nowMs,
    nonce: () => "nonce",
    log() {},
    onReachability() {},
    onClockOffset() {},
    onUnknownSerial() {},
  };
}
