import { z } from "zod";
import { promotionSchema } from "#contract/promotion/promotion-schema.ts";
import type { Promotion } from "#core/promotion/promotion.ts";
import type { ShopMoment } from "#core/promotion/schedule.ts";

const none = z.strictObject({});
const id = z.string().min(1).max(64);
const pin = z.string().regex(/^\d{4,8}$/);

/** Prices set by hand, coupons, and the promotions a manager keeps. */
export const pricingSchemas = {
  /** 改价, per piece or kilogram; null gives the catalogue's price back. Above a cashier's limit by a manager's PIN. */
  "override-price": z.strictObject({
    lineId: id,
    to: z
      .strictObject({
        priceFen: z.int().min(0).max(1_000_000_000),
        reason: z.string().trim().min(2).max(40),
      })
      .nullable(),
    approvalPin: pin.optional(),
  }),
  /** As `scan` of the coupon, typed by hand. */
  "add-coupon": z.strictObject({ code: z.string().trim().min(4).max(64) }),
  "remove-coupon": z.strictObject({ code: z.string().min(1).max(64) }),

  /** What this till keeps of promotions; for a manager, as all below. */
  promotions: none,
  /** One with an id that is there is changed; with a new id it is added. */
  "save-promotion": z.strictObject({ promotion: promotionSchema }),
  /** Ends it for good, at once; sales that have it keep it. */
  "end-promotion": z.strictObject({ promotionId: id }),
} as const;

/** In the order they were added, ended ones not at all; and what the shop's clock says, by which they begin and end. */
export interface PromotionsView {
  readonly promotions: readonly Promotion[];
  readonly moment: ShopMoment;
}

export interface PricingAnswers {
  promotions: PromotionsView;
  "save-promotion": PromotionsView;
  "end-promotion": PromotionsView;
}

export type PricingFault =
  | "label-price-fixed"
  | "coupon-already-in-cart"
  | "too-many-coupons"
  /** No promotion of this till goes by that code. */
  | "coupon-unknown"
  /** Its promotion is not on today, or at this hour. */
  | "coupon-not-now"
  /** A numbered coupon that was used before, or lies in a held sale. */
  | "coupon-spent"
  | "no-such-promotion"
  | "too-many-promotions"
  /** Another promotion has a coupon that reads the same. */
  | "coupon-code-taken";
