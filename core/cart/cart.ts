import type { CartMember } from "#core/members/member.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Pack } from "#core/pack/pack.ts";
import type { AppliedPromotion, CartCoupon } from "#core/promotion/promotion.ts";
import type { Milli, Unit } from "#core/quantity/quantity.ts";

/** A reduction somebody granted by hand; promotions are a kind of their own (core/promotion). */
export type Discount =
  | { readonly kind: "amount"; readonly amountFen: Fen }
  /** 1 basis point is 1/100 percent; 1000 is 10 % off. */
  | { readonly kind: "percent"; readonly basisPoints: number };

/** 抹零: drop the part below a whole jiao or yuan from what the customer pays. */
export type Rounding = "none" | "jiao" | "yuan";

export type LineSource = "scan" | "search" | "tile" | "weighed-label" | "open-price";

/** How the weight of a line came to be known. */
export interface LineWeighing {
  /** Typed where the scale was not connected, or read off another one: the record says so for ever. */
  readonly by: "scale" | "typed";
  readonly grossGrams: number;
  /** Bag or tray, taken off the gross; what is left is the line's quantity. */
  readonly tareGrams: number;
}

/** 改价: a price that a person has set instead of the catalogue's. */
export interface PriceOverride {
  /** What it cost before, per piece or kilogram. */
  readonly fromFen: Fen;
  readonly reason: string;
  /** Id of the manager whose word it was; null where it needed none. */
  readonly approvedBy: string | null;
}

export interface CartLine {
  readonly id: string;
  /** Null for an open-price line. */
  readonly sku: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly categoryId: string | null;
  readonly taxClass: string;
  readonly barcode: string | null;
  readonly source: LineSource;
  readonly unit: Unit;
  readonly unitPriceFen: Fen;
  readonly quantity: Milli;
  /** Amount printed on a price label: it is what the customer was promised, so it replaces price × quantity. */
  readonly labelAmountFen: Fen | null;
  readonly discount: Discount | null;
  /** Of a line that was weighed at this till. */
  readonly weighing?: LineWeighing;
  /** Lot, number and dates that were read off the pack; absent where nothing was, as in every line before there were any. */
  readonly pack?: Pack;
  /** Where `unitPriceFen` is not the catalogue's. Such a line takes no part in promotions on goods. */
  readonly override?: PriceOverride;
  /** 开放价: `unitPriceFen` was typed as it was rung up. It is what was agreed on: no promotion on goods touches it. */
  readonly isTypedPrice?: true;
}

/** What a customer is about to buy. Lines are in the order they were first added. */
export interface Cart {
  readonly saleId: string;
  readonly lines: readonly CartLine[];
  readonly discount: Discount | null;
  readonly rounding: Rounding;
  /** The line that changed last, which `+`, `−` and Del act on; null when there is none. */
  readonly currentLineId: string | null;
  /** In the order they were scanned; absent where there are none. */
  readonly coupons?: readonly CartCoupon[];
  /** Whose sale it is, where it is a member's: they get member prices, and points. */
  readonly member?: CartMember;
  /** Of a cart that another till held before members were known by name; nothing comes off by it any more. */
  readonly isMember?: true;
  /**
   * What the promotions in force took off when the cart last changed. Kept with it, so that a sale costs what the screen
   * said even where a promotion ends while it is paid. Every change of the goods takes it away until it is worked out anew.
   */
  readonly promotions?: readonly AppliedPromotion[];
}

export type CartEvent =
  /** Merges into an equal line (same sku, price, lot and dates, no label amount, no discount) by adding the quantity. `line.id` is used for a new line. */
  | { readonly kind: "line-added"; readonly line: CartLine }
  | { readonly kind: "quantity-set"; readonly lineId: string; readonly quantity: Milli }
  | { readonly kind: "line-voided"; readonly lineId: string }
  | { readonly kind: "line-selected"; readonly lineId: string }
  | { readonly kind: "line-discounted"; readonly lineId: string; readonly discount: Discount | null }
  | { readonly kind: "sale-discounted"; readonly discount: Discount | null }
  | { readonly kind: "rounding-set"; readonly rounding: Rounding }
  /** 改价; `override.fromFen` of a price that was set before stays the catalogue's. Null gives that one back. */
  | {
      readonly kind: "price-overridden";
      readonly lineId: string;
      readonly to: { readonly unitPriceFen: Fen; readonly reason: string; readonly approvedBy: string | null } | null;
    }
  | { readonly kind: "coupon-added"; readonly coupon: CartCoupon }
  | { readonly kind: "coupon-removed"; readonly code: string }
  | { readonly kind: "member-set"; readonly memberId: string | null }
  /** Points of the member that pay a part of it, at so many fen each; 0 takes them back. */
  | { readonly kind: "points-spent"; readonly count: number; readonly fenPerPoint: number };

export type CartFault =
  | { readonly kind: "no-such-line"; readonly lineId: string }
  | { readonly kind: "cart-full"; readonly limit: number }
  | { readonly kind: "quantity-out-of-range" }
  /** A label's weight or amount, and what the scale weighed, stand as they are; only voiding the line changes them. */
  | { readonly kind: "label-quantity-fixed" }
  /** Two scans of one pack: its serial number is in the cart already. */
  | { readonly kind: "serial-already-in-cart" }
  | { readonly kind: "discount-too-large" }
  | { readonly kind: "amount-out-of-range" }
  /** The amount is printed on the pack: there is no price to change. */
  | { readonly kind: "label-price-fixed" }
  /** One coupon once a sale. */
  | { readonly kind: "coupon-already-in-cart" }
  | { readonly kind: "too-many-coupons" };

/** Lines one sale may hold: more than any basket, few enough to print and to store in one transaction. */
export const maxCartLines = 500;

export function emptyCart(saleId: string): Cart {
  return { saleId, lines: [], discount: null, rounding: "none", currentLineId: null };
}
