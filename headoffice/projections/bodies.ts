import { z } from "zod";
import { maxFen } from "#core/money/fen.ts";

// What head office reads of the bodies tills write; whatever else stands in them is kept in the journal and not looked at.
// Texts are such as every database takes. Limits are those of the till, with room to spare.
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "text with a U+0000 or half a character");

/** Most characters of the texts of a sale, and most parts of it. plain-sale.ts keeps to the same. */
export const mostOf = {
  ...{ id: 80, sku: 64, name: 400, categoryId: 64, outTradeNo: 64, transactionId: 64, saleNumber: 40 },
  ...{ terminalId: 16, cashierName: 200, lines: 2_000, lineNumber: 100_000, tenders: 200, taxes: 32 },
  basisPoints: 10_000,
} as const;
export const dayShape = /^\d{4}-\d{2}-\d{2}$/;
export const timeShape = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,18}(?:Z|[+-]\d{2}:\d{2})$/;

const id = text(mostOf.id).min(1);
const amount = z.int().min(0).max(maxFen);
const signed = z.int().min(-maxFen).max(maxFen);
const day = z.string().regex(dayShape);
const time = z.string().regex(timeShape);

const lineBody = z.object({
  lineNumber: z.int().min(1).max(mostOf.lineNumber),
  sku: text(mostOf.sku).nullable(),
  nameZh: text(mostOf.name),
  nameEn: text(mostOf.name),
  categoryId: text(mostOf.categoryId).nullable(),
  unit: z.enum(["piece", "kg"]),
  unitPriceFen: amount,
  quantity: z.int().min(1),
  grossFen: amount,
  discountFen: amount,
  saleDiscountShareFen: amount,
  roundingShareFen: signed,
  netFen: amount,
});

const cashTender = z.object({
  kind: z.literal("cash"),
  tenderId: id,
  amountFen: amount,
  receivedFen: amount,
  changeFen: amount,
});
const wechatTender = z.object({
  kind: z.literal("wechat"),
  tenderId: id,
  amountFen: amount,
  outTradeNo: text(mostOf.outTradeNo),
  transactionId: text(mostOf.transactionId),
});
const staticCodeTender = z.object({ kind: z.literal("static-code"), tenderId: id, amountFen: amount });

/** sale-completed, version 1: paid in cash or with WeChat Pay. */
export const firstSaleBody = z.object({
  saleId: id,
  saleNumber: text(mostOf.saleNumber).min(1),
  terminalId: text(mostOf.terminalId),
  shiftId: id,
  cashierId: text(mostOf.id),
  cashierName: text(mostOf.cashierName),
  completedAt: time,
  businessDate: day,
  lines: z.array(lineBody).min(1).max(mostOf.lines),
  grossFen: amount,
  lineDiscountFen: amount,
  saleDiscountFen: amount,
  roundingFen: signed,
  totalFen: amount,
  tenders: z.array(z.discriminatedUnion("kind", [cashTender, wechatTender])).max(mostOf.tenders),
  changeFen: amount,
});

/** sale-completed, version 2 (core/sale/sale.ts): or by the shop's printed code. */
export const secondSaleBody = firstSaleBody.extend({
  tenders: z.array(z.discriminatedUnion("kind", [cashTender, wechatTender, staticCodeTender])).max(mostOf.tenders),
});

/**
 * sale-completed, version 3 (core/sale/sale.ts): with promotions, coupons, prices set by hand and the tax in what was paid.
 * Which promotion took what off which line stays in the journal.
 */
export const thirdSaleBody = secondSaleBody.extend({
  promotionFen: amount,
  taxes: z
    .array(z.object({ basisPoints: z.int().min(0).max(mostOf.basisPoints), amountFen: amount, taxFen: amount }))
    .max(mostOf.taxes)
    .optional(),
});

/** By a payment on the customer's phone: known by our own number alone. Its proof stays in the journal. */
const mostMethod = 16;
const provedTender = wechatTender.extend({
  method: text(mostMethod).optional(),
  transactionId: text(mostOf.transactionId).nullable(),
});

/**
 * sale-completed, version 4 (core/sale/sale.ts): or by a payment on the customer's phone. With what version 3 brought where
 * that is in it.
 */
export const fourthSaleBody = thirdSaleBody.partial({ promotionFen: true }).extend({
  tenders: z.array(z.discriminatedUnion("kind", [cashTender, provedTender, staticCodeTender])).max(mostOf.tenders),
});

/** Of any version. */
export type SaleBody = z.infer<typeof fourthSaleBody>;

/** refund-created, -retried and -settled, version 1 (core/refund/sale-refund.ts). */
export const refundBody = z.object({
  refundNo: id,
  kind: z.enum(["cash", "wechat", "charge"]),
  saleId: text(80),
  saleNumber: text(40),
  tenderId: text(80),
  amountFen: amount,
  reason: text(400),
  cashierId: text(80),
  approvedBy: text(80),
  requestedAt: time,
  state: text(40),
  given: z.object({ businessDate: day }).nullable(),
  /** The till that sold it, where it is another one than that which gives back. */
  soldBy: text(16).min(1).optional(),
  /** What was asked before, where the till was enrolled; under which word it was given. */
  check: z.object({ grantId: id }).optional(),
});
export type RefundBody = z.infer<typeof refundBody>;

/** refund-grant-returned, version 1 (main/store/sales/refund-grants.ts): no refund was made under it. */
export const grantReturnedBody = z.object({ grantId: id });

/** static-code-matched, version 1 (main/store/sales/static-takings.ts). */
export const takingMatchedBody = z.object({ tenderId: id, saleId: id, transactionId: text(64).min(1) });
/** static-code-never-received, version 1; why stays in the journal. */
export const takingLostBody = z.object({ tenderId: id, saleId: id });

/** carried-abandoned, version 1 (main/store/sales/carried.ts): no proof of this attempt counts any more. */
export const carriedAbandonedBody = z.object({
  outTradeNo: text(mostOf.outTradeNo).min(1),
  amountFen: amount.min(1),
  nonce: z.string().regex(/^[\w-]{16}$/),
});
/** carried-refused, version 1: a proof that the till did not take. */
export const carriedRefusedBody = z.object({ outTradeNo: text(mostOf.outTradeNo), why: text(40) });

/** shift-opened, version 1 (core/shift/shift.ts). */
export const shiftOpenedBody = z.object({
  shiftId: id,
  openedAt: time,
  openedByName: text(200),
  businessDate: day,
  floatFen: amount,
});
export type ShiftOpenedBody = z.infer<typeof shiftOpenedBody>;

/** clock-jumped, version 1. */
export const clockJumpedBody = z.object({
  from: time,
  to: time,
  byMs: z.number().int(),
  seen: z.enum(["running", "start", "sleep"]),
});

/** shift-closed, version 1. */
export const shiftClosedBody = z.object({
  shiftId: id,
  closedAt: time,
  closedBy: text(80),
  countedCashFen: amount,
  differenceFen: signed,
});
export type ShiftClosedBody = z.infer<typeof shiftClosedBody>;
