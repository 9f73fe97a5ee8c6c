/**
 * What payments on the customer's phone need of keys and of head office (docs/CARRIED.md). All of it is on this machine: no
 * answer here waits for the network.
 */
export interface CarriedWay {
  /** `BJ01-T01`. */
  readonly terminalKey: string;
  /** What a new request is made with; null while head office has given this till no secret. */
  offer(): { readonly secretId: string; readonly payUrl: string } | null;
  /** 12 random bytes, base64url. */
  newNonce(): string;
  /** By the terminal's key; asserts that there is an offer. */
  sign(text: string): Uint8Array;
  /** Whether head office's key has signed exactly this. */
  isByOffice(text: string, signature: Uint8Array): boolean;
  /** HMAC-SHA-256 by the secret of this id; null where the till no longer has it. */
  hash(secretId: string, text: string): Uint8Array | null;
  /** Compares texts of one length in a time that tells nothing of where they differ. */
  isSame(one: string, other: string): boolean;
}
