import { z } from "zod";
import type { Fen } from "#core/money/fen.ts";

const none = z.strictObject({});
const id = z.string().min(1).max(64);
const pin = z.string().regex(/^\d{4,8}$/);

/** Sales held for every till of the shop: by way of head office, or of the shop's relay while that is out of reach. */
export const heldSchemas = {
  /** Asks the places; at most some seconds. */
  "shared-held": none,
  /** Gives a sale that is held here to every till. */
  "give-held-sale": z.strictObject({ saleId: id }),
  /** Takes one of the list into the empty cart. */
  "take-held-sale": z.strictObject({ giveId: id }),
  /** A manager gives up a sale of which nobody has said for too long whose it is. */
  "drop-held-move": z.strictObject({ saleId: id, approvalPin: pin.optional() }),
} as const;

/** One that lies at a place, for whichever till takes it first. */
export interface SharedHeldView {
  readonly giveId: string;
  readonly saleId: string;
  readonly label: string;
  readonly heldAtMs: number;
  readonly cashierName: string;
  readonly fromTerminal: string;
  readonly lineCount: number;
  readonly totalFen: Fen;
  /** Of another business day, or older than 24 hours. */
  readonly isOld: boolean;
  /** Written by a newer version of the till: this one cannot read it. */
  readonly isNewer: boolean;
}

export interface HeldAnswers {
  /** `isWhole`: every place answered, so no sale is missing. */
  "shared-held": { readonly sales: readonly SharedHeldView[]; readonly isWhole: boolean };
}

/** Why a held sale did not change hands. */
export type PlainHeldFault =
  /** Nobody answers: it stays where it is. */
  | "held-no-place"
  /** Asked for, and the answer is not known yet. */
  | "held-give-unknown"
  | "held-take-unknown"
  | "held-has-payment"
  | "held-too-large"
  | "held-being-given"
  | "held-gone"
  | "held-newer"
  /** It came, and cannot be read: rung up again by hand. */
  | "held-damaged"
  /** It came, and this till has sold it, or has it as a held sale already. */
  | "held-sold-here"
  | "held-draft-here";

export type HeldFault =
  | { readonly kind: "held-taken-by"; readonly terminalId: string }
  /** Not given away, for certain: it is still held here. */
  | { readonly kind: "held-kept"; readonly why: "full" | "here" | "sold" | "unreadable" };
