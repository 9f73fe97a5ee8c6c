import { createPrivateKey, createPublicKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createGateway } from "./gateway.ts";
import { gatewayKeys, loadOrMakeKeys } from "./keys.ts";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gateway-keys-"));
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

it("makes an account and two RSA-2048 pairs once and gives the same ever after", () => {
  const made = loadOrMakeKeys(join(dir, "keys"));
  expect(made).toEqual({
    mchid: expect.stringMatching(/^19\d{8}$/),
    appid: expect.stringMatching(/^wx[0-9a-f]{16}$/),
    certSerial: expect.stringMatching(/^[0-9A-F]{40}$/),
    publicKeyId: expect.stringMatching(/^PUB_KEY_ID_\d{34}$/),
    apiV3Key: expect.stringMatching(/^[0-9a-f]{32}$/),
    privateKeyPath: join(dir, "keys", "merchant-key.pem"),
    publicKeyPath: join(dir, "keys", "platform-public-key.pem"),
  });
  expect(loadOrMakeKeys(join(dir, "keys"))).toEqual(made);
  expect(statSync(made.privateKeyPath).mode & 0o077).toBe(0);
});

it("gives the gateway the other halves of what the till gets", () => {
  const till = loadOrMakeKeys(dir);
  const { merchant, platform } = gatewayKeys(dir);
  const tillPrivate = createPrivateKey(readFileSync(till.privateKeyPath));
  const tillPublic = createPublicKey(readFileSync(till.publicKeyPath));
  expect(tillPrivate.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(createPublicKey(tillPrivate).equals(createPublicKey(merchant.publicKeyPem))).toBe(true);
  expect(createPublicKey(platform.privateKeyPem).equals(tillPublic)).toBe(true);
  expect(tillPublic.equals(createPublicKey(merchant.publicKeyPem))).toBe(false);
});

it("is refused by the gateway when the APIv3 key is not 32 bytes long", async () => {
  loadOrMakeKeys(dir);
  const { merchant, platform } = gatewayKeys(dir);
  for (const apiV3Key of ["0123456789abcdef", `${"0".repeat(31)}中`]) {
    const options = { port: 0, platform, now: Date.now, announce: () => undefined };
    await expect(createGateway({ ...options, merchant: { ...merchant, apiV3Key } })).rejects.toThrow("32 bytes");
  }
});

it("makes everything again when the making was cut short, and refuses an account that is not ours", () => {
  writeFileSync(join(dir, "merchant-key.pem"), "half a k");
  createPrivateKey(readFileSync(loadOrMakeKeys(dir).privateKeyPath));
  writeFileSync(join(dir, "merchant.json"), '{"mchid":"1"}');
  expect(() => loadOrMakeKeys(dir)).toThrow("mchid");
});
