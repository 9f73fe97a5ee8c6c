import { createPrivateKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import { isIPv4 } from "node:net";

export interface TlsIdentity {
  readonly keyPem: string;
  readonly certificatePem: string;
  /** SHA-256 of the certificate, as `AB:CD:…`: what a person compares and an old till pins. */
  readonly fingerprint: string;
}

const lifeYears = 10;

/**
 * A key of this till's own and a certificate it has signed itself, for one address. Nobody vouches for it: an old till pins
 * the fingerprint that this till's screen shows. The form is fixed (RFC 5280, version 3, ECDSA on P-256 with SHA-256), so it
 * is written out here; nothing of a certificate is ever read by this code.
 *
 * @param host an IPv4 address, or `::1`
 */
export function makeIdentity(host: string, nowMs: number): TlsIdentity {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keyInfo = publicKey.export({ type: "spki", format: "der" });
  const name = sequence(set(sequence(commonName, der(0x0c, Buffer.from("Tillway")))));
  // Positive and never zero, whatever chance says.
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
  const body = sequence(
    ...[der(0xa0, integer(Buffer.from([2]))), integer(serial), sequence(ecdsaWithSha256), name],
    ...[sequence(time(nowMs), time(nowMs, lifeYears)), name, keyInfo],
    der(0xa3, sequence(extension(subjectAltName, sequence(der(0x87, addressBytes(host)))))),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = sequence(body, sequence(ecdsaWithSha256), bits(signature));
  const keyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return identityOf(keyPem, pem(certificate));
}

/** What is kept, as it is used. Throws where either is damaged or they do not belong together. */
export function identityOf(keyPem: string, certificatePem: string): TlsIdentity {
  const certificate = new X509Certificate(certificatePem);
  if (!certificate.checkPrivateKey(createPrivateKey(keyPem))) throw new Error("the certificate is of another key");
  return { keyPem, certificatePem, fingerprint: certificate.fingerprint256 };
}

const commonName = Buffer.from("0603550403", "hex");
const subjectAltName = Buffer.from("0603551d11", "hex");
const ecdsaWithSha256 = Buffer.from("06082a8648ce3d040302", "hex");

/** Tag, length, content. No part of a certificate here is as long as 64 KiB. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts);
const integer = (bytes: Uint8Array): Buffer => der(0x02, bytes);
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);
const extension = (id: Uint8Array, value: Uint8Array): Buffer => sequence(id, der(0x04, value));

/** `YYYYMMDDHHMMSSZ`; years until 2049 are written with two digits. */
function time(nowMs: number, laterYears = 0): Buffer {
  const date = new Date(nowMs);
  date.setUTCFullYear(date.getUTCFullYear() + laterYears);
  const text = `${date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`;
  return date.getUTCFullYear() < 2_050 ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

function addressBytes(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from(host.split(".").map(Number));
  const loopback = Buffer.alloc(16);
  loopback[15] = 1;
  return loopback;
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
