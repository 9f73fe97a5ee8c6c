/** What an old till needs to find a till. */
export interface Doors {
  readonly port: number;
  readonly token: string;
  readonly certificatePem: string;
  readonly dropFolder: string;
  /** The old till's end of a null-modem cable. */
  readonly line: string;
}

export const doorNames = ["https", "serial line", "drop folder"] as const;
export type DoorName = (typeof doorNames)[number];

/** A request in the old till's notebook; without a word as long as it knows no answer. */
export interface Note {
  readonly category: "Payment" | "Reversal";
  /** Of the sale; each sale has an amount of its own. What is given back of it is the whole. */
  readonly number: number;
  readonly service: string;
  readonly fen: number;
  readonly word: string | null;
  /** The till's number of the payment: told with it, and known beforehand of what is given back. */
  readonly transactionId: string | null;
}

export const fenOf = (number: number): number => 1_000 + number;

/** What an old till tells, a line each. After `next`, `noted` and `heard` it waits for a word. */
export type OldTillWord =
  /** Told `again`, it asks for the last thing under another ServiceID; told `back`, it gives the sale before back. */
  | { readonly kind: "next" }
  /** The request is in its notebook. Told which door to ask at first. */
  | { readonly kind: "noted"; readonly number: number; readonly service: string; readonly category: Note["category"] }
  /** The whole request has left. */
  | { readonly kind: "asked"; readonly number: number }
  /** An answer is there, and not in its notebook. */
  | { readonly kind: "heard"; readonly number: number; readonly word: string }
  | ({ readonly kind: "kept" } & Note);
