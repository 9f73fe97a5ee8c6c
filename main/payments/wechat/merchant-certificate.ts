import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { fail, ok, type Result } from "#core/result.ts";

export type CertificateProblem =
  | "not-a-certificate"
  | "not-rsa-2048"
  /** Its serial is not the one in the configuration. */
  | "another-serial"
  /** The private key does not belong to it. */
  | "another-key"
  | "expired"
  | "not-yet-valid";

export interface MerchantCertificate {
  readonly pem: string;
  /** When it ends, milliseconds since the epoch: five years after it was made; the wizard warns before. */
  readonly notAfterMs: number;
}

/** The merchant's API certificate: the one named, of the very key we sign with (where that is known), valid now. */
export function checkMerchantCertificate(
  pem: string,
  certSerial: string,
  privateKey: KeyObject | null,
  nowMs: number,
): Result<MerchantCertificate, CertificateProblem> {
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) return fail("not-a-certificate");
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return fail("not-a-certificate");
  }
  const { publicKey } = certificate;
  if (publicKey.asymmetricKeyType !== "rsa" || publicKey.asymmetricKeyDetails?.modulusLength !== 2_048) {
    return fail("not-rsa-2048");
  }
  if (plainSerial(certificate.serialNumber) !== plainSerial(certSerial)) return fail("another-serial");
  if (privateKey !== null && !publicKey.equals(createPublicKey(privateKey))) return fail("another-key");
  const notAfterMs = Date.parse(certificate.validTo);
  if (nowMs >= notAfterMs) return fail("expired");
  return nowMs < Date.parse(certificate.validFrom) ? fail("not-yet-valid") : ok({ pem, notAfterMs });
}

/** The text of a file with the APIv3 key: exactly 32 bytes, a line end aside. Null for anything else. */
export function readApiV3Key(text: string): string | null {
  const key = text.replace(/\r?\n$/u, "");
  return Buffer.byteLength(key) === 32 ? key : null;
}

/** The same for the key of v2: 32 letters and digits, as the merchant platform asks for. */
export function readV2Key(text: string): string | null {
  const key = text.replace(/\r?\n$/u, "");
  return /^[0-9A-Za-z]{32}$/u.test(key) ? key : null;
}

/** Tools differ in capitals and leading zeros. */
function plainSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+/u, "");
}
