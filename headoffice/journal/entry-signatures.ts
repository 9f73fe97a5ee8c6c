import { signedText } from "#core/journal/wire-entry.ts";
import { isSignedBy, publicKeyOf } from "../keys/ed25519.ts";
import type { ReviewNote } from "../projections/review.ts";
import type { Terminal } from "../terminals/terminal.ts";
import type { SoundEntry } from "./check-batch.ts";

/**
 * Entries whose own signature is not by the till's present key. A till that enrolled anew sends entries its former key
 * signed, and the upload as a whole is vouched for: they are taken and flagged, not refused.
 */
export function judgeSignatures(terminal: Terminal, entries: readonly SoundEntry[]): readonly ReviewNote[] {
  const key = publicKeyOf(terminal.publicKey);
  return entries.flatMap(({ epoch, seq, hash, sig }): readonly ReviewNote[] => {
    if (sig === null) return [];
    if (key !== null && isSignedBy(key, signedText(hash), sig, "base64url")) return [];
    return [{ epoch, seq, reason: "signature-of-other-key", detail: "" }];
  });
}
