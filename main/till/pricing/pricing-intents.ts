import { addCoupon, removeCoupon } from "#main/till/pricing/coupons.ts";
import { endPromotion, readPromotions, savePromotion } from "#main/till/pricing/editing.ts";
import { overridePrice } from "#main/till/pricing/overriding.ts";

/** Prices set by hand, and coupons are the cashier's; promotions are a manager's. */
export const pricingIntents = {
  "override-price": { needs: "signed-in", run: overridePrice },
  "add-coupon": { needs: "signed-in", run: addCoupon },
  "remove-coupon": { needs: "signed-in", run: removeCoupon },
  promotions: { needs: "signed-in", run: readPromotions },
  "save-promotion": { needs: "signed-in", run: savePromotion },
  "end-promotion": { needs: "signed-in", run: endPromotion },
} as const;
