import { createPublicKey, verify, type KeyObject } from "node:crypto";

/** Whether `value` is base64url without padding of exactly `length` bytes, spelled the one way: spare bits are zero. */
export function isOneSpelling(value: unknown, length: number): value is string {
  if (typeof value !== "string" || !/^[\w-]+$/.test(value)) return false;
  const bytes = Buffer.from(value, "base64url");
  return bytes.length === length && bytes.toString("base64url") === value;
}

/** An Ed25519 key from its raw 32 bytes, base64url; null where the text is none. */
export function publicKeyOf(text: string): KeyObject | null {
  if (!isOneSpelling(text, 32)) return null;
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: text }, format: "jwk" });
  } catch {
    return null;
  }
}

/** Whether one of `keys` signed the UTF-8 bytes of `text`. */
export function isSignedBy(keys: readonly KeyObject[], text: string, signature: string): boolean {
  const bytes = Buffer.from(text, "utf8");
  return keys.some((key) => verify(null, bytes, key, Buffer.from(signature, "base64url")));
}
