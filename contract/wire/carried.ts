import { z } from "zod";

/**
 * Payments the customer's phone carries (docs/CARRIED.md). The till and head office speak of them in two questions, signed by
 * the till and answered in head office's name like every other:
 *
 * | question | body | answer |
 * |---|---|---|
 * | `POST /v1/terminals/{terminalId}/carried-secret` | `carriedSecretRequestSchema` | `carriedSecretAnswerSchema`, or fault `carried-not-offered` |
 * | `POST /v1/terminals/{terminalId}/carried` | `carriedQuestionSchema` | `carriedAnswerSchema` |
 *
 * What passes over the phone (the request's QR, the confirmation's digits, the code) is none of JSON and is written down in
 * docs/CARRIED.md alone: each side has its own reading of it.
 */

/** Raw X25519 public key, 32 bytes base64url. */
export const exchangeKeySchema = z.string().regex(/^[\w-]{43}$/);

/**
 * Where customers' phones find head office: `https://` and a host, with a port where it needs one, and a path where a proxy
 * puts one before; no slash at its end. The till writes it in capitals into the QR.
 */
export const payUrlSchema = z
  .string()
  .max(120)
  .regex(/^https?:\/\/[a-z0-9.-]{1,80}(:\d{1,5})?(\/[A-Z0-9.-]+)*$/);

/** The same key again is answered the same; another one makes another secret. */
export const carriedSecretRequestSchema = z.strictObject({ publicKey: exchangeKeySchema });

export const carriedSecretAnswerSchema = z.strictObject({ publicKey: exchangeKeySchema, payUrl: payUrlSchema });
export type CarriedSecretAnswer = z.infer<typeof carriedSecretAnswerSchema>;

/** As many as a till asks about at once. */
export const mostCarriedAsked = 50;

/** As an attempt's number travels here; WeChat's own alphabet is wider. */
export const carriedOutTradeNoSchema = z.string().regex(/^[0-9A-Z-]{6,32}$/);

export const carriedQuestionSchema = z.strictObject({
  outTradeNos: z.array(carriedOutTradeNoSchema).min(1).max(mostCarriedAsked),
});

/** `unknown`: no page and no entry of a till has named it here. */
export const carriedOrderStates = [
  ...(["unknown", "opened", "paid", "sold"] as const),
  ...(["abandoned", "closed", "refunding", "refunded"] as const),
] as const;
export type CarriedOrderState = (typeof carriedOrderStates)[number];

/** Most digits of a confirmation: its prefix, and the bytes of the longest number in groups of five as thirteen digits. */
export const mostConfirmationDigits = 4 + 13 * 23;

export const carriedOrderSchema = z.strictObject({
  outTradeNo: carriedOutTradeNoSchema,
  state: z.enum(carriedOrderStates),
  /** The digits of the confirmation's QR while `paid` or `sold`, else null. */
  confirmation: z
    .string()
    .regex(/^7701\d+$/)
    .max(mostConfirmationDigits)
    .nullable(),
});
export type CarriedOrder = z.infer<typeof carriedOrderSchema>;

/** One for each number that was asked about, in any order. */
export const carriedAnswerSchema = z.strictObject({ orders: z.array(carriedOrderSchema).max(mostCarriedAsked) });
export type CarriedAnswer = z.infer<typeof carriedAnswerSchema>;
