import type { Fen } from "#core/money/fen.ts";

/**
 * What is known of a payment to the shop's printed code. `open`: nobody has looked. `matched`: it is in the shop's own
 * WeChat records. `never-received`: a manager looked, and it is not.
 */
export type StaticTakingState = "open" | "matched" | "never-received";

/** One taking with its sale. */
export interface StaticTaking {
  readonly tenderId: string;
  readonly saleId: string;
  readonly saleNumber: string;
  /** RFC 3339 with the shop's offset: when its sale was completed. */
  readonly takenAt: string;
  readonly cashierName: string;
  readonly amountFen: Fen;
  readonly state: StaticTakingState;
  /** WeChat's own number of the payment (交易单号); null unless matched. */
  readonly transactionId: string | null;
  /** In a manager's words, why it never came; null unless never received. */
  readonly reason: string | null;
  /** Whose word it was, and when; null while open. */
  readonly handled: { readonly at: string; readonly by: string } | null;
}

/** What a manager says of an open taking. */
export type StaticTakingEnd =
  | { readonly kind: "matched"; readonly transactionId: string }
  | { readonly kind: "never-received"; readonly reason: string };
