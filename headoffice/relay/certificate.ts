import { type RelayCertificate } from "#contract/wire/relay.ts";
import { certificateText } from "#core/signing/relay-certificate.ts";
import { signText } from "../keys/ed25519.ts";
import type { Office } from "../office.ts";
import { type Terminal, terminalKeyOf } from "../terminals/terminal.ts";

/** A relay works on for this long without head office: longer than any outage, shorter than a revoked one is dangerous. */
export const certificateLifeMs = 30 * 86_400_000;

/** Head office's word for a relay, for tills that have pinned its key. */
export function certify({ key, clock }: Pick<Office, "key" | "clock">, relay: Terminal): RelayCertificate {
  const certified = {
    relayKey: terminalKeyOf(relay),
    publicKey: relay.publicKey,
    untilMs: clock.now() + certificateLifeMs,
  };
  return { ...certified, sig: signText(key.privateKey, certificateText(certified), "base64url") };
}
