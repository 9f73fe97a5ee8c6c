/** What an old till needs to find a till. */
export interface Doors {
  readonly port: number;
  readonly token: string;
  readonly certificatePem: string;
  readonly dropFolder: string;
}

/** A request in the old till's notebook; without a word as long as it knows no answer. */
export interface Note {
  /** Of the sale; each sale has an amount of its own. */
  readonly number: number;
  readonly service: string;
  readonly fen: number;
  readonly word: string | null;
  readonly transactionId: string | null;
}

/** What an old till tells, a line each. After `next`, `noted` and `heard` it waits for a word. */
export type OldTillWord =
  /** Told `again`, it has the sale before paid under another ServiceID. */
  | { readonly kind: "next" }
  /** The request is in its notebook. Told which door to ask at first. */
  | { readonly kind: "noted"; readonly number: number }
  /** The whole request has left. */
  | { readonly kind: "asked"; readonly number: number }
  /** An answer is there, and not in its notebook. */
  | { readonly kind: "heard"; readonly number: number; readonly word: string }
  | ({ readonly kind: "kept" } & Note);
