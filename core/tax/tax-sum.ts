import { addFen, type Fen, subtractFen, zeroFen } from "#core/money/fen.ts";
import type { LineTax } from "./line-tax.ts";
import type { TaxShare } from "./tax-breakdown.ts";

/** One tax rate of a shift: what was sold at it, and what goods that came back take off. */
export interface TaxSum extends TaxShare {
  /** What was given back for goods of this rate, with tax. */
  readonly refundFen: Fen;
  /** The tax in it. */
  readonly refundTaxFen: Fen;
}

/** What stays of a rate once what came back is taken off; below zero where more came back than was sold. */
export interface TaxLeft {
  readonly basisPoints: number;
  /** With tax. */
  readonly grossFen: Fen;
  readonly taxFen: Fen;
  /** Without it. */
  readonly netFen: Fen;
}

/** Adds what was sold, and what was given back, to the sums of a shift: by rate, highest first. */
export function addTaxes(
  sums: readonly TaxSum[],
  sold: readonly TaxShare[],
  back: readonly TaxShare[],
): readonly TaxSum[] {
  if (sold.length === 0 && back.length === 0) return sums;
  const byRate = new Map(sums.map((sum) => [sum.basisPoints, sum]));
  const of = (basisPoints: number): TaxSum => byRate.get(basisPoints) ?? nothingAt(basisPoints);
  for (const { basisPoints, amountFen, taxFen } of sold) {
    const sum = of(basisPoints);
    const added = { amountFen: addFen(sum.amountFen, amountFen), taxFen: addFen(sum.taxFen, taxFen) };
    byRate.set(basisPoints, { ...sum, ...added });
  }
  for (const { basisPoints, amountFen, taxFen } of back) {
    const sum = of(basisPoints);
    const added = { refundFen: addFen(sum.refundFen, amountFen), refundTaxFen: addFen(sum.refundTaxFen, taxFen) };
    byRate.set(basisPoints, { ...sum, ...added });
  }
  return [...byRate.values()].toSorted((a, b) => b.basisPoints - a.basisPoints);
}

function nothingAt(basisPoints: number): TaxSum {
  return { basisPoints, amountFen: zeroFen, taxFen: zeroFen, refundFen: zeroFen, refundTaxFen: zeroFen };
}

/** What goods that came back take off each rate; those whose tax nobody recorded are in none. */
export function taxesOfGoods(goods: readonly (LineTax & { readonly amountFen: Fen })[]): readonly TaxShare[] {
  const byRate = new Map<number, TaxShare>();
  for (const { taxBasisPoints: basisPoints, taxFen, amountFen } of goods) {
    if (basisPoints === undefined || taxFen === undefined) continue;
    const { amountFen: amount, taxFen: tax } = byRate.get(basisPoints) ?? { amountFen: zeroFen, taxFen: zeroFen };
    byRate.set(basisPoints, { basisPoints, amountFen: addFen(amount, amountFen), taxFen: addFen(tax, taxFen) });
  }
  return [...byRate.values()];
}

export function leftOf({ basisPoints, amountFen, taxFen, refundFen, refundTaxFen }: TaxSum): TaxLeft {
  const [grossFen, leftFen] = [subtractFen(amountFen, refundFen), subtractFen(taxFen, refundTaxFen)];
  return { basisPoints, grossFen, taxFen: leftFen, netFen: subtractFen(grossFen, leftFen) };
}

/**
 * Of what a shift kept (its sales less what it gave back) what is in no rate: sold before the shop named its rates, or given
 * back without goods, which no rate can be told of. Below zero where more was given back so.
 */
export function inNoRateFen(keptFen: Fen, sums: readonly TaxSum[]): Fen {
  return sums.map(leftOf).reduce((left, { grossFen }) => subtractFen(left, grossFen), keptFen);
}

/** 1300 is "13", 1250 "12.5". */
export function percentOfRate(basisPoints: number): string {
  const hundredths = String(basisPoints % 100).padStart(2, "0");
  return `${Math.trunc((basisPoints - (basisPoints % 100)) / 100)}.${hundredths}`.replace(/\.?0+$/, "");
}
