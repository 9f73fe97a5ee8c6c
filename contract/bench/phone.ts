import { z } from "zod";

/**
 * The customer's phone as a browser: JSON bodies of the Device bench's `/phone…` routes, which main answers by itself, and
 * what the phone's own window says when a page in it asks for money.
 */

const languages = ["zh-CN", "en"] as const;

/** POST /phone/open: the phone's browser goes to the address of a QR code. Answer: `PhoneState`. */
export const phoneOpenRequest = z.strictObject({ url: z.string().min(1).max(2_048), locale: z.enum(languages) });
export type PhoneOpenRequest = z.infer<typeof phoneOpenRequest>;

/** GET /phone. */
export interface PhoneState {
  /** What the QR on the customer display says; null while none is shown. */
  readonly displayQr: string | null;
  /** Digits of the QR that the page in the phone shows; null while it shows none. */
  readonly pageDigits: string | null;
}

/** A page's words to `getBrandWCPayRequest`, as they came: the wallet judges them. */
export const brandRequest = z.record(z.string().max(64), z.string().max(2_048));

/** What the phone's pay sheet says. */
export interface PaySheet {
  readonly title: string;
  readonly shop: string;
  readonly amount: string;
  readonly pay: string;
  readonly leave: string;
}
