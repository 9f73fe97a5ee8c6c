import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { fail, ok, type Result } from "#core/result.ts";

export type KeyProblem =
  /** No PEM block of the expected kind in the file (a certificate and the other half of a pair are none). */
  | "not-a-private-key"
  | "not-a-public-key"
  | "has-a-passphrase"
  /** The PEM block is there and its inside cannot be read. */
  | "damaged"
  | "not-rsa"
  | "not-2048-bits"
  /** The gateway's key is wanted, and this is the other half of the merchant's own. */
  | "is-the-merchants-own";

const keyBits = 2_048;

/** The merchant's API key: PEM, `PRIVATE KEY` or `RSA PRIVATE KEY`, RSA of 2,048 bits, no passphrase. */
export function readPrivateKey(pem: string): Result<KeyObject, KeyProblem> {
  if (pem.includes("BEGIN ENCRYPTED PRIVATE KEY") || pem.includes("Proc-Type: 4,ENCRYPTED")) {
    return fail("has-a-passphrase");
  }
  if (!/-----BEGIN (?:RSA )?PRIVATE KEY-----/u.test(pem)) return fail("not-a-private-key");
  return readKey(() => createPrivateKey(pem));
}

/** The gateway's key: PEM `PUBLIC KEY`, RSA of 2,048 bits, and not the merchant's own where that is known. */
export function readPublicKey(pem: string, merchantKey: KeyObject | null): Result<KeyObject, KeyProblem> {
  // Node would also read a certificate, or make a public key of a private one.
  if (!pem.includes("-----BEGIN PUBLIC KEY-----") || pem.includes("PRIVATE KEY")) return fail("not-a-public-key");
  const key = readKey(() => createPublicKey(pem));
  if (key.ok && merchantKey !== null && key.value.equals(createPublicKey(merchantKey)))
    return fail("is-the-merchants-own");
  return key;
}

function readKey(read: () => KeyObject): Result<KeyObject, KeyProblem> {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    return fail("damaged"); // OpenSSL's own words help nobody, and might quote the file
  }
  if (key.asymmetricKeyType !== "rsa") return fail("not-rsa");
  return key.asymmetricKeyDetails?.modulusLength === keyBits ? ok(key) : fail("not-2048-bits");
}
