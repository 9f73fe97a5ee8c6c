import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createWechatGateway } from "./create-wechat-gateway.ts";
import { merchantKeys, platformKeys, rsaPair, testConfig } from "./testing-gateway.ts";

const small = rsaPair(1_024);
const elliptic = generateKeyPairSync("ec", {
  namedCurve: "prime256v1",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const locked = createPrivateKey(merchantKeys.privateKey)
  .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "1234" })
  .toString();
const lockedOldStyle = createPrivateKey(merchantKeys.privateKey)
  .export({ type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase: "1234" })
  .toString();
const oldStyle = createPrivateKey(merchantKeys.privateKey).export({ type: "pkcs1", format: "pem" }).toString();
const damaged = (pem: string): string => pem.replace(/\n.{40}/u, "\n" + "A".repeat(40));

function setup(privateKeyPem: string, publicKeyPem: string, baseUrl = "https://api.mch.weixin.qq.com") {
  return createWechatGateway({
    config: testConfig({ baseUrl }),
    privateKeyPem,
    publicKeyPem,
    deviceId: "T01",
    now: () => 0,
    nonce: () => "n",
    log: () => {},
    onReachability: () => {},
  });
}

describe("setting the gateway up", () => {
  it.each([
    ["PKCS#8", merchantKeys.privateKey],
    ["PKCS#1", oldStyle],
    ["text around the PEM", `key of the shop\n${merchantKeys.privateKey}\n`],
  ])("takes a private key as %s", (_kind, pem) => {
    expect(setup(pem, platformKeys.publicKey).ok).toBe(true);
  });

  it.each([
    ["not-a-private-key", ""],
    ["not-a-private-key", "hello"],
    ["not-a-private-key", merchantKeys.publicKey],
    ["has-a-passphrase", locked],
    ["has-a-passphrase", lockedOldStyle],
    ["damaged", damaged(merchantKeys.privateKey)],
    ["not-rsa", elliptic.privateKey],
    ["not-2048-bits", small.privateKey],
  ])("names the private key file: %s", (problem, pem) => {
    const fault = { kind: "key-file", key: "privateKeyFile", problem };
    expect(setup(pem, platformKeys.publicKey)).toEqual({ ok: false, fault });
  });

  it.each([
    ["not-a-public-key", ""],
    ["not-a-public-key", platformKeys.privateKey],
    ["not-a-public-key", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
    ["damaged", damaged(platformKeys.publicKey)],
    ["not-rsa", elliptic.publicKey],
    ["not-2048-bits", small.publicKey],
    ["is-the-merchants-own", merchantKeys.publicKey],
  ])("names the public key file: %s", (problem, pem) => {
    const fault = { kind: "key-file", key: "publicKeyFile", problem };
    expect(setup(merchantKeys.privateKey, pem)).toEqual({ ok: false, fault });
  });

  it.each([
    ["http://api.mch.weixin.qq.com", "not-https"],
    ["http://127.0.0.1.evil.example", "not-https"],
    ["ftp://127.0.0.1", "not-https"],
    ["https://api.mch.weixin.qq.com/v3", "more-than-a-host"],
    ["https://user@api.mch.weixin.qq.com", "more-than-a-host"],
    ["https://api.mch.weixin.qq.com/?a=1", "more-than-a-host"],
  ])("refuses the address %s", (baseUrl, problem) => {
    const fault = { kind: "base-url", key: "baseUrl", problem };
    expect(setup(merchantKeys.privateKey, platformKeys.publicKey, baseUrl)).toEqual({ ok: false, fault });
  });

  it.each(["https://api2.mch.weixin.qq.com/", "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:1"])(
    "takes the address %s",
    (baseUrl) => {
      expect(setup(merchantKeys.privateKey, platformKeys.publicKey, baseUrl).ok).toBe(true);
    },
  );
});
