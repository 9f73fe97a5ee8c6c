import { z } from "zod";

/** A promotion as a manager saves it, a till keeps it and a feed may bring it (core/promotion/promotion.ts). */

const id = z.string().min(1).max(64);
const fen = z.int().min(1).max(1_000_000_000);
const basisPoints = z.int().min(1).max(10_000);
/** More at a time is no offer a customer can count to. */
const count = z.int().min(2).max(100);
const minute = z.int().min(0).max(1_440);

const dealSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("n-for-m"), count, payFor: z.int().min(1).max(99) })
    .refine((deal) => deal.payFor < deal.count, { path: ["payFor"], message: "pays for fewer than it takes" }),
  z.strictObject({ kind: z.literal("n-for-price"), count, priceFen: fen }),
  z.strictObject({ kind: z.literal("nth-off"), every: count, basisPoints }),
  z.strictObject({ kind: z.literal("percent-off"), basisPoints }),
  z.strictObject({ kind: z.literal("amount-off"), amountFen: fen }),
  z.strictObject({ kind: z.literal("fixed-price"), priceFen: fen }),
  z.strictObject({ kind: z.literal("spend-off"), thresholdFen: fen, amountFen: fen, isRepeated: z.boolean() }),
  z.strictObject({ kind: z.literal("spend-percent"), thresholdFen: fen, basisPoints }),
]);

const scopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z
    .strictObject({ kind: z.literal("some"), skus: z.array(id).max(200), categoryIds: z.array(id).max(50) })
    .refine(({ skus, categoryIds }) => skus.length + categoryIds.length > 0, "names an article or a category"),
]);

const scheduleSchema = z
  .strictObject({
    fromDate: z.iso.date().nullable(),
    toDate: z.iso.date().nullable(),
    weekdays: z.array(z.int().min(1).max(7)).max(7),
    hours: z
      .strictObject({ from: minute, to: minute })
      .refine(({ from, to }) => from !== to, "begins and ends at different times")
      .nullable(),
  })
  .refine(({ fromDate, toDate }) => fromDate === null || toDate === null || fromDate <= toDate, {
    path: ["toDate"],
    message: "ends after it begins",
  });

/** Letters, digits and dashes: what every barcode of our own can hold. Four at least, so that no short number is one. */
const couponText = z.string().regex(/^[0-9A-Za-z-]{4,32}$/);
const couponSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shared"), code: couponText }),
  z.strictObject({ kind: z.literal("numbered"), prefix: couponText }),
]);

const name = z.string().trim().min(1).max(40);

export const promotionSchema = z.strictObject({
  id,
  nameZh: name,
  nameEn: name,
  deal: dealSchema,
  scope: scopeSchema,
  schedule: scheduleSchema,
  isMemberOnly: z.boolean(),
  coupon: couponSchema.nullable(),
});
