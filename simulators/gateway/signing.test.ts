import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isAnswerSignedBy, isRequestSignedBy, openSealed, signAnswer } from "./signing.ts";

interface Vectors {
  readonly requestSigning: readonly {
    readonly source: string;
    readonly privateKeyPem: string;
    readonly method: string;
    readonly url: string;
    readonly timestamp: string;
    readonly nonce: string;
    readonly body: string;
    readonly signature: string;
  }[];
  readonly responseVerify: readonly {
    readonly publicKeyPem: string;
    readonly timestamp: string;
    readonly nonce: string;
    readonly body: string;
    readonly signature: string;
  }[];
  readonly aes256gcm: readonly {
    readonly source: string;
    readonly key: string;
    readonly nonce: string;
    readonly aad: string;
    readonly ciphertext: string;
    readonly plaintext?: string;
  }[];
}

// The published samples; their shape is stated above and fixed with the file.
const vectors = JSON.parse(
  readFileSync(new URL("../../tests/fixtures/wechatpay.json", import.meta.url), "utf8"),
) as Vectors;

describe.each(vectors.requestSigning)("the published request of $source", (sample) => {
  const publicKeyPem = createPublicKey(sample.privateKeyPem).export({ type: "spki", format: "pem" }).toString();
  const { method, timestamp, nonce, signature } = sample;
  const request = { method, target: sample.url, timestamp, nonce, body: Buffer.from(sample.body) };

  it("verifies", () => {
    expect(isRequestSignedBy(publicKeyPem, request, signature)).toBe(true);
  });

  it("fails with any byte of its body changed", () => {
    for (let at = 0; at < request.body.length; at += 1) {
      const body = flipped(request.body, at);
      expect(isRequestSignedBy(publicKeyPem, { ...request, body }, signature), `byte ${at}`).toBe(false);
    }
  });

  it("fails with any character of its head changed", () => {
    for (const field of ["method", "target", "timestamp", "nonce"] as const) {
      for (let at = 0; at < request[field].length; at += 1) {
        const changed = flipped(Buffer.from(request[field]), at).toString("latin1");
        expect(isRequestSignedBy(publicKeyPem, { ...request, [field]: changed }, signature)).toBe(false);
      }
    }
  });

  it("fails with any byte of its signature changed, and with foreign characters in it", () => {
    const bytes = Buffer.from(signature, "base64");
    for (let at = 0; at < bytes.length; at += 1) {
      expect(isRequestSignedBy(publicKeyPem, request, flipped(bytes, at).toString("base64"))).toBe(false);
    }
    for (const wrong of ["", `WECHATPAY/SIGNTEST/${signature}`, ` ${signature}`, `${signature}\n`]) {
      expect(isRequestSignedBy(publicKeyPem, request, wrong)).toBe(false);
    }
  });
});

describe.each(vectors.responseVerify)("the published answer", (sample) => {
  const answer = { timestamp: sample.timestamp, nonce: sample.nonce, body: Buffer.from(sample.body) };

  it("verifies with the published public key", () => {
    expect(isAnswerSignedBy(sample.publicKeyPem, answer, sample.signature)).toBe(true);
  });

  it("fails with any byte of its body changed, or added", () => {
    for (let at = 0; at < answer.body.length; at += 1) {
      const body = flipped(answer.body, at);
      expect(isAnswerSignedBy(sample.publicKeyPem, { ...answer, body }, sample.signature)).toBe(false);
    }
    const longer = Buffer.concat([answer.body, Buffer.from("\n")]);
    expect(isAnswerSignedBy(sample.publicKeyPem, { ...answer, body: longer }, sample.signature)).toBe(false);
  });

  it("fails under another key", () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    expect(isAnswerSignedBy(pem, answer, sample.signature)).toBe(false);
  });
});

it("signs answers that its own published form verifies, an empty 204 included", () => {
  const key = vectors.requestSigning[0]?.privateKeyPem ?? "";
  const pem = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
  for (const body of ["", '{"code_url":"weixin://wxpay/bizpayurl/up?pr=x&groupid=00"}', "订单"]) {
    const answer = { timestamp: "1722850421", nonce: "d824f2e086d3c1df967785d13fcd22ef", body: Buffer.from(body) };
    expect(isAnswerSignedBy(pem, answer, signAnswer(key, answer))).toBe(true);
  }
});

describe.each(vectors.aes256gcm)("the sealed text of $source", (sample) => {
  const sealed = {
    apiV3Key: sample.key,
    nonce: sample.nonce,
    associatedData: sample.aad,
    ciphertext: sample.ciphertext,
  };

  it("opens to what was published", () => {
    const text = openSealed(sealed);
    if (sample.plaintext === undefined) expect(text).toMatch(/^-----BEGIN CERTIFICATE-----/);
    else expect(text).toBe(sample.plaintext);
  });

  it("does not open when the key, the associated data or one byte is wrong", () => {
    const bytes = Buffer.from(sample.ciphertext, "base64");
    expect(() => openSealed({ ...sealed, associatedData: `${sample.aad}x` })).toThrow();
    expect(() => openSealed({ ...sealed, ciphertext: flipped(bytes, 0).toString("base64") })).toThrow();
    expect(() => openSealed({ ...sealed, ciphertext: flipped(bytes, bytes.length - 1).toString("base64") })).toThrow();
    expect(() => openSealed({ ...sealed, ciphertext: "" })).toThrow("shorter than its tag");
    expect(() => openSealed({ ...sealed, apiV3Key: sample.key.slice(1) })).toThrow("32 bytes, this one has 31");
    expect(() => openSealed({ ...sealed, apiV3Key: `${sample.key}0` })).toThrow("32 bytes, this one has 33");
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}
