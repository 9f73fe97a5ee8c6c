import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { payUrlSchema } from "#contract/wire/carried.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type KeyProblem, readPrivateKey, readPublicKey } from "#wechatpay/keys.ts";

/** Whom customers pay by their phones, with the keys in memory. Logged nowhere, told to nobody. */
export interface Merchant {
  readonly mchid: string;
  readonly appid: string;
  readonly appSecret: string;
  readonly certSerial: string;
  readonly privateKey: KeyObject;
  readonly apiV3Key: string;
  readonly publicKeyId: string;
  readonly publicKey: KeyObject;
  /** Where phones reach head office, without a slash at its end. */
  readonly payUrl: string;
  readonly hosts: { readonly pay: readonly URL[]; readonly open: URL; readonly api: URL };
}

const hostWords = "an address without a path: https, or http on this machine";
const host = z.url(hostWords).max(256).refine(isPrivateHost, hostWords);
/** Also on this machine: WeChat Pay takes no other address to notify, and WeChat pays on no other page. */
const publicUrlWords = "https:// and a host in small letters; WeChat Pay notifies no http address";
const file = z.string("a file").min(1, "a file").max(1_024);

const schema = z.strictObject({
  mchid: z.string("8 to 10 digits").regex(/^\d{8,10}$/, "8 to 10 digits"),
  appid: z.string("begins with wx").regex(/^wx[0-9a-zA-Z]{6,30}$/, "begins with wx, letters and digits"),
  appSecretFile: file,
  certSerial: z.string("hexadecimal").regex(/^[0-9A-Fa-f]{8,64}$/, "the certificate's serial number, hexadecimal"),
  privateKeyFile: file,
  apiV3KeyFile: file,
  publicKeyId: z.string("PUB_KEY_ID_…").regex(/^PUB_KEY_ID_\d{8,64}$/, "PUB_KEY_ID_ and its digits"),
  publicKeyFile: file,
  publicUrl: z.string(publicUrlWords).refine(isPublicWay, publicUrlWords),
  hosts: z.strictObject({ pay: host, open: host, api: host }).optional(),
});

const standardHosts = {
  pay: ["https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com"],
  open: "https://open.weixin.qq.com",
  api: "https://api.weixin.qq.com",
} as const;

const keyWords: Readonly<Record<KeyProblem, string>> = {
  "not-a-private-key": "not a private key; WeChat Pay's is in apiclient_key.pem and begins with BEGIN PRIVATE KEY",
  "not-a-public-key": "not a public key; WeChat Pay's begins with BEGIN PUBLIC KEY",
  "has-a-passphrase": "the key has a passphrase; take it away",
  damaged: "the key cannot be read; copy its file again",
  "not-rsa": "the key is not RSA",
  "not-2048-bits": "the key has not 2,048 bits",
  "is-the-merchants-own": "the merchant's own public key; WeChat Pay's is wanted",
};

/** The merchant of a file and the keys it names, beside it where a name is not absolute; or a sentence about what is wrong. */
export function readMerchant(path: string): Result<Merchant, string> {
  const text = readSecretFile("--merchant", path);
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch {
    return fail(`--merchant: ${path} is no JSON`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const key = issue?.path.join(".") ?? "";
    return fail(`--merchant: ${key === "" ? "the file" : key}: ${issue?.message ?? "not as expected"}`);
  }
  return withKeys(parsed.data, dirname(resolve(path)));
}

function withKeys(config: z.infer<typeof schema>, folder: string): Result<Merchant, string> {
  const read = (key: "appSecretFile" | "privateKeyFile" | "apiV3KeyFile") =>
    readSecretFile(key, resolve(folder, config[key]));
  const appSecret = read("appSecretFile");
  if (!appSecret.ok) return appSecret;
  if (!/^[0-9a-zA-Z]{16,64}\s*$/.test(appSecret.value)) return fail("appSecretFile: 32 letters and digits");
  const pem = read("privateKeyFile");
  if (!pem.ok) return pem;
  const privateKey = readPrivateKey(pem.value);
  if (!privateKey.ok) return fail(`privateKeyFile: ${keyWords[privateKey.fault]}`);
  const apiV3 = read("apiV3KeyFile");
  if (!apiV3.ok) return apiV3;
  const apiV3Key = apiV3.value.replace(/\r?\n$/u, "");
  if (Buffer.byteLength(apiV3Key) !== 32) return fail("apiV3KeyFile: an APIv3 key has 32 bytes");
  const publicPem = readTextFile("publicKeyFile", resolve(folder, config.publicKeyFile));
  if (!publicPem.ok) return publicPem;
  const publicKey = readPublicKey(publicPem.value, privateKey.value);
  if (!publicKey.ok) return fail(`publicKeyFile: ${keyWords[publicKey.fault]}`);
  const { mchid, appid, certSerial, publicKeyId, publicUrl: payUrl, hosts } = config;
  const addresses = hosts === undefined ? standardHosts : { ...hosts, pay: [hosts.pay] };
  return ok({
    ...{ mchid, appid, certSerial, publicKeyId, payUrl, apiV3Key },
    ...{ appSecret: appSecret.value.trim(), privateKey: privateKey.value, publicKey: publicKey.value },
    hosts: {
      pay: addresses.pay.map((url) => new URL(url)),
      open: new URL(addresses.open),
      api: new URL(addresses.api),
    },
  });
}

/** Of a file that others may read the secret is out already: it is refused, not merely complained about. */
function readSecretFile(key: string, path: string): Result<string, string> {
  const text = readTextFile(key, path);
  // Windows keeps rights elsewhere.
  const mayOthers = text.ok && process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;
  return mayOthers ? fail(`${key}: others may read ${path}; take their rights away: chmod 600 ${path}`) : text;
}

function readTextFile(key: string, path: string): Result<string, string> {
  try {
    return ok(readFileSync(path, "utf8"));
  } catch {
    return fail(`${key}: ${path} cannot be read`);
  }
}

function isPublicWay(url: string): boolean {
  return url.startsWith("https://") && payUrlSchema.safeParse(url).success;
}

function isPrivateWay(url: string): boolean {
  return /^(?:https:\/\/|http:\/\/(?:127\.\d+\.\d+\.\d+|localhost)(?::\d+)?(?:\/|$))/.test(url);
}

function isPrivateHost(url: string): boolean {
  return isPrivateWay(url) && new URL(url).pathname === "/";
}
