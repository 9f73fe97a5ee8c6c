import { addFen, fen, subtractFen, zeroFen, type Fen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";

/** Rates by the catalogue's tax classes, in basis points (1300 is 13 %). Prices are with tax. */
export type TaxRates = readonly { readonly taxClass: string; readonly basisPoints: number }[];

/** What is taxed at one rate. */
export interface TaxShare {
  readonly basisPoints: number;
  /** What was paid for those goods, with tax. */
  readonly amountFen: Fen;
  /** The tax in it. */
  readonly taxFen: Fen;
}

/** Goods of a class nobody has named a rate for are taxed at the highest one: never too little is declared. */
export function rateOf(taxClass: string, rates: TaxRates): number {
  const named = rates.find((rate) => rate.taxClass === taxClass);
  return named?.basisPoints ?? Math.max(0, ...rates.map(({ basisPoints }) => basisPoints));
}

/**
 * The tax in what was paid, by rate, highest first. Reckoned once for each rate over the sum of its lines, half up, so that
 * what the paper says is what the books add up; amounts sum to the lines' to the fen.
 */
export function taxBreakdown(
  lines: readonly { readonly taxClass: string; readonly netFen: Fen }[],
  rates: TaxRates,
): readonly TaxShare[] {
  const byRate = new Map<number, Fen>();
  for (const { taxClass, netFen } of lines) {
    const basisPoints = rateOf(taxClass, rates);
    byRate.set(basisPoints, addFen(byRate.get(basisPoints) ?? zeroFen, netFen));
  }
  return [...byRate]
    .sort(([a], [b]) => b - a)
    .map(([basisPoints, amountFen]) => ({ basisPoints, amountFen, taxFen: taxIn(amountFen, basisPoints) }));
}

/** The tax in a price that has it in: at 13 % 113.00 yuan hold 13.00. */
export function taxIn(amountFen: Fen, basisPoints: number): Fen {
  return fen(scaleHalfUp(amountFen, basisPoints, 10_000 + basisPoints));
}

/** What is left of the price without the tax. */
export function withoutTax({ amountFen, taxFen }: TaxShare): Fen {
  return subtractFen(amountFen, taxFen);
}
