import { type KeyObject, X509Certificate } from "node:crypto";
import type { GatewayKeys } from "./verify.ts";

/** One of the gateway's certificates, as downloaded. */
export interface PlatformCertificate {
  /** Hex, capitals: what `Wechatpay-Serial` says. */
  readonly serial: string;
  readonly key: KeyObject;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly pem: string;
}

/** The gateway's keys: its public key, its certificates, or both while a merchant changes over. */
export interface KeyRing extends GatewayKeys {
  /** Old ones stay beside new ones, as answers may be signed by either until the old expire. */
  add(certificates: readonly PlatformCertificate[]): void;
  certificates(): readonly PlatformCertificate[];
  /** What the gateway can open: its public key, or its newest certificate that counts now. Null where neither is held. */
  sealingKey(): { readonly serial: string; readonly key: KeyObject } | null;
}

/** `now` is the till's clock: a certificate counts within its own dates only. */
export function createKeyRing(
  publicKey: { readonly id: string; readonly key: KeyObject } | null,
  certificates: readonly PlatformCertificate[],
  now: () => number,
): KeyRing {
  const bySerial = new Map<string, PlatformCertificate>();
  const isValid = ({ notBeforeMs, notAfterMs }: PlatformCertificate) => notBeforeMs <= now() && now() < notAfterMs;
  const add = (added: readonly PlatformCertificate[]): void => {
    for (const certificate of added) bySerial.set(certificate.serial, certificate);
    for (const certificate of bySerial.values()) {
      if (certificate.notAfterMs <= now()) bySerial.delete(certificate.serial);
    }
  };
  add(certificates);
  return {
    add,
    certificates: () => [...bySerial.values()],
    sealingKey() {
      if (publicKey !== null) return { serial: publicKey.id, key: publicKey.key };
      const newestFirst = [...bySerial.values()].toSorted((a, b) => b.notBeforeMs - a.notBeforeMs);
      return newestFirst.find(isValid) ?? null;
    },
    get(serial) {
      if (publicKey !== null && serial === publicKey.id) return publicKey.key;
      const certificate = bySerial.get(serial.toUpperCase());
      return certificate !== undefined && isValid(certificate) ? certificate.key : undefined;
    },
  };
}

/** A certificate of the gateway: RSA of 2,048 bits. Null for anything else. */
export function readPlatformCertificate(pem: string): PlatformCertificate | null {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return null; // no certificate, or a damaged one
  }
  const key = certificate.publicKey;
  if (key.asymmetricKeyType !== "rsa" || key.asymmetricKeyDetails?.modulusLength !== 2_048) return null;
  return {
    serial: certificate.serialNumber.toUpperCase(),
    key,
    notBeforeMs: Date.parse(certificate.validFrom),
    notAfterMs: Date.parse(certificate.validTo),
    pem: certificate.toString(),
  };
}

/** The certificates of a file that `keptPems` wrote; what cannot be read in it is left out and downloaded again. */
export function readKeptCertificates(text: string): readonly PlatformCertificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  return blocks.flatMap((pem) => readPlatformCertificate(pem) ?? []);
}

/** One file of PEM blocks. */
export function keptPems(certificates: readonly PlatformCertificate[]): string {
  return certificates.map(({ pem }) => pem.trimEnd() + "\n").join("");
}
