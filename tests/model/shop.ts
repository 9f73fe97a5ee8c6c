import { generateKeyPairSync, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type WechatPayConfig, terminalConfigSchema } from "#contract/config/terminal.ts";
import { assert } from "#core/result.ts";
import type { PayProtocol } from "#core/tender/attempt.ts";
import { createWechatGateway, type WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import type { Exchange } from "#wechatpay/http.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { makeCertificate } from "#simulators/gateway/certificates/x509.ts";
import type { Platform } from "#simulators/gateway/delivery.ts";
import type { Merchant } from "#simulators/gateway/operation.ts";
import { openingMs } from "#tests/support/bench-shop.ts";
import { openTillBench } from "#tests/support/till-bench.ts";
import type { SetAside } from "#tests/support/till-bench-options.ts";

/** How the merchant is set up in one run. */
export interface Setup {
  readonly codepayProtocol: PayProtocol;
  readonly hasBackup: boolean;
  readonly queryIntervalMs: number;
  readonly nativeDeadlineMs: number;
}

export const account = {
  mchid: "1900007291",
  appid: "wxd678efh567hg6787",
  certSerial: "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
  publicKeyId: "PUB_KEY_ID_0110000000",
} as const;
const apiV2Key = "192006250b4c09247ec02edce69f6a2d";

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const merchantKeys = pair();
const platformKeys = pair();
const dayMs = 24 * 3_600_000;

const certificatePem = makeCertificate({
  ...{ subject: "shop", serial: account.certSerial, publicKeyPem: merchantKeys.publicKey },
  issuer: { name: "shop", privateKeyPem: merchantKeys.privateKey },
  ...{ fromMs: openingMs - dayMs, toMs: openingMs + 365 * dayMs },
});

/** The gateway's side of the same keys. */
export const merchant: Merchant = { ...account, publicKeyPem: merchantKeys.publicKey, apiV2Key };
export const platform: Platform = { privateKeyPem: platformKeys.privateKey, publicKeyId: account.publicKeyId };

/** The client as the product builds it, over a line of the test's own. */
export function openClient(
  setup: Setup,
  parts: { readonly exchange: Exchange; readonly now: () => number; readonly log: (line: string) => void },
): WechatGateway {
  const made = createWechatGateway({
    config: configOf(setup),
    privateKeyPem: merchantKeys.privateKey,
    publicKeyPem: platformKeys.publicKey,
    ...{ certificatePem, v2Key: apiV2Key, deviceId: "T01", exchange: parts.exchange, now: parts.now },
    nonce: () => randomBytes(16).toString("hex"),
    log: (what, facts) => parts.log(`${what} ${JSON.stringify(facts)}`),
    onReachability: () => {},
  });
  assert(made.ok, "the test's keys are good ones");
  return made.value;
}

function configOf({ codepayProtocol, hasBackup }: Setup): WechatPayConfig {
  return terminalConfigSchema.shape.wechatPay.unwrap().parse({
    ...account,
    ...{ baseUrl: "http://127.0.0.1:1", codepayProtocol },
    ...(hasBackup ? { backupBaseUrl: "http://127.0.0.1:2" } : {}),
    ...{ privateKeyFile: "merchant.pem", publicKeyFile: "gateway.pem", certificateFile: "c.pem", v2KeyFile: "v2.key" },
    storeInfo: { outId: "SZ01" },
    notifyUrl: "https://shop.example/wechatpay",
  });
}

/** A shop that is open: people and a shift in its books, and its catalog. */
export interface Shop {
  readonly from: SetAside;
  readonly catalog: OpenCatalogStore;
}

let shop: Promise<Shop> | null = null;

/** Made once per process, as making one takes longer than a run; each run has a copy of the books. */
export function openShop(): Promise<Shop> {
  shop ??= makeShop();
  return shop;
}

async function makeShop(): Promise<Shop> {
  const bench = await openTillBench().atWork();
  const from = bench.setAside();
  const catalog = openCatalogStore({ path: join(from.directory, "catalog.db") });
  assert(catalog.ok, "the catalog that was just made opens");
  process.on("exit", () => {
    catalog.value.close();
    rmSync(from.directory, { recursive: true, force: true });
  });
  return { from, catalog: catalog.value };
}
