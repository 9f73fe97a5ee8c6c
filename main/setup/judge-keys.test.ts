import { execFileSync } from "node:child_process";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeyProblem, KeySlot } from "#contract/ipc/setup-view.ts";
import { emptyMerchantFields, type MerchantFields } from "#core/merchant/merchant-fields.ts";
import { selfSigned } from "#main/payments/wechat/testing-certificates.ts";
import { merchantKeys, platformKeys, rsaPair } from "#main/payments/wechat/testing-gateway.ts";
import { type GivenKey, type GivenKeys, judgeKeys } from "./judge-keys.ts";
import { mostKeyFileBytes, readKeyFile, readTextKey } from "./read-key-file.ts";

const serial = "5A0102030405060708090A0B0C0D0E0F10111213";
const certificatePem = selfSigned(merchantKeys.privateKey, serial);
const own = createPrivateKey(merchantKeys.privateKey);
const text = (pem: string): Buffer => Buffer.from(pem);
const curve = generateKeyPairSync("ec", { namedCurve: "P-256" });
const request = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";

/** A PKCS#12 file as the merchant platform packs it. */
function p12(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "tillway-p12-"));
  try {
    const file = (name: string): string => join(folder, name);
    writeFileSync(file("key.pem"), merchantKeys.privateKey, { mode: 0o600 });
    writeFileSync(file("cert.pem"), certificatePem);
    const pair = ["-inkey", file("key.pem"), "-in", file("cert.pem")];
    execFileSync("openssl", ["pkcs12", "-export", ...pair, "-passout", "pass:1900000001", "-out", file("out.p12")]);
    return readFileSync(file("out.p12"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As the platform and Windows editors write it. */
const disguises: readonly (readonly [string, (pem: string) => Buffer])[] = [
  ["as it is", text],
  ["with Windows line ends", (pem) => text(pem.replaceAll("\n", "\r\n"))],
  ["with a byte-order mark", (pem) => text(`\uFEFF${pem}`)],
  ["as Windows' Unicode", (pem) => Buffer.from(`\uFEFF${pem}`, "utf16le")],
  ["with words around it", (pem) => text(`商户证书\n${pem}\n\n`)],
];

describe("a key file", () => {
  it.each(disguises)("from the merchant platform is taken %s", (_how, disguise) => {
    const given = handedOver({
      "private-key": disguise(merchantKeys.privateKey),
      certificate: disguise(certificatePem),
      "public-key": disguise(platformKeys.publicKey),
    });
    expect(problems(given)).toEqual({});
  });

  const wrong: readonly (readonly [KeySlot, string, Uint8Array, KeyProblem])[] = [
    ["private-key", "nothing", Buffer.alloc(0), "empty"],
    ["private-key", "blanks", text(" \n"), "empty"],
    ["private-key", "a film", Buffer.alloc(mostKeyFileBytes + 1, 1), "too-large"],
    ["private-key", "the certificate", text(certificatePem), "is-a-certificate"],
    ["private-key", "a public key", text(merchantKeys.publicKey), "is-a-public-key"],
    ["private-key", "a letter", text("尊敬的商户"), "no-pem"],
    ["private-key", "a picture", Buffer.from("89504e470d0a1a0a0000", "hex"), "no-pem"],
    ["private-key", "the archive", Buffer.from("504b030414000000", "hex"), "is-zip"],
    ["private-key", "the .p12", p12(), "is-p12"],
    ["private-key", "a DER", own.export({ type: "pkcs8", format: "der" }), "is-der"],
    ["private-key", "a locked key", text(locked("pkcs8")), "has-a-passphrase"],
    ["private-key", "a key locked the old way", text(locked("pkcs1")), "has-a-passphrase"],
    ["private-key", "a cut one", text(merchantKeys.privateKey.replace(/\n.{40}/u, `\n${"A".repeat(40)}`)), "damaged"],
    [
      "private-key",
      "an elliptic key",
      text(curve.privateKey.export({ type: "pkcs8", format: "pem" }).toString()),
      "not-rsa",
    ],
    [
      "private-key",
      "an elliptic key the old way",
      text(curve.privateKey.export({ type: "sec1", format: "pem" }).toString()),
      "is-a-key-of-another-kind",
    ],
    ["private-key", "a short key", text(rsaPair(1_024).privateKey), "not-2048-bits"],
    ["certificate", "the private key", text(merchantKeys.privateKey), "is-a-private-key"],
    ["certificate", "a request", text(request), "is-a-request"],
    ["certificate", "a DER", new X509Certificate(certificatePem).raw, "is-der"],
    ["certificate", "a damaged one", text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"), "damaged"],
    ["certificate", "somebody else's", text(selfSigned(platformKeys.privateKey, serial)), "another-key"],
    ["certificate", "a short key's", text(selfSigned(rsaPair(1_024).privateKey, serial)), "not-2048-bits"],
    ["public-key", "a certificate", text(certificatePem), "is-a-certificate"],
    ["public-key", "a private key", text(platformKeys.privateKey), "is-a-private-key"],
    ["public-key", "our own", text(merchantKeys.publicKey), "is-the-merchants-own"],
    [
      "public-key",
      "an elliptic key",
      text(curve.publicKey.export({ type: "spki", format: "pem" }).toString()),
      "not-rsa",
    ],
    ["api-v3-key", "half a key", text("0123456789abcdef"), "not-32-bytes"],
    ["api-v3-key", "Chinese characters", text("钥".repeat(32)), "not-32-bytes"],
    ["api-v3-key", "a private key", text(merchantKeys.privateKey), "is-a-private-key"],
    ["api-v3-key", "a picture", Buffer.from([0, 1, 2]), "not-32-bytes"],
    ["v2-key", "a dash in it", text(`-${"0".repeat(31)}`), "not-32-characters"],
  ];
  it.each(wrong)("for the %s that is %s is told what it is", (slot, _what, bytes, problem) => {
    expect(problems(handedOver({ ...all, [slot]: bytes }), both)[slot]).toBe(problem);
  });

  it("is the one that the typed serial names, of this time", () => {
    const given = handedOver(all);
    const { views, certificate } = judgeKeys(given, fieldsWith({ certSerial: serial.toLowerCase() }), nowMs);
    expect(views.find(({ slot }) => slot === "certificate")).toMatchObject({ problem: null });
    expect(certificate).toEqual({ serial, endsAtMs: Date.parse(new X509Certificate(certificatePem).validTo) });
    expect(problems(given, fieldsWith({ certSerial: "5A01020304" }))).toMatchObject({ certificate: "another-serial" });
    const endsAtMs = certificate?.endsAtMs ?? 0;
    expect(problems(given, both, endsAtMs)).toMatchObject({ certificate: "expired" });
    expect(problems(given, both, endsAtMs - 40 * 86_400_000)).toMatchObject({ certificate: "not-yet-valid" });
  });

  it("is asked for where the merchant's way of working needs it", () => {
    const nothing = handedOver({});
    const missing = (fields: Partial<MerchantFields>) => Object.keys(problems(nothing, fieldsWith(fields)));
    expect(missing({})).toEqual(["private-key", "certificate", "public-key"]);
    expect(missing({ answersSignedBy: "certificates" })).toEqual(["private-key", "certificate", "api-v3-key"]);
    expect(missing({ answersSignedBy: "both", codepayProtocol: "v2" })).toEqual(Object.keys(all));
  });

  it("shows of itself a fingerprint of the public half, the same as its certificate's, and of a text key nothing", () => {
    const { views } = judgeKeys(handedOver(all), both, nowMs);
    const shown = JSON.stringify(views);
    const [key, certificate, gateway, apiV3, v2] = views.map(({ fingerprint }) => fingerprint);
    expect(key).toMatch(/^[0-9a-f]{8}$/u);
    expect([certificate, gateway === key, apiV3, v2]).toEqual([key, false, null, null]);
    for (const line of merchantKeys.privateKey.split("\n").slice(1, -2)) expect(shown).not.toContain(line);
    expect(shown).not.toContain("0123456789abcdef");
  });

  it("of any bytes at all is judged without a fault of ours", () => {
    const slots = fc.constantFrom<KeySlot>("private-key", "certificate", "public-key", "api-v3-key", "v2-key");
    const spoilt = fc
      .tuple(fc.constantFrom(merchantKeys.privateKey, certificatePem, platformKeys.publicKey), fc.nat(), fc.nat(255))
      .map(([pem, at, byte]) => {
        const bytes = Buffer.from(pem);
        bytes[at % bytes.length] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(slots, fc.oneof(fc.uint8Array({ maxLength: 400 }), spoilt), (slot, bytes) => {
        const { views } = judgeKeys(handedOver({ ...all, [slot]: bytes }), both, nowMs);
        expect(views).toHaveLength(5);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a key that is pasted or typed", () => {
  const key = "0123456789abcdef0123456789ABCDEF";
  it("is taken without the blanks around it", () => {
    expect(readTextKey("api-v3-key", `  ${key}\r\n`)).toEqual({ ok: true, value: key });
    expect(readTextKey("v2-key", `${key}\n`)).toEqual({ ok: true, value: key });
  });
});

const nowMs = Date.parse(new X509Certificate(certificatePem).validFrom) + 86_400_000;
const all = {
  "private-key": text(merchantKeys.privateKey),
  certificate: text(certificatePem),
  "public-key": text(platformKeys.publicKey),
  "api-v3-key": text("0123456789abcdef0123456789abcdef"),
  "v2-key": text("0123456789abcdef0123456789abcdef"),
};
const both = fieldsWith({ answersSignedBy: "both", codepayProtocol: "v2" });

function fieldsWith(changes: Partial<MerchantFields>): MerchantFields {
  return { ...emptyMerchantFields, ...changes };
}

function handedOver(files: { readonly [S in KeySlot]?: Uint8Array }): GivenKeys {
  const given = (slot: KeySlot): GivenKey | null => {
    const bytes = files[slot];
    if (bytes === undefined) return null;
    const read = readKeyFile(slot, bytes);
    return { by: "file", name: "x", text: read.ok ? read.value : "", problem: read.ok ? null : read.fault };
  };
  return {
    "private-key": given("private-key"),
    certificate: given("certificate"),
    "public-key": given("public-key"),
    "api-v3-key": given("api-v3-key"),
    "v2-key": given("v2-key"),
  };
}

function problems(
  given: GivenKeys,
  fields = emptyMerchantFields,
  atMs = nowMs,
): { readonly [S in KeySlot]?: KeyProblem } {
  const { views } = judgeKeys(given, fields, atMs);
  return Object.fromEntries(views.flatMap(({ slot, problem }) => (problem === null ? [] : [[slot, problem]])));
}

function locked(type: "pkcs1" | "pkcs8"): string {
  return own.export({ type, format: "pem", cipher: "aes-256-cbc", passphrase: "1234" }).toString();
}
