import { fen, type Fen, minFen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { allocate, scaleHalfUp } from "#core/money/rounding.ts";
import { rateOf, taxBreakdown, type TaxRates } from "./tax-breakdown.ts";

/** What a sold line says of its tax; neither where the shop had named no rates when it was sold. */
export interface LineTax {
  /** The rate it was taxed at: later rates change nothing of it. */
  readonly taxBasisPoints?: number;
  /** Its part of the tax in what was paid. */
  readonly taxFen?: Fen;
}

/**
 * The tax of each line, in their order: a rate's tax, reckoned once over the sum of its lines, is shared among them by
 * largest remainder of what was paid for each. So the lines sum to the sale's breakdown to the fen, and no line holds more
 * tax than it cost.
 */
export function taxOfLines(
  lines: readonly { readonly taxClass: string; readonly netFen: Fen }[],
  rates: TaxRates,
): readonly Required<LineTax>[] {
  const basisPoints = lines.map(({ taxClass }) => rateOf(taxClass, rates));
  const taxes: Fen[] = lines.map(() => zeroFen);
  for (const share of taxBreakdown(lines, rates)) {
    const places = basisPoints.flatMap((rate, place) => (rate === share.basisPoints ? [place] : []));
    const parts = allocate(
      share.taxFen,
      places.map((place) => lines[place]?.netFen ?? zeroFen),
    );
    for (const [index, place] of places.entries()) taxes[place] = parts[index] ?? zeroFen;
  }
  return basisPoints.map((taxBasisPoints, place) => ({ taxBasisPoints, taxFen: taxes[place] ?? zeroFen }));
}

/**
 * The tax in the next part of an amount that is given back bit by bit: half up over all that is back so far, less what was
 * reckoned before. All bits together hold exactly the tax of the whole, and none holds more than itself.
 * @param beforeFen what of the whole is back already; `partFen` comes back with it, never beyond the whole
 */
export function taxOfPart(whole: { readonly amountFen: Fen; readonly taxFen: Fen }, beforeFen: Fen, partFen: Fen): Fen {
  if (whole.amountFen === 0) return zeroFen;
  const upTo = (backFen: number): Fen =>
    fen(scaleHalfUp(whole.taxFen, minFen(whole.amountFen, fen(backFen)), whole.amountFen));
  return subtractFen(upTo(beforeFen + partFen), upTo(beforeFen));
}
