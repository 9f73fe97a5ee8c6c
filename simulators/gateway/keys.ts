import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Platform } from "./delivery.ts";
import type { Merchant } from "./operation.ts";

/** What the wechatPay section of a till's terminal.json needs to know about the simulated merchant. */
export interface MerchantKeys {
  readonly mchid: string;
  readonly appid: string;
  /** 40 upper-case hex digits. */
  readonly certSerial: string;
  readonly privateKeyPath: string;
  /** `PUB_KEY_ID_` and digits. */
  readonly publicKeyId: string;
  readonly publicKeyPath: string;
  /** 32 ASCII characters. */
  readonly apiV3Key: string;
}

const files = {
  merchantKey: "merchant-key.pem",
  merchantPublicKey: "merchant-public-key.pem",
  platformKey: "platform-key.pem",
  platformPublicKey: "platform-public-key.pem",
  account: "merchant.json",
} as const;

const account = z.strictObject({
  mchid: z.string().regex(/^\d{10}$/),
  appid: z.string().regex(/^wx[0-9a-f]{16}$/),
  certSerial: z.string().regex(/^[0-9A-F]{40}$/),
  publicKeyId: z.string().regex(/^PUB_KEY_ID_\d+$/),
  apiV3Key: z.string().length(32),
});

/**
 * The simulated merchant's account and keys in `dir`; made the first time (RSA-2048, readable by the owner only), read
 * afterwards. `merchant.json` is written last: a making cut short is done again. Throws when the directory is not writable
 * or `merchant.json` is not ours.
 */
export function loadOrMakeKeys(dir: string): MerchantKeys {
  const accountPath = join(dir, files.account);
  if (!existsSync(accountPath)) makeKeys(dir, accountPath);
  return {
    ...account.parse(JSON.parse(readFileSync(accountPath, "utf8"))),
    privateKeyPath: join(dir, files.merchantKey),
    publicKeyPath: join(dir, files.platformPublicKey),
  };
}

/** The gateway's own side of the same keys, for `createGateway`. Call `loadOrMakeKeys` first. */
export function gatewayKeys(dir: string): { readonly merchant: Merchant; readonly platform: Platform } {
  const { mchid, appid, certSerial, publicKeyId, apiV3Key } = loadOrMakeKeys(dir);
  const publicKeyPem = readFileSync(join(dir, files.merchantPublicKey), "utf8");
  const privateKeyPem = readFileSync(join(dir, files.platformKey), "utf8");
  return { merchant: { mchid, appid, certSerial, publicKeyPem, apiV3Key }, platform: { privateKeyPem, publicKeyId } };
}

function makeKeys(dir: string, accountPath: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const merchant = newKeyPair();
  const platform = newKeyPair();
  writeOwn(join(dir, files.merchantKey), merchant.privateKey);
  writeOwn(join(dir, files.merchantPublicKey), merchant.publicKey);
  writeOwn(join(dir, files.platformKey), platform.privateKey);
  writeOwn(join(dir, files.platformPublicKey), platform.publicKey);
  const made: z.infer<typeof account> = {
    mchid: `19${digits(8)}`,
    appid: `wx${randomBytes(8).toString("hex")}`,
    // A certificate's serial is a positive number: the first digit is neither 0 nor above 7.
    certSerial: `5${randomBytes(20).toString("hex").slice(1).toUpperCase()}`,
    publicKeyId: `PUB_KEY_ID_0${digits(33)}`,
    apiV3Key: randomBytes(16).toString("hex"),
  };
  writeOwn(`${accountPath}.new`, `${JSON.stringify(made, null, 2)}\n`);
  renameSync(`${accountPath}.new`, accountPath);
}

function newKeyPair() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

function writeOwn(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
}

function digits(count: number): string {
  return Array.from({ length: count }, () => `${randomInt(10)}`).join("");
}
