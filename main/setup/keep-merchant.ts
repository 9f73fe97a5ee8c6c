import { isDeepStrictEqual } from "node:util";
import { wechatPaySchema, type WechatPayConfig } from "#contract/config/terminal.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { KeptKeys, KeySet } from "#main/secret/kept-keys.ts";
import { forgetOtherKeys } from "#main/start/read-keys.ts";
import { type MerchantSection, prepareRewrite } from "#main/settings/rewrite-section.ts";
import type { LivePayments } from "#main/start/live-payments.ts";
import type { SetupFault } from "#main/till/ports/merchant-setup.ts";

export interface KeepingParts {
  readonly dataDir: string;
  readonly payments: LivePayments;
  readonly keptKeys: KeptKeys;
  readonly newId: () => string;
  readonly log: Log;
}

/**
 * Goes over to a merchant so that a power cut at any moment leaves the old one whole or the new one whole: the keys are
 * kept under a new name beside the old ones and read back; then terminal.json is rewritten to name them, which is the
 * one step that counts; then payments go over and the old keys are forgotten.
 */
export async function keepMerchant(
  parts: KeepingParts,
  sectionFor: (keptKeys: string) => MerchantSection,
  keys: KeySet,
  mayChange: (isAnother: boolean) => boolean,
): Promise<Result<"saved" | "bound", SetupFault>> {
  const { payments, keptKeys, log } = parts;
  const before = payments.configured();
  const id = parts.newId();
  const section = wechatPaySchema.safeParse(sectionFor(id));
  if (!section.success) return fail("setup-incomplete");
  const isAnother = before !== null && isAnotherMerchant(before, section.data);
  if (!mayChange(isAnother)) return ok("bound");
  if (!(await canBeKept(keptKeys, id, keys, log))) return fail("setup-keys-not-kept");
  const ready = payments.ready(section.data, keys);
  if (!ready.ok) return fail("setup-incomplete");

  // From here to the end nothing is waited for: no payment begins in between.
  if (!mayChange(isAnother)) return ok("bound");
  const rewrite = prepareRewrite(parts.dataDir, "wechatPay", () => sectionFor(id));
  if (!rewrite.ok) return unwritable(log, rewrite.fault);
  payments.makeRoomFor(section.data);
  const written = rewrite.value.write();
  if (!written.ok) return unwritable(log, written.fault);
  payments.takeOver(ready.value);
  forgetOtherKeys(keptKeys, id, log);
  log.info("WeChat Pay was set up", { mchid: section.data.mchid, certSerial: section.data.certSerial });
  return ok("saved");
}

/** The gateway knows an order under its merchant only: whoever changes that loses sight of what is under way. */
function isAnotherMerchant(before: WechatPayConfig, after: WechatPayConfig): boolean {
  return (
    before.mchid !== after.mchid ||
    before.partner?.subMchid !== after.partner?.subMchid ||
    new URL(before.baseUrl).origin !== new URL(after.baseUrl).origin
  );
}

/** Kept is what can be read again: a key store that only takes must be found out before anything depends on it. */
async function canBeKept(keptKeys: KeptKeys, id: string, keys: KeySet, log: Log): Promise<boolean> {
  try {
    await keptKeys.add(id, keys);
    const read = await keptKeys.read(id);
    return read.ok && isDeepStrictEqual(read.value, keys);
  } catch (cause) {
    log.error("the keys of WeChat Pay could not be kept", {
      error: cause instanceof Error ? cause.name : typeof cause,
    });
    return false;
  }
}

function unwritable(log: Log, why: string): Result<never, SetupFault> {
  log.error("terminal.json could not be rewritten", { why });
  return fail("setup-file-unwritable");
}
