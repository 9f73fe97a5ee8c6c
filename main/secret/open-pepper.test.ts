import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import type { KeyStore } from "./key-store.ts";
import { openPepper } from "./open-pepper.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "pepper-"));
const log = openLog(join(folder(), "till.log"), () => 0);

const keyRing: KeyStore = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (plain) => Buffer.from(plain).map((byte) => byte ^ 0x5a) as Buffer,
  decryptStringAsync: async (sealed) => ({ result: Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString() }),
  getSelectedStorageBackend: () => "gnome_libsecret",
};
const noKeyRing: KeyStore = { ...keyRing, isAsyncEncryptionAvailable: async () => false };

test("the pepper survives a restart, sealed by the key store", async () => {
  const dir = folder();
  const first = await openPepper(dir, keyRing, log);
  expect(first).toHaveLength(32);
  expect(await openPepper(dir, keyRing, log)).toEqual(first);
  expect(readdirSync(dir)).toEqual(["pin-pepper.sealed"]);
});

test("without a key store it lies in a file that only this user reads", async () => {
  const dir = folder();
  const first = await openPepper(dir, noKeyRing, log);
  expect(await openPepper(dir, noKeyRing, log)).toEqual(first);
  expect(statSync(join(dir, "pin-pepper.key")).mode & 0o777).toBe(0o600);
});

test("Chromium's hard-coded password is not taken for a key store", async () => {
  const dir = folder();
  await openPepper(dir, { ...keyRing, getSelectedStorageBackend: () => "basic_text" }, log);
  expect(readdirSync(dir)).toEqual([process.platform === "linux" ? "pin-pepper.key" : "pin-pepper.sealed"]);
});

test("a sealed pepper that cannot be opened stops the start instead of locking everybody out", async () => {
  const dir = folder();
  await openPepper(dir, keyRing, log);
  const broken: KeyStore = {
    ...keyRing,
    decryptStringAsync: async () => Promise.reject(new Error("key ring changed")),
  };
  await expect(openPepper(dir, broken, log)).rejects.toThrow("key ring changed");
});
