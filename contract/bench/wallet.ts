import { z } from "zod";

/**
 * The customer's phone as the Device bench and the tests see it: JSON bodies of the simulators' `/wallet…` control routes.
 * Amounts are fen, times are milliseconds since the epoch by the simulator's clock.
 */

/**
 * What the phone does when its payment code is charged.
 * `pay`: pays at once. `password`: asks for the password and waits for `POST /wallet/password`.
 * `refuse`: the customer taps cancel after a few seconds. `ignore`: the phone is back in the pocket, nothing ever happens.
 * `not-enough`: the payment is declined for lack of money.
 */
export const walletBehaviours = ["pay", "password", "refuse", "ignore", "not-enough"] as const;
export const walletBehaviour = z.enum(walletBehaviours);
export type WalletBehaviour = z.infer<typeof walletBehaviour>;

const outTradeNo = z.string().min(1).max(32);
const amountFen = z.int().min(0);

/** Answer of `POST /wallet/code`: 18 digits beginning 10–15, good for one minute and one payment. */
export const walletCode = z.strictObject({ authCode: z.string().regex(/^1[0-5]\d{16}$/) });
export type WalletCode = z.infer<typeof walletCode>;

/** Body of `POST /wallet/behaviour`. */
export const setWalletBehaviour = z.strictObject({ onCode: walletBehaviour });
export type SetWalletBehaviour = z.infer<typeof setWalletBehaviour>;

/** A payment the phone is showing and the customer has not answered. */
export const pendingPayment = z.strictObject({
  outTradeNo,
  amountFen,
  description: z.string(),
  kind: z.enum(["codepay", "native", "jsapi"]),
});
export type PendingPayment = z.infer<typeof pendingPayment>;

/** `refused`: by the customer. `cancelled`: by the shop or by time, nothing was paid. `returned`: paid, then given back. */
export const walletOutcome = z.enum(["paid", "refused", "not-enough", "failed", "cancelled", "returned"]);
export type WalletOutcome = z.infer<typeof walletOutcome>;

/** `returnedFen` is what has come back so far: a part of a payment that is still "paid", or all of one "returned". */
export const walletEntry = z.strictObject({
  outTradeNo,
  amountFen,
  outcome: walletOutcome,
  returnedFen: amountFen,
  at: z.number(),
});
export type WalletEntry = z.infer<typeof walletEntry>;

/** Answer of `GET /wallet`; the history is newest first and holds the latest fifty payments. */
export const walletView = z.strictObject({
  balanceFen: z.int(),
  behaviour: walletBehaviour,
  pending: z.array(pendingPayment).readonly(),
  history: z.array(walletEntry).readonly(),
});
export type WalletView = z.infer<typeof walletView>;

/**
 * How long the money is on its way after the customer's yes, in ms; 0 when left out.
 * Until then the shop can neither reverse nor close the order.
 */
const settleAfterMs = z.int().min(0).max(3_600_000).optional();

/** Body of `POST /wallet/password`: the customer types the password, or taps cancel. */
export const enterPassword = z.strictObject({ outTradeNo, accept: z.boolean(), settleAfterMs });
export type EnterPassword = z.infer<typeof enterPassword>;

const codeUrl = z.string().min(1).max(256);

/** Body of `POST /wallet/scan-qr`: the camera reads the shop's QR, which binds the order to this phone. */
export const scanQr = z.strictObject({ codeUrl });
export type ScanQr = z.infer<typeof scanQr>;

/** Answer of `POST /wallet/scan-qr`: what the phone's pay page shows. */
export const scannedOrder = z.strictObject({ outTradeNo, amountFen, description: z.string() });
export type ScannedOrder = z.infer<typeof scannedOrder>;

/**
 * Body of `POST /wallet/page-order`: what a page inside WeChat said to `getBrandWCPayRequest`, and where it stands. Nothing
 * is paid yet; the answer is what the phone asks its owner.
 */
export const pageRequest = z.strictObject({
  appId: z.string().max(32),
  timeStamp: z.string().regex(/^\d{10}$/),
  nonceStr: z.string().min(1).max(32),
  package: z
    .string()
    .regex(/^prepay_id=\S+$/)
    .max(128),
  signType: z.literal("RSA"),
  paySign: z.string().max(512),
  /** The page's own address. */
  page: z.url({ protocol: /^https?$/ }).max(2_048),
  /** Which phone of the one customer: WeChat knows each by another openid. */
  phone: z.int().min(1).max(9).default(1),
});
export type PageRequest = z.output<typeof pageRequest>;

/** Body of `POST /wallet/pay-page`: pay what the page asks for, or leave the phone's pay sheet. */
export const payPage = z.strictObject({ ...pageRequest.shape, accept: z.boolean(), settleAfterMs });
export type PayPage = z.output<typeof payPage>;

/** Body of `POST /wallet/pay-qr`: pay the scanned order, or leave the pay page. */
export const payQr = z.strictObject({ codeUrl, accept: z.boolean(), settleAfterMs });
export type PayQr = z.infer<typeof payQr>;
