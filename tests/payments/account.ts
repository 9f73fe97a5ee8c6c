import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { terminalConfigSchema, type WechatPayConfig } from "#contract/config/terminal.ts";
import { gatewayKeys, loadOrMakeKeys } from "#simulators/gateway/keys.ts";
import type { GatewayOptions } from "#simulators/gateway/gateway.ts";
import { loadOrMakeV2, tlsIdentity } from "#simulators/gateway/v2/v2-account.ts";

/** One merchant, as the gateway and as the till know it. */
export interface Account {
  readonly gateway: Required<Pick<GatewayOptions, "merchant" | "platform" | "tls">>;
  readonly client: {
    readonly privateKeyPem: string;
    readonly publicKeyPem: string;
    readonly certificatePem: string;
    readonly apiV3Key: string;
    readonly v2Key: string;
  };
}

let made: Account | null = null;

/** The same for the whole process: six key pairs take a second. From then on the process trusts the gateway's TLS. */
export function merchantAccount(): Account {
  made ??= makeAccount();
  return made;
}

function makeAccount(): Account {
  const folder = mkdtempSync(join(tmpdir(), "tillway-account-"));
  try {
    const keys = loadOrMakeKeys(folder);
    const { apiV2Key, certificatePath, authorityPath } = loadOrMakeV2(folder);
    const read = (path: string): string => readFileSync(path, "utf8");
    const { merchant, platform } = gatewayKeys(folder);
    setDefaultCACertificates([...getCACertificates("default"), read(authorityPath)]);
    return {
      gateway: { merchant: { ...merchant, apiV2Key }, platform, tls: tlsIdentity(folder, 0) },
      client: {
        privateKeyPem: read(keys.privateKeyPath),
        publicKeyPem: read(keys.publicKeyPath),
        certificatePem: read(certificatePath),
        apiV3Key: keys.apiV3Key,
        v2Key: apiV2Key,
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The `wechatPay` section of a till of this merchant; the files it names are not looked for, their text is passed in. */
export function wechatConfig(account: Account, changes: Partial<WechatPayConfig>): WechatPayConfig {
  const { mchid, appid, certSerial } = account.gateway.merchant;
  return terminalConfigSchema.shape.wechatPay.unwrap().parse({
    ...{ mchid, appid, certSerial, privateKeyFile: "key.pem" },
    ...{ publicKeyId: account.gateway.platform.publicKeyId, publicKeyFile: "gateway.pem" },
    ...{ certificateFile: "certificate.pem", apiV3KeyFile: "v3.key", v2KeyFile: "v2.key" },
    ...{ storeInfo: { outId: "SZ01" }, notifyUrl: "https://shop.example/wechatpay" },
    ...changes,
  });
}
