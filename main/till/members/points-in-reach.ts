import type { Cart } from "#core/cart/cart.ts";
import { withPointsInReach } from "#core/members/points.ts";
import type { TillContext } from "#main/till/context.ts";
import type { MemberRecord } from "#main/till/ports/members-store.ts";

/** The cart with no more points spent than may be: goods may have left it, or points have gone elsewhere. */
export function withinReach(till: TillContext, cart: Cart): Cart {
  if (cart.member?.points === undefined) return cart;
  const record = till.deps.store.member(cart.member.memberId);
  const balance = record === null ? 0 : availablePoints(till, record);
  return withPointsInReach(cart, balance, till.deps.store.pointRates());
}

/** Of a balance, what no other sale of this till that waits has laid aside. */
export function availablePoints({ deps, state }: TillContext, { memberId, balance }: MemberRecord): number {
  let promised = 0;
  for (const { cart } of deps.store.heldDrafts()) {
    const isOther = cart.saleId !== state.draft.cart.saleId && cart.member?.memberId === memberId;
    promised += isOther ? (cart.member?.points?.count ?? 0) : 0;
  }
  return balance - promised;
}
