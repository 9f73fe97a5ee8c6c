import type { Fen } from "#core/money/fen.ts";
import type { RefundState } from "#core/refund/refund.ts";

/** A payment attempt as the till knows it. */
export interface LocalPayment {
  readonly outTradeNo: string;
  readonly saleId: string;
  readonly amountFen: Fen;
  /** `abandoned`: on a customer's phone and given up here; head office gives back what was paid, under a number of its own. */
  readonly state: "paid" | "failed" | "reversed" | "abandoned" | "unfinished";
  /**
   * Paid on the customer's phone: when it was proved here says nothing of when it was paid, which may be in the bill of any
   * day since it was made.
   */
  readonly isCarried?: true;
  /** Beijing day the attempt was made on. */
  readonly createdDay: string;
  /** The gateway's success time as `beijingTimeOf` gives it; null unless paid. */
  readonly successAt: string | null;
  /** Beijing day the till saw the money go back; null unless reversed. */
  readonly reversedDay: string | null;
  /** A refund of a payment that no sale books is done or on its way; never true of one that is paid here. */
  readonly isGivenBack: boolean;
}

/** A refund as the till knows it. */
export interface LocalRefund {
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly saleId: string;
  readonly amountFen: Fen;
  readonly state: RefundState;
  /** When the gateway accepted it, as `beijingTimeOf` gives it; null when it never said so. */
  readonly acceptedAt: string | null;
}

/**
 * `matched`: both books agree.
 * `missing-here`: the customer was charged, and the till calls it failed, reversed or not known, or never heard of it.
 * `missing-there`: paid here, not in the bill.
 * `taken-back`: paid here, and the gateway gave the money back.
 * `charged-twice`: one number stands in the bill twice.
 * `cross-midnight`: begun or done around midnight, and so in the other day's bill, which will tell or has told.
 * `refund-missing-here`: the gateway refunded what the till did not ask for or does not know the end of.
 */
export type FindingKind =
  | "matched"
  | "missing-here"
  | "missing-there"
  | "amount-differs"
  | "taken-back"
  | "charged-twice"
  | "cross-midnight"
  | "refund-matched"
  | "refund-missing-here"
  | "refund-missing-there"
  | "refund-amount-differs"
  | "refunded-twice";

/** What the manager is offered. */
export type FindingAction =
  | "none"
  /** The attempt is still open: have it asked about and ended now. */
  | "finish-attempt"
  /** Charged for nothing: give the money back. */
  | "refund-customer"
  /** Ask the gateway about this number. */
  | "ask-gateway"
  /** The next day's bill will tell. */
  | "wait-for-next-bill"
  /** A person has to find out; the till knows too little to act. */
  | "look-into";

export interface Finding {
  readonly kind: FindingKind;
  readonly action: FindingAction;
  readonly outTradeNo: string;
  /** Null for payments, and for a reversal, which has no number of ours. */
  readonly outRefundNo: string | null;
  readonly saleId: string | null;
  readonly hereFen: Fen | null;
  readonly thereFen: Fen | null;
  /** Line of the bill; null for what is not in it. */
  readonly line: number | null;
  /** When it happened by the bill, or by what the gateway told the till; Beijing, as in the bill. Null: nobody said. */
  readonly time: string | null;
}

/** What of it counts in the till's own sums: an attempt that took nothing counts nothing, a second charge was not booked. */
export function bookedHere({ kind, hereFen }: Pick<Finding, "kind" | "hereFen">): Fen | null {
  switch (kind) {
    case "missing-here":
    case "refund-missing-here":
    case "charged-twice":
    case "refunded-twice":
      return null;
    default:
      return hereFen;
  }
}

/** What of it is left in the bill's sums: nothing of a payment the gateway has given back whole. */
export function bookedThere({ kind, thereFen }: Pick<Finding, "kind" | "thereFen">): Fen | null {
  return kind === "taken-back" ? null : thereFen;
}
