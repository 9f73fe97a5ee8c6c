import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** The key of 32 raw bytes in base64url, or null where it is none. */
export function publicKeyOf(raw: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw }, format: "jwk" });
  } catch {
    return null;
  }
}

export function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: "jwk" });
  if (x === undefined) throw new Error("an Ed25519 key has its x");
  return x;
}

/** @param encoding of the answer: base64 in HTTP signatures, base64url in journal entries */
export function signText(key: KeyObject, text: string, encoding: "base64" | "base64url"): string {
  return sign(null, Buffer.from(text), key).toString(encoding);
}

export function isSignedBy(key: KeyObject, text: string, signature: string, encoding: "base64" | "base64url"): boolean {
  return verify(null, Buffer.from(text), key, Buffer.from(signature, encoding));
}
