import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import { merchantKeys, platformKeys } from "#main/payments/wechat/testing-gateway.ts";
import type { KeyStore } from "./key-store.ts";
import { type KeySet, openKeptKeys } from "./kept-keys.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "kept-keys-"));
const logFile = join(folder(), "till.log");
const log = openLog(logFile, () => 0);
const file = "wechatpay-keys.json";

/** A key store that seals for one user: another one's opens nothing. */
function keyStoreOf(user: number): KeyStore {
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (plain) =>
      Buffer.concat([Buffer.from([user]), Buffer.from(Buffer.from(plain).map((byte) => byte ^ user))]),
    async decryptStringAsync(sealed) {
      if (sealed[0] !== user) throw new Error("sealed by another user");
      return { result: Buffer.from(sealed.subarray(1).map((byte) => byte ^ user)).toString() };
    },
    getSelectedStorageBackend: () => "gnome_libsecret",
  };
}
const basicText: KeyStore = {
  ...keyStoreOf(90),
  getSelectedStorageBackend: () => "basic_text",
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("must not be asked")),
  decryptStringAsync: () => Promise.reject(new Error("must not be asked")),
};
const guards = [
  ["the key store", keyStoreOf(90)],
  ["the account alone", basicText],
] as const;

const keys: KeySet = {
  privateKeyPem: merchantKeys.privateKey,
  certificatePem: "",
  publicKeyPem: platformKeys.publicKey,
  apiV3Key: "0123456789abcdef0123456789abcdef",
  v2Key: "",
};
const other: KeySet = { ...keys, apiV3Key: "f".repeat(32) };

describe.each(guards)("keys kept by %s", (_what, keyStore) => {
  it("are there after a restart, under their name only, and in no file in clear", async () => {
    const dir = folder();
    const kept = await openKeptKeys(dir, keyStore, log);
    await kept.add("set-one-1", keys);
    await kept.add("set-two-2", other);
    const again = await openKeptKeys(dir, keyStore, log);
    expect(await again.read("set-one-1")).toEqual({ ok: true, value: keys });
    expect(await again.read("set-two-2")).toEqual({ ok: true, value: other });
    expect(await again.read("set-three")).toEqual({ ok: false, fault: "keys-missing" });
    for (const name of readdirSync(dir)) {
      const text = readFileSync(join(dir, name), "utf8");
      expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
      for (const secret of [keys.apiV3Key, other.apiV3Key, ...keys.privateKeyPem.split("\n").slice(1, -2)]) {
        expect(text).not.toContain(secret);
      }
    }
    rmSync(dir, { recursive: true });
  });

  it("are forgotten once no name stands for them", async () => {
    const dir = folder();
    const kept = await openKeptKeys(dir, keyStore, log);
    await kept.add("set-one-1", keys);
    await kept.add("set-two-2", other);
    kept.keepOnly("set-nobody-wrote");
    expect(await kept.read("set-one-1")).toMatchObject({ ok: true });
    kept.keepOnly("set-two-2");
    expect(await kept.read("set-one-1")).toEqual({ ok: false, fault: "keys-missing" });
    expect(await kept.read("set-two-2")).toEqual({ ok: true, value: other });
    rmSync(dir, { recursive: true });
  });

  it("with any byte changed are never taken for keys", async () => {
    const dir = folder();
    const kept = await openKeptKeys(dir, keyStore, log);
    await kept.add("set-one-1", keys);
    const whole = readFileSync(join(dir, file));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ by;
        writeFileSync(join(dir, file), bytes);
        const read = await kept.read("set-one-1");
        // A changed name or blank leaves the set whole or nameless; nothing ever yields other keys.
        if (read.ok) expect(read.value).toEqual(keys);
      }),
      { numRuns: 300 },
    );
    for (const end of [0, 1, 100, whole.length - 3]) {
      writeFileSync(join(dir, file), whole.subarray(0, end));
      expect(await kept.read("set-one-1")).toEqual({ ok: false, fault: "keys-damaged" });
    }
    rmSync(dir, { recursive: true });
  });

  it("that were damaged can be given again", async () => {
    const dir = folder();
    const kept = await openKeptKeys(dir, keyStore, log);
    writeFileSync(join(dir, file), "{");
    await kept.add("set-one-1", keys);
    expect(await kept.read("set-one-1")).toEqual({ ok: true, value: keys });
    rmSync(dir, { recursive: true });
  });
});

describe("keys of a copied disk", () => {
  it("are locked for another user of a key store, and where there is none", async () => {
    const dir = folder();
    await (await openKeptKeys(dir, keyStoreOf(90), log)).add("set-one-1", keys);
    for (const stranger of [keyStoreOf(91), basicText]) {
      expect(await (await openKeptKeys(dir, stranger, log)).read("set-one-1")).toEqual({
        ok: false,
        fault: "keys-locked",
      });
    }
    rmSync(dir, { recursive: true });
  });

  it("are locked without the account's own key, and the log has said what guards them", async () => {
    const [dir, copy] = [folder(), folder()];
    const kept = await openKeptKeys(dir, basicText, log);
    expect(kept.guard).toBe("account");
    await kept.add("set-one-1", keys);
    copyFileSync(join(dir, file), join(copy, file));
    const stranger = await openKeptKeys(copy, basicText, log);
    expect(await stranger.read("set-one-1")).toEqual({ ok: false, fault: "keys-locked" });
    await stranger.add("set-two-2", other);
    expect(await stranger.read("set-one-1")).toEqual({ ok: false, fault: "keys-locked" });
    expect(readFileSync(logFile, "utf8")).toContain("as safe as this user's files");
    for (const one of [dir, copy]) rmSync(one, { recursive: true });
  });

  it("moved under another name open nothing", async () => {
    const dir = folder();
    const kept = await openKeptKeys(dir, keyStoreOf(90), log);
    await kept.add("set-one-1", keys);
    const text = readFileSync(join(dir, file), "utf8");
    writeFileSync(join(dir, file), text.replace("set-one-1", "set-two-2"));
    expect(await kept.read("set-two-2")).toEqual({ ok: false, fault: "keys-damaged" });
    rmSync(dir, { recursive: true });
  });
});
