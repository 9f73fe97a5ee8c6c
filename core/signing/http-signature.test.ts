import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answerComponents,
  type Component,
  readSignature,
  requestComponents,
  signatureBase,
  signatureParams,
} from "./http-signature.ts";

/** The published example; its file names its source. */
interface Vector {
  readonly publicKeyPem: string;
  readonly privateKeyPem: string;
  readonly components: readonly Component[];
  readonly params: string;
  readonly base: string;
  readonly signature: string;
}

const vector = JSON.parse(
  readFileSync(new URL("../../tests/fixtures/signing/rfc9421-b26.json", import.meta.url), "utf8"),
) as Vector;

describe("RFC 9421, B.2.6", () => {
  it("has the signature base this makes, and Ed25519 gives the published signature over it", () => {
    const base = signatureBase(vector.components, vector.params);
    expect(base).toBe(vector.base);
    const key = createPrivateKey(vector.privateKeyPem);
    expect(sign(null, Buffer.from(base), key).toString("base64")).toBe(vector.signature);
  });

  it("does not verify over a base in which anything differs", () => {
    const key = createPublicKey(vector.publicKeyPem);
    const isValid = (base: string) => verify(null, Buffer.from(base), key, Buffer.from(vector.signature, "base64"));
    expect(isValid(signatureBase(vector.components, vector.params))).toBe(true);
    expect(isValid(signatureBase(vector.components.toReversed(), vector.params))).toBe(false);
    expect(isValid(signatureBase(vector.components, vector.params.replace("73", "74")))).toBe(false);
    expect(isValid(`${vector.base}\n`)).toBe(false);
  });
});

const params = fc.record({
  created: fc.integer({ min: 0, max: 999_999_999_999 }),
  nonce: fc.stringMatching(/^[\w-]{16,64}$/),
  keyid: fc.stringMatching(/^[\w.-]{1,64}$/),
});
const signature = `tillway=:${"A".repeat(86)}==:`;

describe("reading a signature", () => {
  it("gives back the parameters that were written, for requests and answers", () => {
    for (const names of [requestComponents, answerComponents]) {
      fc.assert(
        fc.property(params, (values) => {
          const text = signatureParams(names, values);
          const read = readSignature(names, `tillway=${text}`, signature);
          expect(read).toEqual({ ok: true, value: { ...values, params: text, signature: `${"A".repeat(86)}==` } });
        }),
      );
    }
  });

  it("refuses one that covers less, more or something else", () => {
    const values = { created: 1, nonce: "n".repeat(22), keyid: "BJ01-T01" };
    const verdict = (names: readonly string[]) =>
      readSignature(requestComponents, `tillway=${signatureParams(names, values)}`, signature);
    expect(verdict(requestComponents.slice(0, 4))).toEqual({ ok: false, fault: "other-components" });
    expect(verdict([...requestComponents, "date"])).toEqual({ ok: false, fault: "other-components" });
    expect(verdict(requestComponents.toReversed())).toEqual({ ok: false, fault: "other-components" });
    expect(verdict([])).toEqual({ ok: false, fault: "other-components" });
  });

  it.each([
    ["another label", "other=()", signature],
    [
      "another algorithm",
      `tillway=${signatureParams(requestComponents, { created: 1, nonce: "n".repeat(22), keyid: "k" }).replace("ed25519", "hmac-sha256")}`,
      signature,
    ],
    [
      "a short signature",
      `tillway=${signatureParams(requestComponents, { created: 1, nonce: "n".repeat(22), keyid: "k" })}`,
      "tillway=:AAAA:",
    ],
    [
      "two signatures",
      `tillway=${signatureParams(requestComponents, { created: 1, nonce: "n".repeat(22), keyid: "k" })}, x=()`,
      signature,
    ],
  ])("refuses %s as malformed", (_name, input, signed) => {
    expect(readSignature(requestComponents, input, signed)).toEqual({ ok: false, fault: "malformed" });
  });

  it("says what is missing", () => {
    expect(readSignature(requestComponents, undefined, signature)).toEqual({ ok: false, fault: "missing" });
    expect(readSignature(requestComponents, "tillway=()", undefined)).toEqual({ ok: false, fault: "missing" });
  });
});
