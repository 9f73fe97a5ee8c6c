import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { tlsIdentity } from "#simulators/gateway/v2/v2-account.ts";
import { openGatewayRelay, type GatewayRelay } from "./gateway-relay.ts";
import { openidSecrets, paymentCodeSecrets } from "./secrets.ts";
import { openShop, quickTiming, type Shop } from "./shop.ts";

/** A shop whose till reaches the gateway over TLS, through a relay that sees every call. */
export interface RelayedShop extends Shop {
  readonly relay: GatewayRelay;
  /** What a till needs in its environment to trust the simulated gateway's authority. */
  readonly env: Readonly<Record<string, string>>;
  /** How new payment codes are paid, from the next start on; what was begun stays on its own protocol. */
  speak(protocol: "v3" | "v2", timing?: typeof quickTiming): void;
}

export async function openRelayedShop(): Promise<RelayedShop> {
  const shop = await openShop();
  // Beside the data directory, not in it: a sweep of the till's files must not find what was put there by hand.
  const keys = mkdtempSync(join(tmpdir(), "tillway-keys-"));
  const { gateway } = shop.simulators.ready;
  const identity = tlsIdentity(dirname(gateway.privateKeyPath), 0);
  const relay = await openGatewayRelay({
    target: new URL(gateway.v2.tlsBaseUrl),
    keyPem: identity.keyPem,
    certificatePem: identity.certificatePem,
    authorityPem: identity.authorityPem,
    merchantCertificatePem: readFileSync(gateway.v2.merchantCertificatePath, "utf8"),
    merchantKeyPem: readFileSync(gateway.privateKeyPath, "utf8"),
  });
  const keyFile = (name: string, text: string): string => {
    writeFileSync(join(keys, name), text, { mode: 0o600 });
    return join(keys, name);
  };
  const v2KeyFile = keyFile("v2.key", gateway.v2.apiV2Key);
  const apiV3KeyFile = keyFile("api-v3.key", gateway.apiV3Key);
  const { wechatPay } = shop.terminal;
  if (wechatPay === undefined) throw new Error("the shop takes WeChat Pay");
  return {
    ...shop,
    relay,
    env: { NODE_EXTRA_CA_CERTS: gateway.v2.authorityPath },
    speak(codepayProtocol, timing = quickTiming) {
      const { merchantCertificatePath: certificateFile } = gateway.v2;
      const v2 = { certificateFile, v2KeyFile, apiV3KeyFile };
      shop.configure({ wechatPay: { ...wechatPay, baseUrl: relay.baseUrl, codepayProtocol, ...v2, timing } });
    },
    // Codes that somebody else had the phone show, and what the gateway told on the wire.
    secrets: () => [
      ...shop.secrets(),
      ...paymentCodeSecrets([...relay.seen.paymentCodes].filter((code) => !shop.shownCodes.includes(code))),
      ...openidSecrets(relay.seen.openids),
    ],
    async close() {
      await relay.close();
      await shop.close();
      rmSync(keys, { recursive: true, force: true });
    },
  };
}
