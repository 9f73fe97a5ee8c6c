import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { terminalConfigSchema, type wechatPaySchema } from "#contract/config/terminal.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { writeDurably } from "#main/secret/write-durably.ts";
import { spliceKey } from "./splice-json.ts";

/** The merchant's section as it is written: what is left out is the default. Undefined members are not written. */
export type MerchantSection = z.input<typeof wechatPaySchema>;

/** `unreadable`: somebody has made it something that no till can start on; it is left as it is. */
export type RewriteFault = "no-file" | "unreadable" | "unwritable";

/**
 * Puts what `change` makes of a section in its place in terminal.json and leaves every other byte as it is: prepared and
 * checked first, then one durable write, after which either the old file is there or the new one. `change` is given the
 * section as it was written, undefined where there is none; members it makes undefined are not written.
 */
export function prepareRewrite(
  dataDir: string,
  key: "wechatPay" | "devices" | "headOffice" | "legacy" | "legacyFiles",
  change: (before: unknown) => MerchantSection | object,
): Result<{ write(): Result<null, RewriteFault> }, RewriteFault> {
  const named = join(dataDir, "terminal.json");
  if (!existsSync(named)) return fail("no-file");
  try {
    // A link is followed: replacing it would leave its target behind, unchanged and unread.
    const path = realpathSync(named);
    const before = readFileSync(path, "utf8");
    const mark = before.startsWith("\uFEFF") ? "\uFEFF" : "";
    const text = before.slice(mark.length);
    // terminal.json is an object, or the till had not started on it; the schema below looks again.
    const whole = JSON.parse(text) as Record<string, unknown>;
    const section = change(whole[key]);
    const after = spliceKey(text, key, section);
    const isSame = isDeepStrictEqual(JSON.parse(after), JSON.parse(JSON.stringify({ ...whole, [key]: section })));
    if (!isSame || !terminalConfigSchema.safeParse(JSON.parse(after)).success) return fail("unreadable");
    const mode = statSync(path).mode & 0o777;
    return ok({ write: () => written(path, `${mark}${after}`, mode) });
  } catch {
    return fail("unreadable");
  }
}

function written(path: string, text: string, mode: number): Result<null, RewriteFault> {
  try {
    writeDurably(path, text, mode);
    return ok(null);
  } catch {
    return fail("unwritable");
  }
}
