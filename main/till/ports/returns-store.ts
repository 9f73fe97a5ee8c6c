import type { ReturnedPart } from "#core/returns/returned-lines.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { SaleSummary } from "./sales-store.ts";

/** Words the paper of a return; called inside its transaction with the journal entry's hash (hex). */
export type ReturnPaper = (given: SaleReturn, journalHash: string) => string;

/** What somebody remembers of a sale they look for; null and empty where they do not. */
export interface SaleSearch {
  /** YYYY-MM-DD. */
  readonly businessDate: string;
  readonly totalFen: number | null;
  /** A part of an item's name, or its whole sku. */
  readonly item: string;
  /** Of a payment's own number or the gateway's. */
  readonly lastFour: string;
}

/** Goods that came back. Changes are fsynced when they return. */
export interface ReturnsStore {
  /**
   * The return with all its refunds, in one transaction: cash is given, what goes through the gateway is requested and
   * on disk before a byte of it leaves. Asserts an open shift, and that no line comes back beyond what was sold. The same
   * return again is the stored one.
   */
  giveReturn(given: SaleReturn, refunds: readonly SaleRefund[], paper: ReturnPaper): SaleReturn;
  saleReturn(returnId: string): SaleReturn | null;
  /** By this till, oldest first. */
  returnsOfSale(saleId: string): readonly SaleReturn[];
  /** The return that a sale's goods were exchanged for; null where they were not. */
  returnOfExchange(saleId: string): SaleReturn | null;
  /** What other tills took back of a sale, as head office or the relay last told. */
  keepReturnedElsewhere(saleId: string, parts: readonly ReturnedPart[]): void;
  returnedElsewhere(saleId: string): readonly ReturnedPart[];
  /** Newest first. */
  searchSales(search: SaleSearch, limit: number): readonly SaleSummary[];
}
