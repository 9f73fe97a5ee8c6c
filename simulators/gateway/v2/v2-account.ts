import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { makeCertificate } from "../certificates/x509.ts";
import { loadOrMakeKeys } from "../keys.ts";
import type { TlsIdentity } from "../servers.ts";

/** What a till that pays through V2, or checks its merchant certificate, needs to know besides its V3 keys. */
export interface MerchantV2 {
  /** 32 ASCII characters. */
  readonly apiV2Key: string;
  /** The merchant's API certificate, PEM, over the key of V3; its serial is the `certSerial`. */
  readonly certificatePath: string;
  /** The authority behind the TLS port, PEM: a till must trust this one and no other. */
  readonly authorityPath: string;
}

const files = {
  account: "v2.json",
  merchantCertificate: "merchant-cert.pem",
  merchantPublicKey: "merchant-public-key.pem",
  authority: "gateway-ca.pem",
  tlsKey: "gateway-tls-key.pem",
  tlsCertificate: "gateway-tls-cert.pem",
} as const;

const account = z.strictObject({ apiV2Key: z.string().length(32) });
const lifeMs = 10 * 365 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

/**
 * The simulated merchant's V2 key and certificate in `dir`; made the first time, read afterwards, `v2.json` last.
 * Throws when the directory is not writable or `v2.json` is not ours.
 */
export function loadOrMakeV2(dir: string): MerchantV2 {
  const accountPath = join(dir, files.account);
  if (!existsSync(accountPath)) makeV2(dir, accountPath);
  return {
    ...account.parse(JSON.parse(readFileSync(accountPath, "utf8"))),
    certificatePath: join(dir, files.merchantCertificate),
    authorityPath: join(dir, files.authority),
  };
}

/** The gateway's side of the TLS port. Call `loadOrMakeV2` first. */
export function tlsIdentity(dir: string, port: number): TlsIdentity {
  const read = (name: string) => readFileSync(join(dir, name), "utf8");
  return {
    port,
    keyPem: read(files.tlsKey),
    certificatePem: read(files.tlsCertificate),
    authorityPem: read(files.authority),
    merchantSerial: loadOrMakeKeys(dir).certSerial,
  };
}

function makeV2(dir: string, accountPath: string): void {
  const { certSerial, mchid } = loadOrMakeKeys(dir);
  const authority = newKeyPair();
  const issuer = { name: "Simulated WeChat Pay CA", privateKeyPem: authority.privateKey };
  const now = Date.now();
  const common = { issuer, fromMs: now - dayMs, toMs: now + lifeMs };
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text, { mode: 0o600 });
  const own = { publicKeyPem: authority.publicKey, serial: newSerial(), isAuthority: true };
  write(files.authority, makeCertificate({ ...common, ...own, subject: issuer.name }));
  const tls = newKeyPair();
  write(files.tlsKey, tls.privateKey);
  const server = { publicKeyPem: tls.publicKey, serial: newSerial(), hosts: ["127.0.0.1", "localhost"] };
  write(files.tlsCertificate, makeCertificate({ ...common, ...server, subject: "127.0.0.1" }));
  const publicKeyPem = createPublicKey(readFileSync(join(dir, files.merchantPublicKey), "utf8"))
    .export({ type: "spki", format: "pem" })
    .toString();
  write(files.merchantCertificate, makeCertificate({ ...common, publicKeyPem, serial: certSerial, subject: mchid }));
  const made: z.infer<typeof account> = { apiV2Key: randomBytes(16).toString("hex") };
  writeFileSync(`${accountPath}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${accountPath}.new`, accountPath);
}

function newKeyPair() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
}

/** Positive and of full length: the first digit is never 0. */
function newSerial(): string {
  return `4${randomBytes(20).toString("hex").slice(1).toUpperCase()}`;
}
