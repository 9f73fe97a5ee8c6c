import type { WireFault } from "#contract/wire/fault.ts";
import { signedText, type WireEntry } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { checkBatch } from "../journal/check-batch.ts";
import { isSignedBy, publicKeyOf } from "../keys/ed25519.ts";
import { faultOf } from "../service/faults.ts";

/**
 * Whether a till vouches for all of these entries, whoever brings them: they are one chain without a gap, and its last
 * entry is signed by one of the till's keys. An entry that was changed, left out, added or moved breaks the one or the
 * other. What is not seen: that a batch ends early, at an entry the till signed too.
 * @param publicKeys raw, base64url
 */
export function judgeVouched(
  terminalId: string,
  publicKeys: readonly string[],
  entries: readonly WireEntry[],
): Result<null, WireFault> {
  const checked = checkBatch(terminalId, entries);
  if (!checked.ok || checked.value.sound.length !== entries.length) {
    return fail(faultOf("bad-signature", "the entries are not one chain as it was sealed"));
  }
  const last = entries.at(-1);
  const sig = last?.sig ?? null;
  if (last === undefined || sig === null) return fail(faultOf("bad-signature", "the till did not sign the last entry"));
  const isVouched = publicKeys.some((raw) => {
    const key = publicKeyOf(raw);
    return key !== null && isSignedBy(key, signedText(last.hash), sig, "base64url");
  });
  return isVouched ? ok(null) : fail(faultOf("bad-signature", "the last entry is not signed by this till"));
}
