import { createCipheriv, createPublicKey, sign } from "node:crypto";
import { fen } from "#core/money/fen.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import vectors from "../../../tests/fixtures/wechatpay.json" with { type: "json" };
import { unseal } from "#wechatpay/aes.ts";
import { createKeyRing, keptPems, readKeptCertificates, readPlatformCertificate } from "#wechatpay/key-ring.ts";
import { selfSigned } from "./testing-certificates.ts";
import { type Headers, platformKeys, rsaPair, startTestingGateway, type TestingGateway } from "./testing-gateway.ts";

const apiV3Key = "0123456789abcdef0123456789ABCDEF";
const nextKeys = rsaPair(2_048);
const oldSerial = "5A0100000001";
const newSerial = "5A0200000002";
/** The certificates begin when the tests run: the till's clock stands an hour later. */
const nowMs = Math.trunc(Date.now() / 1_000) * 1_000 + 3_600_000;
const pems = {
  [oldSerial]: selfSigned(platformKeys.privateKey, oldSerial),
  [newSerial]: selfSigned(nextKeys.privateKey, newSerial),
};
const order404 = { code: "ORDER_NOT_EXIST" };

function sealed(serial: string, pem: string, key = apiV3Key) {
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key), Buffer.from("14b16c03dc1b"), { authTagLength: 16 });
  cipher.setAAD(Buffer.from("certificate"));
  const ciphertext = Buffer.concat([cipher.update(pem, "utf8"), cipher.final(), cipher.getAuthTag()]).toString(
    "base64",
  );
  const envelope = { algorithm: "AEAD_AES_256_GCM", nonce: "14b16c03dc1b", associated_data: "certificate", ciphertext };
  return { serial_no: serial, effective_time: "", expire_time: "", encrypt_certificate: envelope };
}

/** An answer signed by one of the certificates. */
function signedBy(
  serial: string,
  privateKey: string,
  body: object,
): { status: number; body: string; spoil: () => Headers } {
  const text = JSON.stringify(body);
  const timestamp = `${nowMs / 1_000}`;
  const signature = sign("RSA-SHA256", Buffer.from(`${timestamp}\nnonce\n${text}\n`), privateKey).toString("base64");
  const headers = {
    "Wechatpay-Timestamp": timestamp,
    "Wechatpay-Nonce": "nonce",
    "Wechatpay-Serial": serial,
    "Wechatpay-Signature": signature,
  };
  return { status: 200, body: text, spoil: () => headers };
}
const list = (...serials: (keyof typeof pems)[]) => ({
  data: serials.map((serial) => sealed(serial, pems[serial] ?? "")),
});

it("The key that personal data is sealed with is the public key, or else the newest certificate that counts now", () => {
  const certificates = [pems[oldSerial], pems[newSerial]].map((pem) => readPlatformCertificate(pem));
  const both = certificates.flatMap((one) => one ?? []);
  const later = both.map((one, index) => ({ ...one, notBeforeMs: nowMs - 2 + index }));
  expect(createKeyRing(null, later, () => nowMs).sealingKey()?.serial).toBe(newSerial);
  const notYet = later.map((one, index) => ({ ...one, notBeforeMs: nowMs + index }));
  expect(createKeyRing(null, notYet, () => nowMs).sealingKey()?.serial).toBe(oldSerial);
  const publicKey = { id: "PUB_KEY_ID_1", key: createPublicKey(platformKeys.publicKey) };
  expect(createKeyRing(publicKey, later, () => nowMs).sealingKey()?.serial).toBe("PUB_KEY_ID_1");
  expect(createKeyRing(null, [], () => nowMs).sealingKey()).toBeNull();
});

let kept: string | null = null;
let testing: TestingGateway;
beforeEach(async () => {
  kept = null;
  testing = await startTestingGateway(
    {},
    { answersSignedBy: "certificates", publicKeyId: "", publicKeyFile: "", apiV3KeyFile: "apiv3.key" },
    {
      ...{ apiV3Key, now: () => nowMs },
      certificateShelf: {
        read: () => kept,
        write: (text) => {
          kept = text;
        },
      },
    },
  );
});
afterEach(() => testing.stop());
const refresh = () => testing.gateway.certificates?.refresh();
const query = () => testing.gateway.query("SH01T01261121120000A", fen(100), "v3");

