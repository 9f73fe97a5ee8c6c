import type { CarriedRefusal } from "#core/carried/proof.ts";
import type { Fen } from "#core/money/fen.ts";

/** How a code may be typed for a payment on the customer's phone. */
export interface CarriedTyping {
  readonly triesLeft: number;
  /** Why no code is taken by hand; null where one is. */
  readonly noCode: "cap" | "tries" | null;
}

export type CarriedNotice =
  /** A payment on the customer's phone was given up: what was paid goes back by itself. */
  | { readonly kind: "carried-abandoned"; readonly amountFen: Fen }
  /** A scanned proof of one did not count. */
  | { readonly kind: "carried-refused"; readonly why: CarriedRefusal };
