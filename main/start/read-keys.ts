import { readFileSync } from "node:fs";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import { ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { KeptKeys, KeptKeysFault, KeySet } from "#main/secret/kept-keys.ts";
import { unreadableKeyWords } from "./start-fault-words.ts";
import { StartRefused } from "./start-refused.ts";

/**
 * A merchant's keys from where terminal.json says they are. Kept keys that cannot be opened are a fault the till starts
 * with, without WeChat Pay; a named file that cannot be read stops the start, as it did when somebody wrote its name.
 */
export async function readKeys(
  wechatPay: WechatPayConfig,
  keptKeys: Pick<KeptKeys, "read">,
): Promise<Result<KeySet, KeptKeysFault>> {
  if (wechatPay.keptKeys !== "") return keptKeys.read(wechatPay.keptKeys);
  return ok({
    privateKeyPem: readKey(wechatPay.privateKeyFile),
    certificatePem: readNamed(wechatPay.certificateFile),
    publicKeyPem: readNamed(wechatPay.publicKeyFile),
    apiV3Key: readNamed(wechatPay.apiV3KeyFile),
    v2Key: readNamed(wechatPay.v2KeyFile),
  });
}

/** Keys that nothing names any more must not lie about; where the disk refuses, the next start tries again. */
export function forgetOtherKeys(keptKeys: Pick<KeptKeys, "keepOnly">, id: string, log: Log): void {
  try {
    keptKeys.keepOnly(id);
  } catch (cause) {
    log.warn("old keys of WeChat Pay are still kept", { error: cause instanceof Error ? cause.name : typeof cause });
  }
}

/** Empty where the configuration names no file. */
function readNamed(file: string): string {
  return file === "" ? "" : readKey(file);
}

function readKey(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new StartRefused(unreadableKeyWords(file, cause instanceof Error ? cause.message : String(cause)));
  }
}
