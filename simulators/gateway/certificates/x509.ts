import { createPublicKey, sign } from "node:crypto";
import { isIPv4 } from "node:net";
import { bitString, integer, objectId, octetString, sequence, time, tlv, utf8, yes } from "./der.ts";

/** What a certificate says, and who says it. */
export interface CertificateTerms {
  readonly subject: string;
  /** Hex digits. */
  readonly serial: string;
  readonly publicKeyPem: string;
  readonly issuer: { readonly name: string; readonly privateKeyPem: string };
  readonly fromMs: number;
  readonly toMs: number;
  /** May sign other certificates. */
  readonly isAuthority?: boolean;
  /** Names and IPv4 addresses a TLS server answers to. */
  readonly hosts?: readonly string[];
}

const sha256WithRsa = sequence(objectId("1.2.840.113549.1.1.11"), tlv(0x05));

/** An X.509 v3 certificate in PEM, signed RSA-SHA256 by its issuer. Source: RFC 5280. */
export function makeCertificate(terms: CertificateTerms): string {
  const body = sequence(
    tlv(0xa0, integer("02")),
    integer(terms.serial),
    sha256WithRsa,
    nameOf(terms.issuer.name),
    sequence(time(terms.fromMs), time(terms.toMs)),
    nameOf(terms.subject),
    createPublicKey(terms.publicKeyPem).export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensionsOf(terms))),
  );
  const signature = sign("RSA-SHA256", body, terms.issuer.privateKeyPem);
  const lines =
    sequence(body, sha256WithRsa, bitString(signature))
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function nameOf(commonName: string): Buffer {
  return sequence(tlv(0x31, sequence(objectId("2.5.4.3"), utf8(commonName))));
}

function extensionsOf(terms: CertificateTerms): readonly Buffer[] {
  const basic = sequence(objectId("2.5.29.19"), yes(), octetString(sequence(...(terms.isAuthority ? [yes()] : []))));
  if (terms.hosts === undefined) return [basic];
  const names = terms.hosts.map((host) =>
    isIPv4(host) ? tlv(0x87, Buffer.from(host.split(".").map(Number))) : tlv(0x82, Buffer.from(host)),
  );
  return [basic, sequence(objectId("2.5.29.17"), octetString(sequence(...names)))];
}
