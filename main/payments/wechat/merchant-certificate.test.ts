import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import { describe, expect, it } from "vitest";
import { checkMerchantCertificate, readApiV3Key, readV2Key } from "./merchant-certificate.ts";
import { readSecrets } from "./read-secrets.ts";
import { selfSigned } from "./testing-certificates.ts";
import { merchantKeys, platformKeys, rsaPair, testConfig } from "./testing-gateway.ts";

const { certSerial } = testConfig();
const key = createPrivateKey(merchantKeys.privateKey);
const pem = selfSigned(merchantKeys.privateKey, certSerial);
const certificate = new X509Certificate(pem);
const [fromMs, toMs] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];

describe("the merchant's certificate", () => {
  it("is the one named, of our key, and says when it ends", () => {
    const good = { ok: true, value: { pem, notAfterMs: toMs } };
    expect(checkMerchantCertificate(pem, certSerial, key, fromMs)).toEqual(good);
    expect(checkMerchantCertificate(pem, `00${certSerial.toLowerCase()}`, key, fromMs)).toEqual(good);
  });

  const wrong = (fault: string) => ({ ok: false, fault });
  it("is refused with what is wrong with it", () => {
    const check = (text: string, serial = certSerial, atMs = fromMs) =>
      checkMerchantCertificate(text, serial, key, atMs);
    expect(check("")).toEqual(wrong("not-a-certificate"));
    expect(check(merchantKeys.publicKey)).toEqual(wrong("not-a-certificate"));
    expect(check("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")).toEqual(wrong("not-a-certificate"));
    expect(check(pem, "5A0100000001")).toEqual(wrong("another-serial"));
    expect(check(selfSigned(platformKeys.privateKey, certSerial))).toEqual(wrong("another-key"));
    expect(check(selfSigned(rsaPair(1_024).privateKey, certSerial))).toEqual(wrong("not-rsa-2048"));
    const curve = generateKeyPairSync("ec", {
      namedCurve: "P-256",
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    expect(check(selfSigned(curve.privateKey, certSerial))).toEqual(wrong("not-rsa-2048"));
    expect(check(pem, certSerial, toMs)).toEqual(wrong("expired"));
    expect(check(pem, certSerial, fromMs - 1)).toEqual(wrong("not-yet-valid"));
  });
});

describe("a key that is typed", () => {
  it("for APIv3 has 32 bytes, for v2 32 letters and digits; a line end does not count", () => {
    const typed = "0123456789abcdef0123456789ABCDEF";
    expect([readApiV3Key(typed), readApiV3Key(`${typed}\r\n`), readV2Key(`${typed}\n`)]).toEqual([typed, typed, typed]);
    for (const text of ["", typed.slice(16), `${typed} `, typed.slice(1), "钥".repeat(32)])
      expect(readApiV3Key(text)).toBe(null);
    for (const text of ["", typed.slice(16), `${typed.slice(1)}-`]) expect(readV2Key(text)).toBe(null);
  });
});

describe("what a configuration needs", () => {
  const texts = { privateKeyPem: merchantKeys.privateKey, publicKeyPem: platformKeys.publicKey };
  const v2 = testConfig({ codepayProtocol: "v2", certificateFile: "c.pem", v2KeyFile: "v2.key" });
  const byCertificate = testConfig({
    answersSignedBy: "certificates",
    apiV3KeyFile: "k",
    publicKeyId: "",
    publicKeyFile: "",
  });
  const secret = (name: string, problem: string) => ({ ok: false, fault: { kind: "secret-file", key: name, problem } });
  it.each<readonly [string, Partial<Parameters<typeof readSecrets>[0]>, object]>([
    ["v2 without a certificate", { config: v2 }, secret("certificateFile", "missing")],
    ["v2 without its key", { config: v2, certificatePem: pem }, secret("v2KeyFile", "missing")],
    [
      "v2 with half a key",
      { config: v2, certificatePem: pem, v2Key: "0".repeat(16) },
      secret("v2KeyFile", "wrong-length"),
    ],
    ["certificates without the APIv3 key", { config: byCertificate }, secret("apiV3KeyFile", "missing")],
    [
      "an APIv3 key of 16 bytes",
      { config: testConfig(), apiV3Key: "0".repeat(16) },
      secret("apiV3KeyFile", "wrong-length"),
    ],
    [
      "a certificate that is named though not needed",
      { config: testConfig(), certificatePem: "x" },
      secret("certificateFile", "not-a-certificate"),
    ],
  ])("is missed: %s", (_what, given, expected) => {
    expect(readSecrets({ config: testConfig(), ...texts, ...given }, fromMs)).toEqual(expected);
  });

  it("is enough without a public key where certificates sign", () => {
    const read = readSecrets({ config: byCertificate, ...texts, publicKeyPem: "", apiV3Key: "0".repeat(32) }, fromMs);
    expect(read).toMatchObject({ ok: true, value: { publicKey: null, apiV3Key: "0".repeat(32) } });
  });

  it("is asked for in terminal.json already", () => {
    const schema = terminalConfigSchema.shape.wechatPay.unwrap();
    const paths = (changes: object) => {
      const parsed = schema.safeParse({ ...testConfig(), ...changes });
      return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
    };
    expect(paths({})).toEqual([]);
    expect(paths({ codepayProtocol: "v2" })).toEqual(["codepayProtocol"]);
    expect(paths({ answersSignedBy: "both" })).toEqual(["apiV3KeyFile"]);
    expect(paths({ publicKeyFile: "" })).toEqual(["publicKeyFile"]);
    expect(paths({ answersSignedBy: "certificates", apiV3KeyFile: "k", publicKeyId: "", publicKeyFile: "" })).toEqual(
      [],
    );
  });
});