describe("the gateway's certificates", () => {
  it("are downloaded, opened with the APIv3 key, kept, and then vouch for answers by their serial", async () => {
    testing.behave(signedBy(oldSerial, platformKeys.privateKey, list(oldSerial)));
    expect(await refresh()).toMatchObject({ ok: true });
    expect(testing.heard.at(-1)).toMatchObject({ target: "/v3/certificates?algorithm_type=RSA" });
    expect(testing.heard.at(-1)?.headers).not.toHaveProperty("wechatpay-serial");
    testing.behave({ ...signedBy(oldSerial, platformKeys.privateKey, order404), status: 404 });
    expect(await query()).toEqual({ kind: "not-found" });
    expect(readKeptCertificates(kept ?? "").map(({ serial }) => serial)).toEqual([oldSerial]);
  });

  it("old and new are believed side by side while both are valid", async () => {
    testing.behave(signedBy(oldSerial, platformKeys.privateKey, list(oldSerial)));
    await refresh();
    testing.behave(signedBy(oldSerial, platformKeys.privateKey, list(newSerial)));
    await refresh();
    for (const [serial, key] of [
      [oldSerial, platformKeys.privateKey],
      [newSerial, nextKeys.privateKey],
    ] as const) {
      testing.behave({ ...signedBy(serial, key, order404), status: 404 });
      expect(await query()).toEqual({ kind: "not-found" });
    }
    testing.behave({ ...signedBy(oldSerial, nextKeys.privateKey, order404), status: 404 });
    expect(await query()).toMatchObject({ cause: "bad-signature" });
  });

  it("are fetched by themselves when an answer is signed by an unknown one, once", async () => {
    let downloads = 0;
    testing.behave(({ target }) => {
      if (target.startsWith("/v3/certificates")) {
        downloads += 1;
        return signedBy(newSerial, nextKeys.privateKey, list(newSerial));
      }
      return { ...signedBy(newSerial, nextKeys.privateKey, order404), status: 404 };
    });
    expect(await query()).toMatchObject({ kind: "unknown", cause: "bad-signature" });
    await expect.poll(() => kept).not.toBe(null);
    expect(await query()).toEqual({ kind: "not-found" });
    expect(downloads).toBe(1);
  });

  it("are refused when another key sealed them, when a foreign one signed, or under another serial", async () => {
    testing.behave(
      signedBy(oldSerial, platformKeys.privateKey, {
        data: [sealed(oldSerial, pems[oldSerial] ?? "", "x".repeat(32))],
      }),
    );
    expect(await refresh()).toEqual({ ok: false, fault: "wrong-api-v3-key" });
    testing.behave(signedBy(oldSerial, nextKeys.privateKey, list(oldSerial)));
    expect(await refresh()).toEqual({ ok: false, fault: "forged" });
    testing.behave({ ...signedBy(oldSerial, platformKeys.privateKey, list(oldSerial)), spoil: () => ({}) });
    expect(await refresh()).toEqual({ ok: false, fault: "forged" });
    testing.behave(
      signedBy(oldSerial, platformKeys.privateKey, { data: [sealed("5A9900000009", pems[oldSerial] ?? "")] }),
    );
    expect(await refresh()).toEqual({ ok: false, fault: "unreadable" });
    testing.behave({ status: 500, body: { code: "SYSTEM_ERROR" } });
    expect(await refresh()).toEqual({ ok: false, fault: "no-answer" });
    expect(kept).toBe(null);
  });
});

describe("the ring of keys", () => {
  it("counts a certificate within its own dates only, and drops it when it is over", () => {
    const certificate = readPlatformCertificate(pems[oldSerial] ?? "");
    if (certificate === null) throw new Error("openssl made no certificate");
    let now = certificate.notBeforeMs - 1;
    const ring = createKeyRing(null, [certificate], () => now);
    expect(ring.get(oldSerial)).toBe(undefined);
    now = certificate.notBeforeMs;
    expect(ring.get(oldSerial.toLowerCase())).toBe(certificate.key);
    now = certificate.notAfterMs;
    expect(ring.get(oldSerial)).toBe(undefined);
    ring.add([]);
    expect(ring.certificates()).toEqual([]);
  });

  it("reads back what it kept, passes over what is damaged, and holds the published certificate", () => {
    const [, published] = vectors.aes256gcm;
    if (published === undefined) throw new Error("no vector");
    const opened = unseal(published.key, { ...published, associatedData: published.aad });
    const certificate = opened.ok ? readPlatformCertificate(opened.value.toString()) : null;
    if (certificate === null) throw new Error("the vector holds a certificate");
    expect(certificate.serial).toBe(published.certSerial);
    const text = keptPems([certificate]);
    const damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    expect(readKeptCertificates(`${damaged}${text}`).map(({ serial }) => serial)).toEqual([certificate.serial]);
    expect(readPlatformCertificate(platformKeys.publicKey)).toBe(null);
  });
});
