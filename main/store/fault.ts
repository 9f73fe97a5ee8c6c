/**
 * Why a store file cannot be used. The facts are for the sentence a person reads; nothing was written to the file.
 * `not-ours`: a SQLite file of another program, or of another terminal: `found` and `expected` say which.
 * `newer-version`: written by a later Tillway; going back would misread it.
 * `damaged`: not readable as a database, or its journal chain is broken; restore a backup, keep the file.
 * `unwritable`: the folder or the disk refuses.
 */
export type StoreFault =
  | {
      readonly kind: "not-ours";
      readonly path: string;
      readonly what: "program" | "terminal";
      readonly found: string;
      readonly expected: string;
    }
  | { readonly kind: "newer-version"; readonly path: string; readonly found: number; readonly newestKnown: number }
  | { readonly kind: "damaged"; readonly path: string; readonly detail: string }
  | { readonly kind: "unwritable"; readonly path: string; readonly code: string; readonly detail: string };

/** One line of the store's own log; never holds a customer's or a cashier's data. */
export type StoreLog = (event: { readonly event: string; readonly [fact: string]: string | number | boolean }) => void;
