import { chmodSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MerchantFiles, openMerchantFiles } from "#tests/support/merchant-files.ts";
import { readMerchant } from "./merchant.ts";

describe("the merchant of --merchant", () => {
  let files: MerchantFiles;
  const read = (change: object = {}) => readMerchant(files.writeMerchant(change));
  beforeEach(() => {
    files = openMerchantFiles();
  });
  afterEach(() => files.remove());

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
    [
      { publicUrl: "http://pay.example" },
      "publicUrl: https:// and a host in small letters; WeChat Pay notifies no http",
    ],
    [{ publicUrl: "https://pay.example/" }, "publicUrl: https:// and a host in small letters"],
    [{ publicUrl: "http://127.0.0.1:8787" }, "publicUrl: https:// and a host in small letters"],
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
    chmodSync(join(files.folder, "app-secret"), 0o640);
    const merchant = read();
    expect(merchant.ok ? "" : merchant.fault).toMatch(/^appSecretFile: others may read .*chmod 600/);
    for (const secret of files.secrets) expect(JSON.stringify(merchant)).not.toContain(secret);
  });
});
