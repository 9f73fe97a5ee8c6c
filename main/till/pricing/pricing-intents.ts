import { addCoupon, removeCoupon, setMember } from "#main/till/pricing/coupons.ts";
import { endPromotion, readPromotions, savePromotion } from "#main/till/pricing/editing.ts";
import { overridePrice } from "#main/till/pricing/overriding.ts";

/** Prices set by hand, coupons and members are the cashier's; promotions are a manager's. */
export const pricingIntents = {
  "override-price": { needs: "signed-in", run: overridePrice },
  "add-coupon": { needs: "signed-in", run: addCoupon },
  "remove-coupon": { needs: "signed-in", run: removeCoupon },
  "set-member": { needs: "signed-in", run: setMember },
  promotions: { needs: "signed-in", run: readPromotions },
  "save-promotion": { needs: "signed-in", run: savePromotion },
  "end-promotion": { needs: "signed-in", run: endPromotion },
} as const;
