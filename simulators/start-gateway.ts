import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { GatewayReady } from "#contract/bench/ready.ts";
import type { Announce, ControlRoute } from "./control/route.ts";
import { startControlServer } from "./control/server.ts";
import { Watchers } from "./control/watchers.ts";
import { createGateway } from "./gateway/gateway.ts";
import { gatewayKeys, loadOrMakeKeys } from "./gateway/keys.ts";
import { loadOrMakeV2, tlsIdentity } from "./gateway/v2/v2-account.ts";
import { loadOrMakeAppSecret } from "./gateway/web/web-account.ts";

const HOST = "127.0.0.1";

/** The gateway as a process of its own or among its fellow twins: keys and book in a directory, both protocols. */
export interface StartedGateway {
  readonly ready: GatewayReady["gateway"];
  readonly routes: readonly ControlRoute[];
  readonly close: () => Promise<void>;
}

/** Rejects when a port is taken or the state directory cannot be used. The TLS port is always any free one. */
export async function startGateway(options: {
  readonly port: number;
  readonly host: string;
  /** Absolute; exists. */
  readonly stateDir: string;
  readonly now: () => number;
  readonly announce: Announce;
}): Promise<StartedGateway> {
  const { port, host, stateDir, now, announce } = options;
  const keys = loadOrMakeKeys(stateDir);
  const { apiV2Key, authorityPath, certificatePath: merchantCertificatePath } = loadOrMakeV2(stateDir);
  const appSecret = loadOrMakeAppSecret(stateDir);
  const { merchant, platform } = gatewayKeys(stateDir);
  const gateway = await createGateway({
    ...{ port, host, now, announce, platform, merchant: { ...merchant, apiV2Key, appSecret } },
    statePath: join(stateDir, "ledger.jsonl"),
    tls: tlsIdentity(stateDir, 0),
  });
  const { baseUrl, outsideBaseUrl, routes, tlsBaseUrl, close } = gateway;
  if (tlsBaseUrl === null) throw new Error("the gateway was given a TLS port and has none");
  const v2 = { apiV2Key, tlsBaseUrl, authorityPath, merchantCertificatePath };
  return { ready: { baseUrl, ...keys, v2, outside: { baseUrl: outsideBaseUrl, appSecret } }, routes, close };
}

/** The gateway with the customer's wallet and their control interface, and no other device. */
export async function startGatewayAlone(options: {
  /** 0 picks a free port; so does the next. */
  readonly gatewayPort: number;
  readonly controlPort: number;
  readonly stateDir: string;
  readonly now: () => number;
}): Promise<{ readonly ready: GatewayReady; readonly close: () => Promise<void> }> {
  const stateDir = resolve(options.stateDir);
  mkdirSync(stateDir, { recursive: true });
  const watchers = new Watchers();
  const { announce } = watchers;
  const gateway = await startGateway({ port: options.gatewayPort, host: HOST, stateDir, now: options.now, announce });
  const token = randomBytes(32).toString("base64url");
  try {
    const control = await startControlServer({ port: options.controlPort, token, routes: gateway.routes, watchers });
    return {
      ready: { ready: true, gateway: gateway.ready, control: { url: control.url, token } },
      async close() {
        await control.close();
        await gateway.close();
      },
    };
  } catch (error) {
    await gateway.close();
    throw error;
  }
}
