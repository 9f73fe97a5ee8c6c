import type { IntentArgs } from "#contract/ipc/intents.ts";
import { isCouponCode, type CartCoupon, type Promotion } from "#core/promotion/promotion.ts";
import { isOn } from "#core/promotion/schedule.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { momentOf } from "#main/till/pricing/in-force.ts";

/** The promotion that a code on paper switches on; null where it is no coupon of this till. */
export function couponPromotion(till: TillContext, text: string): Promotion | null {
  const { promotions } = till.deps.catalog;
  return promotions.list().find(({ coupon }) => coupon !== null && isCouponCode(coupon, text)) ?? null;
}

/** Takes a coupon into the sale on the screen; what it saves depends on the goods, now and until it is paid. */
export function addCoupon(till: TillContext, { code }: IntentArgs<"add-coupon">): Outcome {
  const promotion = couponPromotion(till, code);
  if (promotion === null) return refuse("coupon-unknown");
  if (!isOn(promotion.schedule, momentOf(till))) return refuse("coupon-not-now");
  const isNumbered = promotion.coupon?.kind === "numbered";
  if (isNumbered && isSpent(till, code)) return refuse("coupon-spent");
  return changeCart(till, { kind: "coupon-added", coupon: { code, promotionId: promotion.id, isNumbered } });
}

export function removeCoupon(till: TillContext, { code }: IntentArgs<"remove-coupon">): Outcome {
  return changeCart(till, { kind: "coupon-removed", code });
}

/** Used in a sale of this till, or promised to one that is held here. */
function isSpent({ deps }: TillContext, code: string): boolean {
  const has = (coupons: readonly CartCoupon[] | undefined) => (coupons ?? []).some((one) => one.code === code);
  return deps.store.isCouponSpent(code) || deps.store.heldDrafts().some(({ cart }) => has(cart.coupons));
}
