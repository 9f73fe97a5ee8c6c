import type { LooseReturn } from "#core/returns/loose-return.ts";

/** The return under the number it got; called inside its transaction. */
export type BuildLooseReturn = (returnNumber: string) => LooseReturn;

/** Words its paper; called inside its transaction with the journal entry's hash (hex). */
export type LooseReturnPaper = (given: LooseReturn, journalHash: string) => string;

/** Goods taken back without a receipt. Changes are fsynced when they return. */
export interface LooseReturnsStore {
  /**
   * Number, goods, cash, points, journal and paper in one transaction. Asserts an open shift. The same return again is the
   * stored one, and nothing is built or printed for it.
   */
  giveLooseReturn(returnId: string, build: BuildLooseReturn, paper: LooseReturnPaper): LooseReturn;
  looseReturn(returnId: string): LooseReturn | null;
  /** The return that a sale's goods were exchanged for; null where they were not, or its own sale is known. */
  looseReturnOfExchange(saleId: string): LooseReturn | null;
  /** By its number as printed, with its journal entry's hash (hex); null where this till gave none of that number. */
  looseReturnByNumber(returnNumber: string): { readonly given: LooseReturn; readonly journalHash: string } | null;
}
