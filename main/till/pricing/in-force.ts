import type { Cart } from "#core/cart/cart.ts";
import { withPromotions } from "#core/promotion/evaluate.ts";
import { shopMoment, type ShopMoment } from "#core/promotion/schedule.ts";
import type { TillContext } from "#main/till/context.ts";
import { withinReach } from "#main/till/members/points-in-reach.ts";

/** The cart with what the promotions in force now take off it, and no more points spent on it than it still costs. */
export function promoted(till: TillContext, cart: Cart): Cart {
  return withinReach(till, withPromotions(cart, till.deps.catalog.promotions.prepared(), momentOf(till)));
}

/** What the shop's clock shows now. */
export function momentOf(till: TillContext): ShopMoment {
  return shopMoment(till.deps.clock.now(), till.deps.config.store.utcOffsetMinutes);
}
