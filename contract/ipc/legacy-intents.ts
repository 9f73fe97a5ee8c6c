import { z } from "zod";

/** An old till's payment on this till's screen. */
export const legacySchemas = {
  /** The customer has left: what has no attempt ends at once, an attempt is cancelled and ends by itself. */
  "cancel-legacy": z.strictObject({}),
} as const;

/** Who asks for the payment on the screen. */
export interface LegacyPaymentView {
  /** As the old till calls itself, and its number of the sale. */
  readonly saleSystem: string;
  readonly transactionId: string;
}
