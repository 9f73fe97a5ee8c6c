import type Database from "better-sqlite3";
import { fen } from "#core/money/fen.ts";
import type { TaxShare } from "#core/tax/tax-breakdown.ts";
import type { TaxSum } from "#core/tax/tax-sum.ts";

interface Row {
  readonly basis_points: number;
  readonly amount_fen: number;
  readonly tax_fen: number;
  readonly refund_fen: number;
  readonly refund_tax_fen: number;
}

/** The tax of each shift by rate, kept inside the transactions of its sales and refunds. */
export interface ShiftTaxes {
  sold(shiftId: string, shares: readonly TaxShare[]): void;
  givenBack(shiftId: string, shares: readonly TaxShare[]): void;
  /** Highest rate first. */
  ofShift(shiftId: string): readonly TaxSum[];
}

export function shiftTaxes(db: Database.Database): ShiftTaxes {
  const adding = (amount: string, tax: string) =>
    db.prepare<[string, number, number, number]>(`
      INSERT INTO shift_tax_totals (shift_id, basis_points, ${amount}, ${tax}) VALUES (?, ?, ?, ?)
      ON CONFLICT (shift_id, basis_points) DO UPDATE SET
        ${amount} = ${amount} + excluded.${amount}, ${tax} = ${tax} + excluded.${tax}`);
  const [sold, back] = [adding("amount_fen", "tax_fen"), adding("refund_fen", "refund_tax_fen")];
  const ofShift = db.prepare<[string], Row>(`
    SELECT basis_points, amount_fen, tax_fen, refund_fen, refund_tax_fen FROM shift_tax_totals
    WHERE shift_id = ? ORDER BY basis_points DESC`);
  const add = (statement: typeof sold, shiftId: string, shares: readonly TaxShare[]): void => {
    for (const { basisPoints, amountFen, taxFen } of shares) statement.run(shiftId, basisPoints, amountFen, taxFen);
  };
  return {
    sold: (shiftId, shares) => add(sold, shiftId, shares),
    givenBack: (shiftId, shares) => add(back, shiftId, shares),
    ofShift: (shiftId) =>
      ofShift.all(shiftId).map((row) => ({
        ...{ basisPoints: row.basis_points, amountFen: fen(row.amount_fen), taxFen: fen(row.tax_fen) },
        ...{ refundFen: fen(row.refund_fen), refundTaxFen: fen(row.refund_tax_fen) },
      })),
  };
}
