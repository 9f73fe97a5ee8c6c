import type { Sums } from "./shares.ts";

/** The tax of a class, less what came back: fen beyond one amount's bounds, as in all sums of reports. */
export interface ClassTax {
  /** With tax. */
  readonly grossFen: number;
  readonly taxFen: number;
  /** Without it. */
  readonly netFen: number;
}

/** What stays of a class once its returns are taken off; below zero where more came back than was sold. */
export function classTaxOf({ taxedFen, taxFen, refundTaxedFen, refundTaxFen }: Sums): ClassTax {
  const [grossFen, leftFen] = [taxedFen - refundTaxedFen, taxFen - refundTaxFen];
  return { grossFen, taxFen: leftFen, netFen: grossFen - leftFen };
}

/** Whether any tax of these classes was recorded: where none was, nobody knows it, and it is not nothing. */
export function hasTaxRecorded(classes: readonly Sums[]): boolean {
  return classes.some(({ taxedFen, refundTaxedFen }) => taxedFen > 0 || refundTaxedFen > 0);
}

/**
 * Of what was kept of the range (sales less refunds) what no tax was recorded for: sold where the shop named no rates, or
 * given back without goods, which no class can be told of. Below zero where more was given back so.
 */
export function noTaxRecordedFen(total: Sums, classes: readonly Sums[]): number {
  return classes.reduce((left, one) => left - classTaxOf(one).grossFen, total.netFen - total.refundFen);
}

export function sumOfTaxes(classes: readonly Sums[]): ClassTax {
  return classes.map(classTaxOf).reduce(
    (sum, { grossFen, taxFen, netFen }) => ({
      ...{ grossFen: sum.grossFen + grossFen, taxFen: sum.taxFen + taxFen, netFen: sum.netFen + netFen },
    }),
    { grossFen: 0, taxFen: 0, netFen: 0 },
  );
}
