import type { Fen } from "#core/money/fen.ts";
import type { Milli } from "#core/quantity/quantity.ts";
import type { Schedule } from "./schedule.ts";

/** What a promotion does. Counts are pieces; weighed goods have no pieces, so only the second group takes them. */
export type Deal =
  /** 买 n 付 m: of every `count` the cheapest `count - payFor` are free. */
  | { readonly kind: "n-for-m"; readonly count: number; readonly payFor: number }
  /** Any `count` of them for this much. */
  | { readonly kind: "n-for-price"; readonly count: number; readonly priceFen: Fen }
  /** 第二件半价: of every `every` the cheapest is this much off; 2 and 5000 is the second at half. */
  | { readonly kind: "nth-off"; readonly every: number; readonly basisPoints: number }
  /** 1 basis point is 1/100 percent; 1000 is 10 % off (九折). */
  | { readonly kind: "percent-off"; readonly basisPoints: number }
  /** Off each piece, or each kilogram. */
  | { readonly kind: "amount-off"; readonly amountFen: Fen }
  /** For a piece, or a kilogram; never more than it costs anyway. */
  | { readonly kind: "fixed-price"; readonly priceFen: Fen }
  /** 满减: off the sale once its goods cost `thresholdFen`; `isRepeated`: for every full threshold (每满). */
  | {
      readonly kind: "spend-off";
      readonly thresholdFen: Fen;
      readonly amountFen: Fen;
      readonly isRepeated: boolean;
    }
  | { readonly kind: "spend-percent"; readonly thresholdFen: Fen; readonly basisPoints: number };

/** Which goods: everything, or what is named by article or category. Goods without an article are only in "all". */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "some"; readonly skus: readonly string[]; readonly categoryIds: readonly string[] };

/**
 * The barcode that switches a promotion on. `shared`: one code for everybody, once a sale. `numbered`: each coupon has the
 * prefix and 4 to 20 digits of its own, and is spent with the sale that used it.
 */
export type Coupon =
  | { readonly kind: "shared"; readonly code: string }
  | { readonly kind: "numbered"; readonly prefix: string };

export interface Promotion {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly deal: Deal;
  readonly scope: Scope;
  readonly schedule: Schedule;
  /** 会员价: only in a sale to a member. */
  readonly isMemberOnly: boolean;
  /** Null: it needs no coupon. */
  readonly coupon: Coupon | null;
}

/** A coupon that was scanned into a sale. */
export interface CartCoupon {
  readonly code: string;
  readonly promotionId: string;
  /** Good once: remembered as spent when the sale is sold. */
  readonly isNumbered: boolean;
}

/** What a promotion took off one line. */
export interface PromotionShare {
  readonly lineId: string;
  /** How much of the line was in it. */
  readonly quantity: Milli;
  /** Zero where its part of a group's saving is less than a fen. */
  readonly savedFen: Fen;
}

/** A promotion that took something off, as it was named then: the shares are what the receipt and the books go by. */
export interface AppliedPromotion {
  readonly promotionId: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** `sale`: off the whole of what was bought, shared out over the lines. */
  readonly level: "line" | "sale";
  /** 会员价: it came off because the sale is a member's. */
  readonly isMemberOnly?: true;
  readonly shares: readonly PromotionShare[];
}

/** Promotions one till keeps at a time: more than a leaflet holds, few enough to read through. */
export const mostPromotions = 200;
/** Coupons one sale takes. */
export const mostCoupons = 10;

/** Whether the code on paper is this coupon. */
export function isCouponCode(coupon: Coupon, text: string): boolean {
  if (coupon.kind === "shared") return coupon.code === text;
  return text.startsWith(coupon.prefix) && /^\d{4,20}$/.test(text.slice(coupon.prefix.length));
}

/** A promotion as what it took off remembers it. */
export function namedAs({ id, nameZh, nameEn, isMemberOnly }: Promotion): Omit<AppliedPromotion, "level" | "shares"> {
  return { promotionId: id, nameZh, nameEn, ...(isMemberOnly ? { isMemberOnly: true } : {}) };
}

/** Off the whole sale, after everything that comes off single goods. */
export function isSaleLevel(deal: Deal): boolean {
  return deal.kind === "spend-off" || deal.kind === "spend-percent";
}
