import type { WireFault } from "#contract/wire/fault.ts";
import { terminalKeySchema } from "#contract/wire/terminal-key.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { publicKeyOf } from "../keys/ed25519.ts";
import type { Office } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { claimNonce, clockToleranceMs, type NonceClaim, sweepNonces } from "./nonces.ts";
import { readRequestSignature, type RequestFacts } from "./request-signature.ts";
import { findTerminal, placeOf, type Terminal } from "./terminal.ts";

export interface Authenticated {
  readonly terminal: Terminal;
  /** Of the request's signature; the answer's carries its nonce too, which ties the two together. */
  readonly claim: NonceClaim;
}

/**
 * Which enrolled till this request is from. In this order: the digest and shape of the signature, the till, its key, the
 * clock, the nonce, and only then whether the till was revoked.
 * @param claims `here`, or by whoever takes what the request brings, in the transaction that does
 * @param keyInPath the till the request is about, where its path names one; nobody may speak for another
 */
export async function authenticate(
  office: Office,
  facts: RequestFacts,
  keyInPath: string | null,
  claims: "here" | "with-what-it-brings" = "here",
): Promise<Result<Authenticated, WireFault>> {
  const signature = readRequestSignature(facts);
  if (!signature.ok) return signature;
  const { keyid, nonce, created } = signature.value;
  const key = terminalKeySchema.safeParse(keyid);
  if (!key.success) return fail(faultOf("bad-signature", "keyid is no terminal key"));
  if (keyInPath !== null && keyInPath !== keyid) {
    return fail(faultOf("bad-signature", "keyid is another terminal than the path's"));
  }
  const terminal = await findTerminal(office.sql, placeOf(keyid));
  if (terminal === undefined) return fail(faultOf("unknown-terminal", `${keyid} is not enrolled`));
  const publicKey = publicKeyOf(terminal.publicKey);
  if (publicKey === null || !signature.value.isBy(publicKey)) {
    return fail(faultOf("bad-signature", "not signed with this terminal's key"));
  }
  const clock = judgeClock(office.clock.now(), created);
  if (clock !== null) return fail(clock);
  const claim = { nonce, created };
  if (claims === "with-what-it-brings") await sweepNonces(office);
  else if (!(await claimNonce(office, terminal, claim))) return fail(usedBefore());
  return ok({ terminal, claim });
}

export function usedBefore(): WireFault {
  return faultOf("bad-signature", "this signature was used before");
}

/** @param created seconds since 1970, the signer's clock */
export function judgeClock(nowMs: number, created: number): WireFault | null {
  if (Math.abs(nowMs - created * 1_000) <= clockToleranceMs) return null;
  return faultOf("wrong-clock", "signed more than 300 s before or after now", {
    serverTime: new Date(nowMs).toISOString(),
  });
}
