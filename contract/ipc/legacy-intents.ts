import { z } from "zod";

const name = z.string().trim().min(1).max(40);

/** Old tills that use this one as their WeChat terminal. All but the first are a manager's. */
export const legacySchemas = {
  /** The customer has left: what has no attempt ends at once, an attempt is cancelled and ends by itself. */
  "cancel-legacy": z.strictObject({}),
  "legacy-door": z.strictObject({}),
  /** The same name again is the same old till with another token; the one before is void. */
  "pair-legacy": z.strictObject({ name }),
  "unpair-legacy": z.strictObject({ name }),
} as const;

/** Who asks for the payment on the screen. */
export interface LegacyPaymentView {
  /** As the old till calls itself, and its number of the sale. */
  readonly saleSystem: string;
  readonly transactionId: string;
}

export interface LegacyDoorView {
  /** `off`: terminal.json names none. `closed`: it names one that this machine cannot listen on. */
  readonly state: "off" | "open" | "closed";
  /** Where an old till sends to; empty where the door is off. */
  readonly url: string;
  /** SHA-256 of the certificate, for the old till to pin; empty where the door is off. */
  readonly fingerprint: string;
  readonly pairings: readonly { readonly name: string; readonly madeAtMs: number }[];
}

export interface LegacyAnswers {
  "legacy-door": LegacyDoorView;
  /** The token is told this once, and kept nowhere but as a hash. */
  "pair-legacy": LegacyDoorView & { readonly token: string };
  "unpair-legacy": LegacyDoorView;
}
