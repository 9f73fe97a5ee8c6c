import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { unseal } from "#wechatpay/aes.ts";
import { authorization } from "#wechatpay/sign.ts";
import { signV2 as signV2OfClient } from "#main/payments/wechat/v2/sign-v2.ts";
import { verifyAnswer } from "#wechatpay/verify.ts";
import { isAnswerSignedBy, isRequestSignedBy, openSealed } from "#simulators/gateway/signing.ts";
import { signV2 as signV2OfSimulator } from "#simulators/gateway/v2/sign-v2.ts";
import vectors from "../../fixtures/wechatpay.json" with { type: "json" };

/*
 * Every published vector on both sides, each by itself: two mistakes that cancel out do not both agree with a third.
 * The details (which byte may change, which key is refused) stand beside the code of each side.
 */

const { _note, ...groups } = vectors;
type Group = keyof typeof groups;
type Vector<G extends Group> = (typeof groups)[G][number];
/** True when this side makes of the vector what was published. */
type Check<G extends Group> = (vector: Vector<G>) => boolean;
type Side = { readonly [G in Group]: Check<G> };

const client: Side = {
  requestSigning({
    privateKeyPem,
    mchid,
    serial_no: certSerial,
    method,
    url: target,
    timestamp,
    nonce,
    body,
    signature,
  }) {
    const merchant = { mchid, certSerial, privateKey: createPrivateKey(privateKeyPem) };
    const parts = { method: method === "GET" ? "GET" : "POST", target, body: Buffer.from(body) } as const;
    return authorization(merchant, parts, Number(timestamp), nonce).includes(`signature="${signature}"`);
  },
  responseVerify({ publicKeyPem, serial, timestamp, nonce, body, signature, expect: isGood }) {
    const names = { timestamp, nonce, signature, serial };
    const headers = Object.fromEntries(Object.entries(names).map(([name, value]) => [`wechatpay-${name}`, value]));
    const keys = new Map([[serial, createPublicKey(publicKeyPem)]]);
    return verifyAnswer({ headers, body: Buffer.from(body) }, keys, Number(timestamp) * 1_000).ok === isGood;
  },
  aes256gcm(vector) {
    const { key, nonce, aad, ciphertext } = vector;
    const opened = unseal(key, { nonce, associatedData: aad, ciphertext });
    return opened.ok && isPublishedText(vector, opened.value.toString());
  },
  v2Sign: ({ params, key, md5, hmacSha256 }) =>
    signV2OfClient(Object.entries(params), key, "MD5") === md5 &&
    signV2OfClient(Object.entries(params), key, "HMAC-SHA256") === hmacSha256,
};

const simulator: Side = {
  requestSigning({ privateKeyPem, method, url: target, timestamp, nonce, body, signature }) {
    const publicKeyPem = createPublicKey(privateKeyPem).export({ type: "spki", format: "pem" }).toString();
    return isRequestSignedBy(publicKeyPem, { method, target, timestamp, nonce, body: Buffer.from(body) }, signature);
  },
  responseVerify: ({ publicKeyPem, timestamp, nonce, body, signature, expect: isGood }) =>
    isAnswerSignedBy(publicKeyPem, { timestamp, nonce, body: Buffer.from(body) }, signature) === isGood,
  aes256gcm(vector) {
    const { key: apiV3Key, nonce, aad: associatedData, ciphertext } = vector;
    return isPublishedText(vector, openSealed({ apiV3Key, nonce, associatedData, ciphertext }));
  },
  v2Sign: ({ params, key, md5, hmacSha256 }) =>
    signV2OfSimulator(params, key, "MD5") === md5 && signV2OfSimulator(params, key, "HMAC-SHA256") === hmacSha256,
};

/** A vector publishes its text, or the serial of the certificate it is. */
function isPublishedText(vector: Vector<"aes256gcm">, text: string): boolean {
  if (vector.plaintext !== undefined) return text === vector.plaintext;
  return vector.certSerial !== undefined && new X509Certificate(text).serialNumber === vector.certSerial;
}

const groupNames = Object.keys(groups) as Group[]; // the JSON's own keys, as TypeScript read them

describe.each([
  ["the client", client],
  ["the simulator", simulator],
])("%s", (_name, side) => {
  it("has a check for every group of vectors in the file", () => {
    expect(Object.keys(side).sort()).toEqual([...groupNames].sort());
    expect(groupNames.map((group) => groups[group].length)).not.toContain(0);
  });

  describe.each(groupNames)("%s", (group) => {
    // One group, one kind of vector: the union of the groups' checks cannot be called with the union of their vectors.
    const check = side[group] as Check<Group>;
    const all: readonly Vector<Group>[] = groups[group];
    it.each(all)("$source", (vector) => {
      expect(check(vector)).toBe(true);
    });

    it.each(all)("refuses $source with a letter changed", (vector) => {
      const broken = (() => {
        if ("signature" in vector) return { ...vector, signature: changed(vector.signature) };
        if ("ciphertext" in vector) return { ...vector, ciphertext: changed(vector.ciphertext) };
        return { ...vector, md5: changed(vector.md5) };
      })();
      expect(isRight(() => check(broken))).toBe(false);
    });
  });
});

/** Opening what is not whole may throw as well as answer no. */
function isRight(ask: () => boolean): boolean {
  try {
    return ask();
  } catch {
    return false;
  }
}

function changed(text: string): string {
  return (text.startsWith("A") ? "B" : "A") + text.slice(1);
}
