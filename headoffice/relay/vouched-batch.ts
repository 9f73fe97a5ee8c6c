import type { WireFault } from "#contract/wire/fault.ts";
import { signedText } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { CheckedBatch } from "../journal/check-batch.ts";
import { isSignedBy, publicKeyOf } from "../keys/ed25519.ts";
import { faultOf } from "../service/faults.ts";

/**
 * Whether a till vouches for all of these entries, whoever brings them: they are one chain without a gap, and its last
 * entry is signed by one of the till's keys. An entry that was changed, left out, added or moved breaks the one or the
 * other. What is not seen: that a batch ends early, at an entry the till signed too.
 * @param publicKeys raw, base64url
 * @param sentCount how many were brought
 */
export function judgeVouched(
  publicKeys: readonly string[],
  checked: Result<CheckedBatch, unknown>,
  sentCount: number,
): Result<null, WireFault> {
  if (!checked.ok || checked.value.sound.length !== sentCount) {
    return fail(faultOf("bad-signature", "the entries are not one chain as it was sealed"));
  }
  const last = checked.value.sound.at(-1);
  const sig = last?.sig ?? null;
  if (last === undefined || sig === null) return fail(faultOf("bad-signature", "the till did not sign the last entry"));
  const isVouched = publicKeys.some((raw) => {
    const key = publicKeyOf(raw);
    return key !== null && isSignedBy(key, signedText(last.hash), sig, "base64url");
  });
  return isVouched ? ok(null) : fail(faultOf("bad-signature", "the last entry is not signed by this till"));
}
