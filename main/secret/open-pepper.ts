import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "#main/log/open-log.ts";

const pepperBytes = 32;

/** The part of Electron's safeStorage that is used: asynchronous only, the synchronous calls leave in Electron 46. */
export interface KeyStore {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(plain: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ readonly result: string }>;
  getSelectedStorageBackend?(): string;
}

/**
 * The secret that makes PIN hashes worthless without this machine: sealed by the operating system's key store where
 * there is one. Where there is none (a Linux without a key ring) it lies in a file that only this user reads, and the
 * log says so: the hashes are then as safe as the account. Throws when a sealed pepper cannot be opened: a new one
 * would lock everybody out.
 */
export async function openPepper(dataDir: string, keyStore: KeyStore, log: Log): Promise<Buffer> {
  const sealedPath = join(dataDir, "pin-pepper.sealed");
  const plainPath = join(dataDir, "pin-pepper.key");
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
    writeDurably(plainPath, Buffer.from(text));
  }
  return pepper;
}

/** `basic_text` is Chromium's hard-coded password: it hides nothing, so it does not count as a key store. */
async function canSeal(keyStore: KeyStore): Promise<boolean> {
  if (process.platform === "linux" && keyStore.getSelectedStorageBackend?.() === "basic_text") return false;
  return keyStore.isAsyncEncryptionAvailable();
}

/** All of it or nothing, and still there after a power cut. */
function writeDurably(path: string, bytes: Buffer): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w", 0o600);
  writeSync(file, bytes);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
  const folder = openSync(join(path, ".."), "r");
  fsyncSync(folder);
  closeSync(folder);
}
