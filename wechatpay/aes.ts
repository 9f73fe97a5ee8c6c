import { createDecipheriv } from "node:crypto";
import { fail, ok, type Result } from "#core/result.ts";

/** What the gateway sends encrypted: certificates and notifications. */
export interface SealedText {
  readonly nonce: string;
  /** May be empty. */
  readonly associatedData: string;
  /** Base64; its last 16 bytes are the tag. */
  readonly ciphertext: string;
}

export type UnsealFault = "key-not-32-bytes" | "malformed" | "not-authentic";

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** Opens AES-256-GCM with the merchant's APIv3 key, whose 32 bytes are used as they are typed. Never a partial text. */
export function unseal(apiV3Key: string, sealed: SealedText): Result<Buffer, UnsealFault> {
  const key = Buffer.from(apiV3Key);
  if (key.length !== keyBytes) return fail("key-not-32-bytes");
  const nonce = Buffer.from(sealed.nonce);
  const bytes = Buffer.from(sealed.ciphertext, "base64");
  if (nonce.length !== nonceBytes || bytes.length < tagBytes) return fail("malformed");
  if (bytes.toString("base64") !== sealed.ciphertext) return fail("malformed");
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(sealed.associatedData));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const text = decipher.update(bytes.subarray(0, -tagBytes));
  try {
    return ok(Buffer.concat([text, decipher.final()]));
  } catch {
    return fail("not-authentic"); // final() throws for nothing else
  }
}
