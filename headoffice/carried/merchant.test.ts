import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readMerchant } from "./merchant.ts";

const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const [ours, theirs] = [pair(), pair()];

describe("the merchant of --merchant", () => {
  let folder: string;
  const write = (name: string, text: string, mode = 0o600) => {
    writeFileSync(join(folder, name), text, { mode });
    chmodSync(join(folder, name), mode);
  };
  const config = {
    ...{
      mchid: "1900007291",
      appid: "wxd678efh567hg6787",
      appSecretFile: "app-secret",
      certSerial: "408B07E79B8269FE",
    },
    ...{ privateKeyFile: "merchant.pem", apiV3KeyFile: "api-v3", publicKeyId: "PUB_KEY_ID_0110000000" },
    ...{ publicKeyFile: "gateway.pem", publicUrl: "https://pay.example" },
  };
  const read = (change: object = {}) => {
    write("merchant.json", JSON.stringify({ ...config, ...change }));
    return readMerchant(join(folder, "merchant.json"));
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tillway-merchant-"));
    write("app-secret", `${"0123456789abcdef".repeat(2)}\n`);
    write("merchant.pem", ours.privateKey);
    write("api-v3", "K".repeat(32));
    write("gateway.pem", theirs.publicKey, 0o644);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is read with the keys beside it, and asks WeChat's own hosts unless others are named", () => {
    const merchant = read();
    expect(merchant).toMatchObject({ ok: true, value: { mchid: "1900007291", payUrl: "https://pay.example" } });
    if (!merchant.ok) throw new Error(merchant.fault);
    expect(merchant.value.hosts.pay.map(({ host }) => host)).toEqual([
      "api.mch.weixin.qq.com",
      "api2.mch.weixin.qq.com",
    ]);
    const local = { pay: "http://127.0.0.1:1", open: "http://127.0.0.1:2", api: "http://127.0.0.1:3" };
    expect(read({ hosts: local })).toMatchObject({ ok: true });
  });

  it.each([
    [{ mchid: "19" }, "mchid: 8 to 10 digits"],
    [{ appid: "x" }, "appid: begins with wx"],
    [{ publicUrl: "http://pay.example" }, "publicUrl: https, or http on this machine"],
    [{ hosts: { pay: "http://gateway.example", open: "https://o.example", api: "https://a.example" } }, "hosts.pay: "],
    [{ secret: "1" }, "--merchant: the file"],
    [{ apiV3KeyFile: "merchant.json" }, "apiV3KeyFile: an APIv3 key has 32 bytes"],
    [{ privateKeyFile: "gateway.pem" }, "privateKeyFile: others may read"],
    [{ publicKeyFile: "nothing" }, "publicKeyFile: "],
    [{ publicKeyFile: "merchant.pem" }, "publicKeyFile: not a public key"],
  ])("with %j is refused with the key that is wrong", (change, words) => {
    const merchant = read(change);
    expect(merchant.ok ? "read" : merchant.fault).toContain(words);
  });

  it("is refused where others may read a key, and tells no key in what it says", () => {
    chmodSync(join(folder, "app-secret"), 0o640);
    const merchant = read();
    expect(merchant.ok ? "" : merchant.fault).toMatch(/^appSecretFile: others may read .*chmod 600/);
    expect(JSON.stringify(merchant)).not.toContain("0123456789abcdef");
  });
});
