import type { CouponView, LineView, SaleView, SavingView } from "#contract/ipc/till-view.ts";
import type { Cart, CartLine } from "#core/cart/cart.ts";
import { addFen, zeroFen, type Fen } from "#core/money/fen.ts";
import type { CartTotals } from "#core/pricing/totals.ts";
import type { AppliedPromotion } from "#core/promotion/promotion.ts";
import type { TillContext } from "#main/till/context.ts";
import { saleMemberView } from "#main/till/members/member-view.ts";

/** Why a line costs what it costs, and what promotions on goods save on it. */
export function linePricing(
  cart: Cart,
  line: CartLine,
): { readonly savedFen: Fen; readonly shown: Pick<LineView, "promotions" | "overrides" | "isTypedPrice"> } {
  const promotions = (cart.promotions ?? [])
    .filter(({ level }) => level === "line")
    .map((applied) => saving(applied, line.id))
    .filter(({ savedFen }) => savedFen > 0);
  const { override } = line;
  return {
    savedFen: addFen(...promotions.map(({ savedFen }) => savedFen)),
    shown: {
      ...(promotions.length === 0 ? {} : { promotions }),
      ...(line.isTypedPrice === true ? { isTypedPrice: true } : {}),
      ...(override === undefined ? {} : { overrides: { fromFen: override.fromFen, reason: override.reason } }),
    },
  };
}

/** What the whole sale has of promotions, coupons and members. */
export function salePricing(
  till: TillContext,
  cart: Cart,
  totals: CartTotals,
): Pick<SaleView, "promotionFen" | "salePromotions" | "coupons" | "member"> {
  const applied = cart.promotions ?? [];
  const member = saleMemberView(till);
  const onSale = applied.filter(({ level }) => level === "sale").map((one) => saving(one, null));
  return {
    ...(totals.promotionFen === zeroFen ? {} : { promotionFen: totals.promotionFen }),
    ...(onSale.length === 0 ? {} : { salePromotions: onSale }),
    ...(cart.coupons === undefined ? {} : { coupons: couponViews(till, cart) }),
    ...(member === null ? {} : { member }),
  };
}

function saving({ nameZh, nameEn, isMemberOnly, shares }: AppliedPromotion, lineId: string | null): SavingView {
  const own = lineId === null ? shares : shares.filter((share) => share.lineId === lineId);
  const savedFen = addFen(...own.map((share) => share.savedFen));
  return { nameZh, nameEn, savedFen, ...(isMemberOnly === undefined ? {} : { isMemberOnly }) };
}

function couponViews(till: TillContext, { coupons = [], promotions = [] }: Cart): readonly CouponView[] {
  const known = till.deps.catalog.promotions.list();
  return coupons.map(({ code, promotionId }) => {
    const named = known.find(({ id }) => id === promotionId);
    const isUsed = promotions.some((applied) => applied.promotionId === promotionId);
    return { code, nameZh: named?.nameZh ?? code, nameEn: named?.nameEn ?? code, isUsed };
  });
}
