import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Signer } from "../delivery.ts";
import { makeCertificate } from "./x509.ts";

/** How answers may be verified: by the public key with an id (new merchants), by certificates (old ones), or both. */
export const verificationModes = ["public-key", "certificate", "both"] as const;
export type VerificationMode = (typeof verificationModes)[number];

/** One platform certificate of those in use. */
export interface PlatformCertificate extends Signer {
  readonly pem: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The keys this gateway signs with. */
export interface Certificates {
  readonly mode: () => VerificationMode;
  readonly setMode: (mode: VerificationMode) => void;
  /** Oldest first; the newest signs. Empty in public-key mode. */
  readonly all: () => readonly PlatformCertificate[];
  /** A new certificate beside the old ones, which stay valid until `dropOld`. */
  readonly rotate: () => PlatformCertificate;
  readonly dropOld: () => void;
  /** The key for an answer to a request whose `Wechatpay-Serial` is `asked`; null when it names none of ours. */
  readonly signerFor: (asked: string | undefined) => Signer | null;
  /** The key for what the gateway sends of its own accord. */
  readonly ownSigner: () => Signer;
}

const dayMs = 24 * 3_600_000;
const lifeMs = 5 * 365 * dayMs;

/** Certificates live in memory: a restarted gateway has a new one, which to a till is one more rotation. */
export function createCertificates(publicKey: Signer, now: () => number): Certificates {
  let mode: VerificationMode = "public-key";
  let certificates: readonly PlatformCertificate[] = [];

  function rotate(): PlatformCertificate {
    const made = newCertificate(now());
    certificates = [...certificates, made];
    return made;
  }

  /** Made when first needed: most tests never do, and a key pair takes a moment. */
  function newest(): PlatformCertificate {
    return certificates.at(-1) ?? rotate();
  }

  return {
    mode: () => mode,
    setMode: (next) => {
      mode = next;
    },
    all() {
      if (mode === "public-key") return [];
      newest();
      return certificates;
    },
    rotate,
    dropOld: () => {
      certificates = certificates.slice(-1);
    },
    signerFor(asked) {
      if (mode !== "certificate" && asked === publicKey.serial) return publicKey;
      if (mode === "public-key") return null;
      return asked === undefined ? newest() : (certificates.find(({ serial }) => serial === asked) ?? null);
    },
    ownSigner: () => (mode === "certificate" ? newest() : publicKey),
  };
}

function newCertificate(nowMs: number): PlatformCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const serial = `5D${randomBytes(19).toString("hex").toUpperCase()}`;
  const [fromMs, toMs] = [nowMs - dayMs, nowMs + lifeMs];
  const subject = "Tenpay.com sign (simulated)";
  const issuer = { name: "Tenpay.com Root CA (simulated)", privateKeyPem: privateKey };
  const pem = makeCertificate({ subject, serial, publicKeyPem: publicKey, issuer, fromMs, toMs });
  return { privateKeyPem: privateKey, serial, pem, fromMs, toMs };
}
