import { createPublicKey, sign, verify } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import { noKeyStore as none, sealingKeyStore as keyStore } from "#tests/support/key-stores.ts";
import { openDeviceKeys } from "./device-key.ts";
import type { KeyStore } from "./key-store.ts";

const root = mkdtempSync(join(tmpdir(), "device-key-"));
const log = openLog(join(root, "till.log"), () => 0);
afterAll(() => rmSync(root, { recursive: true }));
const folder = (): string => mkdtempSync(join(root, "one-"));

describe.each([
  ["the key store", keyStore, "key-store"],
  ["the account alone", none, "account"],
] as const)("a till's key kept by %s", (_what, store, guard) => {
  it("is made once, signs after a restart, and is in no file in clear", async () => {
    const dir = folder();
    const keys = await openDeviceKeys(dir, store, log);
    expect(await keys.read()).toEqual({ ok: false, fault: "missing" });
    const made = await keys.make();
    expect((await keys.make()).publicKey).toBe(made.publicKey);
    const again = await (await openDeviceKeys(dir, store, log)).read();
    if (!again.ok) throw new Error(again.fault);
    expect(again.value).toMatchObject({ publicKey: made.publicKey, guard });
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: made.publicKey }, format: "jwk" });
    expect(verify(null, Buffer.from("x"), publicKey, sign(null, Buffer.from("x"), again.value.privateKey))).toBe(true);
    const file = join(dir, "device-key.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { d } = made.privateKey.export({ format: "jwk" });
    const clear = Buffer.from(d ?? "", "base64url").toString("base64");
    expect(readFileSync(file, "utf8")).not.toContain(clear.slice(0, 20));
  });

  it("that was damaged, or opened by a stranger, is no key", async () => {
    const [dir, copy] = [folder(), folder()];
    await (await openDeviceKeys(dir, store, log)).make();
    copyFileSync(join(dir, "device-key.json"), join(copy, "device-key.json"));
    const stranger: KeyStore = { ...none, getSelectedStorageBackend: () => "basic_text" };
    expect(await (await openDeviceKeys(copy, stranger, log)).read()).toEqual({ ok: false, fault: "locked" });
    const text = readFileSync(join(dir, "device-key.json"), "utf8");
    writeFileSync(join(dir, "device-key.json"), text.replace(/"sum": "../, '"sum": "zz'));
    expect(await (await openDeviceKeys(dir, store, log)).read()).toEqual({ ok: false, fault: "damaged" });
  });
});

it("a till without a key store says in its log what guards the key", async () => {
  await (await openDeviceKeys(folder(), none, log)).make();
  expect(readFileSync(join(root, "till.log"), "utf8")).toContain("this till's key is as safe as this user's files");
});
