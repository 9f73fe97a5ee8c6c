import { fail, ok, type Result } from "#core/result.ts";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import { createHosts, type Hosts } from "#wechatpay/hosts.ts";
import type { GatewaySetupFault } from "./read-secrets.ts";

/** The gateway's own pair: near, and far away for when the near one cannot be reached. */
const standardHost = "api.mch.weixin.qq.com";
const standardBackup = "https://api2.mch.weixin.qq.com";

/** The addresses of a configuration. Beside any but the standard one a backup is asked only when it is named. */
export function readHosts(config: WechatPayConfig): Result<Hosts, GatewaySetupFault> {
  const baseUrl = readBaseUrl(config.baseUrl, "baseUrl");
  if (!baseUrl.ok) return baseUrl;
  const backup = config.backupBaseUrl ?? (baseUrl.value.host === standardHost ? standardBackup : null);
  if (backup === null) return ok(createHosts([baseUrl.value], () => performance.now()));
  const backupUrl = readBaseUrl(backup, "backupBaseUrl");
  return backupUrl.ok ? ok(createHosts([baseUrl.value, backupUrl.value], () => performance.now())) : backupUrl;
}

/** Payment codes and signatures go over TLS; plain HTTP only to this very machine, where the simulator listens. */
function readBaseUrl(text: string, key: "baseUrl" | "backupBaseUrl"): Result<URL, GatewaySetupFault> {
  const url = new URL(text);
  const isLocal = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal)) {
    return fail({ kind: "base-url", key, problem: "not-https" });
  }
  const isBare = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  return isBare ? ok(url) : fail({ kind: "base-url", key, problem: "more-than-a-host" });
}
