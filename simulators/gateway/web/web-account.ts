import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const account = z.strictObject({ appSecret: z.string().regex(/^[0-9a-f]{32}$/) });

/**
 * The secret by which the shop's server learns who looks at its page; made in `dir` the first time, read afterwards.
 * Throws when the directory is not writable or `web.json` is not ours.
 */
export function loadOrMakeAppSecret(dir: string): string {
  const path = join(dir, "web.json");
  if (!existsSync(path)) {
    const made: z.infer<typeof account> = { appSecret: randomBytes(16).toString("hex") };
    writeFileSync(`${path}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return account.parse(JSON.parse(readFileSync(path, "utf8"))).appSecret;
}
