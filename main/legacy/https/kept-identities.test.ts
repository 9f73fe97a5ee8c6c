import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { noKeyStore as none, sealingKeyStore as keyStore } from "#tests/support/key-stores.ts";
import { type KeptIdentity, openIdentities } from "./kept-identities.ts";
import { makeIdentity } from "./self-signed.ts";

const root = mkdtempSync(join(tmpdir(), "tillway-identities-"));
const log = openLog(join(root, "till.log"), () => 0);
afterAll(() => rmSync(root, { recursive: true }));
const folder = (): string => mkdtempSync(join(root, "one-"));
const nowMs = Date.UTC(2026, 2, 2, 9);
const host = "127.0.0.1";

const refusing: KeyStore = { ...keyStore, encryptStringAsync: () => Promise.reject(new Error("the key ring is shut")) };
const otherUser: KeyStore = { ...keyStore, decryptStringAsync: () => Promise.reject(new Error("not yours")) };

const fileIn = (dir: string): string => join(dir, "identity-127-0-0-1.json");
const plainIn = (dir: string): string => join(dir, "identity-127-0-0-1.pem");

async function identity(dir: string, store: KeyStore = keyStore): Promise<KeptIdentity> {
  const kept = await openIdentities(dir, store, log).of(host, nowMs);
  if (!kept.ok) throw new Error(kept.fault);
  return kept.value;
}

/** As earlier versions kept it. */
function plainKept(dir: string) {
  const made = makeIdentity(host, nowMs);
  writeFileSync(plainIn(dir), made.keyPem + made.certificatePem);
  return made;
}

describe.each([
  ["the key store", keyStore],
  ["the account alone", none],
] as const)("the key of old tills' door kept by %s", (_what, store) => {
  it("is made once, found again, and in no file in clear", async () => {
    const dir = folder();
    const made = await identity(dir, store);
    expect(made.isAnew).toBe(false);
    expect(await identity(dir, store)).toEqual(made);
    const text = readFileSync(fileIn(dir), "utf8");
    expect(statSync(fileIn(dir)).mode & 0o777).toBe(0o600);
    expect([text.includes("PRIVATE KEY"), text.includes(made.identity.keyPem.slice(40, 80))]).toEqual([false, false]);
  });

  it("that an earlier version left in plain is the same one sealed, and the plain one is gone", async () => {
    const dir = folder();
    const made = plainKept(dir);
    expect(await identity(dir, store)).toEqual({ identity: made, isAnew: false });
    expect(existsSync(plainIn(dir))).toBe(false);
    expect(await identity(dir, store)).toEqual({ identity: made, isAnew: false });
  });
});

describe("the key of old tills' door", () => {
  it("is the same where the till was cut off with both the sealed and the plain one on the disk", async () => {
    const dir = folder();
    const made = plainKept(dir);
    const plain = readFileSync(plainIn(dir));
    await identity(dir);
    writeFileSync(plainIn(dir), plain);
    expect((await identity(dir)).identity).toEqual(made);
    expect(existsSync(plainIn(dir))).toBe(false);
  });

  it("stays in plain, and in use, where it cannot be sealed now, and is sealed the next time", async () => {
    const dir = folder();
    const made = plainKept(dir);
    expect((await identity(dir, refusing)).identity).toEqual(made);
    expect([existsSync(plainIn(dir)), existsSync(fileIn(dir))]).toEqual([true, false]);
    expect((await identity(dir)).identity).toEqual(made);
    expect(existsSync(plainIn(dir))).toBe(false);
  });

  it("that the key store does not open now is locked, never another one, and opens once it does", async () => {
    const dir = folder();
    const made = await identity(dir);
    for (const shut of [otherUser, none]) {
      expect(await openIdentities(dir, shut, log).of(host, nowMs)).toEqual({ ok: false, fault: "locked" });
    }
    expect(await identity(dir)).toEqual(made);
  });

  it.each([
    ["cut short", (text: string) => text.slice(0, 40)],
    ["of another sum", (text: string) => text.replace(/"sum": "../, '"sum": "zz')],
    ["with another certificate", (text: string) => withCertificate(text, makeIdentity(host, nowMs).certificatePem)],
  ])("that is %s is made anew, which is said", async (_what, spoil) => {
    const dir = folder();
    const before = await identity(dir);
    writeFileSync(fileIn(dir), spoil(readFileSync(fileIn(dir), "utf8")));
    const after = await identity(dir);
    expect([after.isAnew, after.identity.fingerprint === before.identity.fingerprint]).toEqual([true, false]);
    expect(await identity(dir)).toEqual({ ...after, isAnew: false });
  });

  it("that lies there in plain and damaged is made anew, which is said", async () => {
    const dir = folder();
    writeFileSync(plainIn(dir), "-----BEGIN PRIVATE KEY-----\nhalf");
    expect((await identity(dir)).isAnew).toBe(true);
    expect(existsSync(plainIn(dir))).toBe(false);
    expect((await identity(dir)).isAnew).toBe(false);
  });

  it("is not made where the disk refuses it", async () => {
    const dir = folder();
    // No folder can be made where a file lies.
    writeFileSync(join(dir, "file"), "");
    await expect(openIdentities(join(dir, "file"), keyStore, log).of(host, nowMs)).rejects.toThrow();
  });
});

function withCertificate(text: string, certificatePem: string): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), certificatePem });
}
