import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "#main/log/open-log.ts";
import { canSeal, type KeyStore } from "./key-store.ts";
import { writeDurably } from "./write-durably.ts";

const pepperBytes = 32;
const [sealedName, plainName] = ["pin-pepper.sealed", "pin-pepper.key"] as const;
/** Where it lies: one of them is there. */
export const pepperFiles = [sealedName, plainName] as const;

/**
 * The secret that makes PIN hashes worthless without this machine: sealed by the operating system's key store where
 * there is one. Where there is none (a Linux without a key ring) it lies in a file that only this user reads, and the
 * log says so: the hashes are then as safe as the account. Throws when a sealed pepper cannot be opened: a new one
 * would lock everybody out.
 */
export async function openPepper(dataDir: string, keyStore: KeyStore, log: Log): Promise<Buffer> {
  const sealedPath = join(dataDir, sealedName);
  const plainPath = join(dataDir, plainName);
  if (existsSync(sealedPath)) {
    const { result } = await keyStore.decryptStringAsync(readFileSync(sealedPath));
    return Buffer.from(result, "base64");
  }
  if (existsSync(plainPath)) return Buffer.from(readFileSync(plainPath, "utf8"), "base64");

  const pepper = randomBytes(pepperBytes);
  const text = pepper.toString("base64");
  if (await canSeal(keyStore)) {
    writeDurably(sealedPath, await keyStore.encryptStringAsync(text));
  } else {
    log.warn("no key store: the PIN pepper is kept in a file that only this user can read");
    writeDurably(plainPath, text);
  }
  return pepper;
}
