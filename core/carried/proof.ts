import type { Attempt } from "#core/tender/attempt.ts";
import type { Confirmation } from "./confirmation.ts";

/** How a carried payment was proved, as its sale and the journal keep it. */
export type CarriedProof =
  /** The digits as they were scanned off the phone, or as head office answered the till itself. */
  { readonly by: "scan" | "line"; readonly confirmation: string } | { readonly by: "code"; readonly code: string };

/**
 * Why a proof was not taken. `replayed`: its attempt is paid already. `other-till`: no attempt of this till. `other-amount`:
 * with another amount or nonce. `signature`: not head office's word, or no word at all. `abandoned`: cancelled here, its
 * money goes back. `code`: another code. `tries`: none left. `cap`: too much for a typed code.
 */
export const carriedRefusals = [
  ...(["replayed", "other-till", "other-amount", "signature"] as const),
  ...(["abandoned", "code", "tries", "cap"] as const),
] as const;
export type CarriedRefusal = (typeof carriedRefusals)[number];

/**
 * What keeps a confirmation from counting for `attempt`, the one of this till under its number; null where it counts. The
 * attempt is as it is on the disk, and `isByOffice` is said of the very bytes that were read.
 */
export function confirmationRefusal(
  confirmation: Confirmation,
  attempt: Attempt | null,
  isByOffice: (confirmation: Confirmation) => boolean,
): CarriedRefusal | null {
  if (attempt?.carried === undefined || attempt.outTradeNo !== confirmation.outTradeNo) return "other-till";
  const { carried, amountFen } = attempt;
  if (amountFen !== confirmation.amountFen || carried.nonce !== confirmation.nonce) return "other-amount";
  return isByOffice(confirmation) ? stateRefusal(attempt) : "signature";
}

/** What the attempt's own state says to any proof; null while it waits for one. */
export function stateRefusal({ state }: Pick<Attempt, "state">): "replayed" | "abandoned" | null {
  if (state === "paid") return "replayed";
  return state === "created" || state === "pending" ? null : "abandoned";
}
