import { z } from "zod";
import type { SaleRowView } from "#contract/ipc/manager-view.ts";
import type { ReturnableView, ReturnPlanView, ReturnView } from "#contract/ipc/return-view.ts";

const none = z.strictObject({});
const id = z.string().min(1).max(64);
const pin = z.string().regex(/^\d{4,8}$/);
const amountFen = z.int().min(0).max(1_000_000_000);
/** As many as one sale holds (core/cart/cart.ts). */
const mostLines = 500;

const part = z.strictObject({
  /** Of the original sale, from 1. */
  lineNumber: z.int().min(1).max(mostLines),
  /** Thousandths. */
  quantity: z.int().min(1).max(99_999_000),
});

/** What comes back, as it was chosen and shown. */
const chosen = {
  /** Made once for a return, however often the key is pressed. */
  requestId: id,
  saleId: id,
  lines: z
    .array(part.extend({ condition: z.enum(["back-to-stock", "damaged"]) }))
    .min(1)
    .max(mostLines),
  /** What the screen says goes back; another amount by now is not given. */
  amountFen,
  reason: z.string().trim().min(1).max(40),
  approvalPin: pin.optional(),
} as const;

/** Returns 退货 and exchanges 换货 by line and quantity. */
export const returnSchemas = {
  /** One business day, and at least one thing that is remembered of the sale. */
  "search-sales": z.strictObject({
    day: z.iso.date(),
    totalFen: amountFen.nullable(),
    item: z.string().trim().max(40),
    lastFour: z.union([z.literal(""), z.string().regex(/^\d{4}$/)]),
  }),
  /** Asks head office or the relay what other tills took back; at most some seconds. */
  "return-outlook": z.strictObject({ saleId: id }),
  /** What so many would give back, and which way; nothing is changed. */
  "plan-return": z.strictObject({ saleId: id, lines: z.array(part).min(1).max(mostLines) }),
  "give-return": z.strictObject(chosen),
  /** Puts the return into the cart on the screen, beside the new goods. */
  "begin-exchange": z.strictObject(chosen),
  "drop-exchange": none,
  /** Where nothing is left to pay: the new goods cost no more than what came back. */
  "finish-exchange": none,
} as const;

export interface ReturnAnswers {
  "search-sales": readonly SaleRowView[];
  "return-outlook": ReturnableView;
  "plan-return": ReturnPlanView;
  "give-return": ReturnView;
}

export type PlainReturnFault =
  /** A day alone is no search. */
  | "search-too-wide"
  /** Only the receipt tells of the sale: its goods are not known here, its amount is (`refund-sale`). */
  | "return-goods-unknown"
  | "return-no-such-line"
  | "return-nothing"
  /** What goes back is another amount by now. */
  | "return-changed"
  | "return-all-back"
  /** The cart has a return in it already. */
  | "exchange-begun"
  | "no-exchange"
  /** The customer still pays the difference. */
  | "exchange-not-covered"
  /** A return in the cart is this till's alone. */
  | "held-has-exchange";

export type ReturnIntentFault = {
  readonly kind: "return-over-line";
  readonly lineNumber: number;
  /** Thousandths that are left of the line. */
  readonly remaining: number;
};
