import type { KeyObject } from "node:crypto";
import { fail, ok, type Result } from "#core/result.ts";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import { type KeyProblem, readPrivateKey, readPublicKey } from "#wechatpay/keys.ts";
import { type CertificateProblem, checkMerchantCertificate, readApiV3Key, readV2Key } from "./merchant-certificate.ts";

export type GatewaySetupFault =
  | { readonly kind: "key-file"; readonly key: "privateKeyFile" | "publicKeyFile"; readonly problem: KeyProblem }
  | {
      readonly kind: "secret-file";
      readonly key: "certificateFile" | "apiV3KeyFile" | "v2KeyFile";
      /** `wrong-length`: an APIv3 key has 32 bytes, a v2 key 32 letters and digits. */
      readonly problem: CertificateProblem | "missing" | "wrong-length";
    }
  | {
      readonly kind: "base-url";
      readonly key: "baseUrl" | "backupBaseUrl";
      readonly problem: "not-https" | "more-than-a-host";
    };

export interface SecretTexts {
  readonly config: WechatPayConfig;
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
  readonly certificatePem?: string | undefined;
  readonly apiV3Key?: string | undefined;
  readonly v2Key?: string | undefined;
}

export interface Secrets {
  readonly privateKey: KeyObject;
  /** Null where the gateway signs by certificates alone. */
  readonly publicKey: KeyObject | null;
  readonly certificatePem: string | null;
  /** When the merchant's certificate ends, milliseconds since the epoch; null without one. */
  readonly certificateEndsAtMs: number | null;
  readonly apiV3Key: string | null;
  readonly v2Key: string | null;
}

/** Checks every key and certificate a configuration needs, and those it merely names. The first wrong one is told. */
export function readSecrets(texts: SecretTexts, nowMs: number): Result<Secrets, GatewaySetupFault> {
  const { config } = texts;
  const privateKey = readPrivateKey(texts.privateKeyPem);
  if (!privateKey.ok) return fail({ kind: "key-file", key: "privateKeyFile", problem: privateKey.fault });

  let publicKey: KeyObject | null = null;
  if (config.answersSignedBy !== "certificates") {
    const read = readPublicKey(texts.publicKeyPem, privateKey.value);
    if (!read.ok) return fail({ kind: "key-file", key: "publicKeyFile", problem: read.fault });
    publicKey = read.value;
  }
  const isV2 = config.codepayProtocol === "v2";
  const certificate = readCertificate(texts, privateKey.value, isV2, nowMs);
  if (!certificate.ok) return fail({ kind: "secret-file", key: "certificateFile", problem: certificate.fault });
  const apiV3Key = readSecret(texts.apiV3Key, readApiV3Key, config.answersSignedBy !== "public-key");
  if (!apiV3Key.ok) return fail({ kind: "secret-file", key: "apiV3KeyFile", problem: apiV3Key.fault });
  const v2Key = readSecret(texts.v2Key, readV2Key, isV2);
  if (!v2Key.ok) return fail({ kind: "secret-file", key: "v2KeyFile", problem: v2Key.fault });
  return ok({
    privateKey: privateKey.value,
    publicKey,
    certificatePem: certificate.value?.pem ?? null,
    certificateEndsAtMs: certificate.value?.notAfterMs ?? null,
    apiV3Key: apiV3Key.value,
    v2Key: v2Key.value,
  });
}

function readCertificate(texts: SecretTexts, privateKey: KeyObject, isNeeded: boolean, nowMs: number) {
  const { certificatePem } = texts;
  if (certificatePem === undefined) return isNeeded ? fail("missing" as const) : ok(null);
  return checkMerchantCertificate(certificatePem, texts.config.certSerial, privateKey, nowMs);
}

function readSecret(
  text: string | undefined,
  read: (text: string) => string | null,
  isNeeded: boolean,
): Result<string | null, "missing" | "wrong-length"> {
  if (text === undefined) return isNeeded ? fail("missing") : ok(null);
  const secret = read(text);
  return secret === null ? fail("wrong-length") : ok(secret);
}
