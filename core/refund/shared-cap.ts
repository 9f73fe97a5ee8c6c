import { fail, ok, type Result } from "#core/result.ts";

/*
 * What several tills may give back of one sale together. Whoever keeps the claims of all of them (head office, a relay)
 * judges each new one by these rules; amounts are whole fen as they stand in a database.
 */

/** A part of the sale that was paid. */
export interface PaidPart {
  readonly tenderId: string;
  readonly amountFen: number;
}

/** Money that a till may give, gives or has given back; a refund that failed, and a grant that was returned, is none. */
export interface RefundClaim {
  readonly tenderId: string;
  readonly amountFen: number;
}

export type ClaimFault =
  | { readonly kind: "unknown-tender" }
  /** Fen that are left of this tender, and of the sale. */
  | { readonly kind: "over"; readonly remainingFen: number };

/** So much of a line that came back, comes back, or may. Thousandths. */
export interface GoodsPart {
  readonly lineNumber: number;
  readonly quantity: number;
}

/** What is left of a line beside what other returns bring of it; nothing where there is no such line. */
export interface GoodsFault {
  readonly kind: "over-line";
  readonly lineNumber: number;
  readonly remaining: number;
}

export type JudgeGoods = (
  sold: readonly GoodsPart[],
  claimed: readonly GoodsPart[],
  asked: readonly GoodsPart[],
) => Result<null, GoodsFault>;

/** Whether `asked` may come back beside all that other returns claim: no line beyond what was sold of it. */
export const judgeGoods: JudgeGoods = (sold, claimed, asked) => {
  for (const { lineNumber } of asked) {
    const ofLine = (parts: readonly GoodsPart[]): number => {
      let sum = 0;
      for (const part of parts) if (part.lineNumber === lineNumber) sum += part.quantity;
      return sum;
    };
    const remaining = Math.max(0, ofLine(sold) - ofLine(claimed));
    const wanted = ofLine(asked);
    if (wanted < 1 || wanted > remaining) return fail({ kind: "over-line", lineNumber, remaining });
  }
  return ok(null);
};

export type JudgeClaim = (
  paid: readonly PaidPart[],
  claims: readonly RefundClaim[],
  asked: RefundClaim,
) => Result<null, ClaimFault>;

/** Whether `asked` may be given back beside all that is claimed: within its tender and within the whole sale. */
export const judgeClaim: JudgeClaim = (paid, claims, asked) => {
  const tender = paid.find(({ tenderId }) => tenderId === asked.tenderId);
  if (tender === undefined) return fail({ kind: "unknown-tender" });
  const ofTender = claims.filter(({ tenderId }) => tenderId === asked.tenderId);
  const leftOfTender = tender.amountFen - sumOf(ofTender);
  // A claim on a tender nobody knows counts against the sale.
  const left = Math.max(0, Math.min(leftOfTender, sumOf(paid) - sumOf(claims)));
  return asked.amountFen >= 1 && asked.amountFen <= left ? ok(null) : fail({ kind: "over", remainingFen: left });
};

/**
 * The refunds by which more was given back than was paid, in the order given, and how much too much each brought. Of two
 * tills that gave the same money back the later one is told of.
 */
export function overRefunds<C extends RefundClaim>(
  paid: readonly PaidPart[],
  refunds: readonly C[],
): readonly { readonly refund: C; readonly overFen: number }[] {
  const left = new Map(paid.map(({ tenderId, amountFen }) => [tenderId, amountFen]));
  let leftOfSale = sumOf(paid);
  return refunds.flatMap((refund) => {
    const ofTender = left.get(refund.tenderId) ?? leftOfSale;
    const within = Math.max(0, Math.min(refund.amountFen, ofTender, leftOfSale));
    left.set(refund.tenderId, ofTender - within);
    leftOfSale -= within;
    return within < refund.amountFen ? [{ refund, overFen: refund.amountFen - within }] : [];
  });
}

function sumOf(parts: readonly { readonly amountFen: number }[]): number {
  let sum = 0;
  for (const { amountFen } of parts) sum += amountFen;
  return sum;
}
