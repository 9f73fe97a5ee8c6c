import { fail, ok, type Result } from "#core/result.ts";
import { z } from "zod";
import { unseal } from "#wechatpay/aes.ts";
import { askHosts, type GatewayLine, parseJson } from "#wechatpay/ask.ts";
import { type KeyRing, keptPems, type PlatformCertificate, readPlatformCertificate } from "#wechatpay/key-ring.ts";
import { verifyAnswer } from "#wechatpay/verify.ts";

export type CertificatesFault =
  /** Nobody answered, or with an error. */
  | "no-answer"
  | "unreadable"
  /** The APIv3 key does not open what the gateway sealed with it. */
  | "wrong-api-v3-key"
  /** Not signed by any certificate it brings, or that we hold. */
  | "forged";

const answerSchema = z.object({
  data: z
    .array(
      z.object({
        serial_no: z.string().regex(/^[0-9A-Fa-f]{8,64}$/u),
        encrypt_certificate: z.object({
          algorithm: z.literal("AEAD_AES_256_GCM"),
          nonce: z.string(),
          associated_data: z.string().default(""),
          ciphertext: z.string().max(16_384),
        }),
      }),
    )
    .min(1)
    .max(16),
});

/**
 * The certificates the gateway signs with now. The very first download can be checked by no certificate yet: what only
 * the merchant's APIv3 key opens was sealed by the gateway, and the answer must then be signed by one of those.
 */
export async function downloadCertificates(
  line: GatewayLine,
  apiV3Key: string,
  held: KeyRing,
): Promise<Result<readonly PlatformCertificate[], CertificatesFault>> {
  const { answer } = await askHosts(line, { method: "GET", target: "/v3/certificates?algorithm_type=RSA" });
  if (!answer.ok || answer.value.status !== 200) return fail("no-answer");
  const json = parseJson(answer.value.body);
  const parsed = answerSchema.safeParse(json.ok ? json.value : null);
  if (!parsed.success) return fail("unreadable");
  const opened: PlatformCertificate[] = [];
  for (const { serial_no: serial, encrypt_certificate: sealed } of parsed.data.data) {
    const { nonce, ciphertext, associated_data: associatedData } = sealed;
    const pem = unseal(apiV3Key, { nonce, ciphertext, associatedData });
    if (!pem.ok) return fail(pem.fault === "malformed" ? "unreadable" : "wrong-api-v3-key");
    const certificate = readPlatformCertificate(pem.value.toString());
    if (certificate === null || certificate.serial !== serial.toUpperCase()) return fail("unreadable");
    opened.push(certificate);
  }
  const bySerial = new Map(opened.map((certificate) => [certificate.serial, certificate.key]));
  const keys = { get: (serial: string) => held.get(serial) ?? bySerial.get(serial.toUpperCase()) };
  return verifyAnswer(answer.value, keys, line.now()).ok ? ok(opened) : fail("forged");
}

/** Where downloaded certificates are kept between starts; they are public, and need no lock. */
export interface CertificateShelf {
  /** Null when nothing was kept yet, or what was cannot be read. Never throws. */
  read(): string | null;
  write(pems: string): void;
}

export interface CertificateRefresher {
  /** Downloads, adds to the ring and keeps. One download at a time: a second call joins it. */
  refresh(): Promise<Result<readonly PlatformCertificate[], CertificatesFault>>;
  /** An answer carried a serial we do not know: refresh, at most once a minute. */
  refreshSoon(): void;
}

/** A gateway that changes its certificate is noticed at once; somebody who invents serials does not make us busy. */
const leastRefreshMs = 60_000;

export function createCertificateRefresher(parts: {
  readonly line: GatewayLine;
  readonly apiV3Key: string;
  readonly ring: KeyRing;
  readonly shelf: CertificateShelf;
  readonly passedMs: () => number;
}): CertificateRefresher {
  const { line, ring, shelf } = parts;
  let running: ReturnType<CertificateRefresher["refresh"]> | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;

  const run: CertificateRefresher["refresh"] = async () => {
    const downloaded = await downloadCertificates(line, parts.apiV3Key, ring);
    if (!downloaded.ok) {
      line.log("gateway certificates were not renewed", { fault: downloaded.fault });
      return downloaded;
    }
    ring.add(downloaded.value);
    line.log("gateway certificates renewed", { serials: downloaded.value.map(({ serial }) => serial) });
    try {
      shelf.write(keptPems(ring.certificates()));
    } catch (cause) {
      // They are in memory; the next start downloads them again.
      line.log("gateway certificates were not kept", { error: cause instanceof Error ? cause.name : typeof cause });
    }
    return downloaded;
  };
  const refresh: CertificateRefresher["refresh"] = () => {
    lastMs = parts.passedMs();
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
  return {
    refresh,
    refreshSoon() {
      if (parts.passedMs() - lastMs < leastRefreshMs) return;
      refresh().catch((cause: unknown) => {
        line.log("gateway client failed", { error: cause instanceof Error ? cause.name : typeof cause });
      });
    },
  };
}
