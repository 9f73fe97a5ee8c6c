/** One thing the till asked of the disk, in the order it asked. Files are names inside the data directory. */
export type DiskOp =
  | { readonly kind: "create"; readonly file: string }
  | { readonly kind: "write"; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly file: string; readonly size: number }
  | { readonly kind: "remove"; readonly file: string }
  | { readonly kind: "rename"; readonly from: string; readonly to: string }
  /** Everything written to this file until now is on the disk. */
  | { readonly kind: "sync"; readonly file: string }
  /** Every name made, removed or changed until now is on the disk. */
  | { readonly kind: "sync-names" }
  /** The same up to the last that was made, removed or changed in this folder: names are journaled in order. */
  | { readonly kind: "sync-folder"; readonly folder: string }
  /** Something of an act that is not the disk's. */
  | { readonly kind: "told"; readonly told: Told }
  /** The till has told somebody that this sale is done. */
  | { readonly kind: "acknowledged"; readonly sale: AcknowledgedSale };

/**
 * Where an act begins, where somebody was told that it is done, and where something of it left the till: a request to the
 * gateway, a paper. Whatever was told or has left must be on the disk.
 */
export interface Told {
  readonly act: string;
  readonly what: "begins" | "done" | "left";
  /** Of what has left: the number of the payment or refund. */
  readonly number?: string;
}

/** What was promised about a sale: it must be found again exactly so. */
export interface AcknowledgedSale {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly totalFen: number;
  readonly journalHash: string;
}

/** The file a seller writes its promises to, one JSON line each; part of the recording, not of the disk. */
export const promisesFile = "promises";
