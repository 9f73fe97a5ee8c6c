import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MerchantSection, prepareRewrite } from "./rewrite-section.ts";
import { spliceKey } from "./splice-json.ts";

const section: MerchantSection = {
  ...{ mchid: "1900000001", appid: "wx0123456789abcdef", certSerial: "0123456789", keptKeys: "some-set-of-keys" },
  ...{ publicKeyId: "PUB_KEY_ID_1", storeInfo: { outId: "S01" }, notifyUrl: "https://pay.example.com/notify" },
};

/** As a person writes it: short lists in a line, a wechatPay in the middle, odd blanks. */
const byHand = `{
    "store": { "code": "S01", "nameZh": "蜂鸟便利", "nameEn": "Humming\\"bird\\"" },
    "wechatPay": { "mchid": "1900000009", "appid": "wx0000000000000009",
        "certSerial": "00", "privateKeyFile": "keys/a,b}.pem" }  ,
    "terminalId": "T01",   "devices": {"scanners": []}
}
`;

let dataDir: string;
const path = (): string => join(dataDir, "terminal.json");
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-rewrite-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function rewrite() {
  const prepared = prepareRewrite(dataDir, "wechatPay", () => section);
  return prepared.ok ? prepared.value.write() : prepared;
}

describe("terminal.json", () => {
  it("is given another merchant, and every other byte stays as it was written", () => {
    writeFileSync(path(), byHand);
    expect(rewrite()).toEqual({ ok: true, value: null });
    const text = readFileSync(path(), "utf8");
    expect(JSON.parse(text)).toEqual({ ...JSON.parse(byHand), wechatPay: section });
    const [before, after] = byHand.split(/"wechatPay": \{[^]*?\n {8}[^]*?\} {2},/u);
    expect(text.startsWith(before ?? "?")).toBe(true);
    expect(text.endsWith(after ?? "?")).toBe(true);
    expect(text).not.toContain("privateKeyFile");
    expect(readdirSync(dataDir)).toEqual(["terminal.json"]);
  });

  it("keeps its rights, its byte-order mark and its place behind a link", () => {
    const shop = JSON.stringify({ store: { code: "S01", nameZh: "a", nameEn: "b" }, terminalId: "T01" });
    const real = join(dataDir, "till-1.json");
    writeFileSync(real, `\uFEFF${shop}`);
    chmodSync(real, 0o640);
    symlinkSync(real, path());
    expect(rewrite()).toEqual({ ok: true, value: null });
    expect(statSync(real).mode & 0o777).toBe(0o640);
    const text = readFileSync(real, "utf8");
    expect(text.startsWith("\uFEFF{")).toBe(true);
    expect(JSON.parse(text.slice(1))).toMatchObject({ terminalId: "T01", wechatPay: section });
  });

  it("that no till could start on is left alone", () => {
    expect(prepareRewrite(dataDir, "wechatPay", () => section)).toEqual({ ok: false, fault: "no-file" });
    for (const text of ["{", "[]", '{"store": {}}', "null"]) {
      writeFileSync(path(), text);
      expect(prepareRewrite(dataDir, "wechatPay", () => section)).toEqual({ ok: false, fault: "unreadable" });
      expect(readFileSync(path(), "utf8")).toBe(text);
    }
  });
});

describe("a key of any JSON object", () => {
  it("is replaced or added, whatever stands around it", () => {
    const object = fc.dictionary(fc.oneof(fc.constant("wechatPay"), fc.string()), fc.jsonValue());
    const written = fc.constantFrom<string | number>(0, 2, 4, "\t");
    fc.assert(
      fc.property(object, fc.jsonValue(), written, fc.boolean(), (before, value, indent, isSpaced) => {
        const plain = JSON.stringify(before, null, indent);
        const text = isSpaced ? ` \n${plain}\n ` : plain;
        const after: unknown = JSON.parse(spliceKey(text, "wechatPay", value));
        expect(after).toEqual(JSON.parse(JSON.stringify({ ...before, wechatPay: value })));
      }),
      { numRuns: 1_000 },
    );
  });
});
