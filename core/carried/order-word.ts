/** What head office says of a carried order (docs/CARRIED.md); `unknown`: no page and no entry has named it there. */
export type CarriedOrderState =
  | "unknown"
  | "opened"
  | "paid"
  | "sold"
  | "abandoned"
  | "closed"
  | "refunding"
  | "refunded";

/**
 * Whether both sides say the same of how it ended, for good. A payment the till has sold, head office must know as paid; one
 * the till abandoned must have taken nothing, or have given it back.
 */
export function isAgreed(here: "paid" | "abandoned", there: CarriedOrderState): boolean {
  return here === "paid"
    ? there === "paid" || there === "sold"
    : there === "abandoned" || there === "closed" || there === "refunded";
}
