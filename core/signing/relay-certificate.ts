/** Whom head office calls a relay, and until when. */
export interface CertifiedRelay {
  /** `BJ01-R1`: the shop's code and the relay's own. */
  readonly relayKey: string;
  /** Raw Ed25519, base64url. */
  readonly publicKey: string;
  /** Milliseconds since 1970. */
  readonly untilMs: number;
}

/** What head office signs to vouch for a relay. No field of it can hold a line break. */
export function certificateText({ relayKey, publicKey, untilMs }: CertifiedRelay): string {
  return `tillway.relay.1\n${relayKey}\n${publicKey}\n${untilMs}`;
}
