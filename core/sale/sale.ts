import type { CarriedProof } from "#core/carried/proof.ts";
import type { CartLine, Rounding } from "#core/cart/cart.ts";
import type { SaleMember } from "#core/members/member.ts";
import type { Fen } from "#core/money/fen.ts";
import type { AppliedPromotion, CartCoupon } from "#core/promotion/promotion.ts";
import type { LineTax } from "#core/tax/line-tax.ts";
import type { TaxShare } from "#core/tax/tax-breakdown.ts";
import type { AttemptKind } from "#core/tender/attempt.ts";

/** A part of the sale's price that is paid. */
export type Tender =
  | {
      readonly kind: "cash";
      readonly tenderId: string;
      /** What it covers of the sale. */
      readonly amountFen: Fen;
      /** What the customer handed over, at least `amountFen`. */
      readonly receivedFen: Fen;
      readonly changeFen: Fen;
    }
  | {
      readonly kind: "wechat";
      readonly tenderId: string;
      readonly amountFen: Fen;
      readonly method: AttemptKind;
      readonly outTradeNo: string;
      /** WeChat's own number (交易单号); null of a carried payment, which is known by ours alone. */
      readonly transactionId: string | null;
      readonly payerTotalFen: Fen;
      /** Of a carried payment alone; a sale with one is of version 4. */
      readonly proof?: CarriedProof;
    }
  | {
      /** Paid to the shop's printed code, by the cashier's word: the till cannot know whether it was. */
      readonly kind: "static-code";
      readonly tenderId: string;
      readonly amountFen: Fen;
      /** Id of the manager whose word it was; null where it needed none, because the gateway was out of reach. */
      readonly approvedBy: string | null;
    };

export type TenderKind = Tender["kind"];

/** One line as sold: the cart's line with its money fixed, and its part of the sale's `taxes` where there are any. */
export interface SaleLine extends CartLine, LineTax {
  readonly lineNumber: number;
  readonly grossFen: Fen;
  readonly discountFen: Fen;
  readonly saleDiscountShareFen: Fen;
  readonly roundingShareFen: Fen;
  readonly netFen: Fen;
  /** What promotions took off it; this and the next in sales of version 3 alone. */
  readonly promotionFen?: Fen;
  /** Which rounding made `grossFen`: price × quantity half up once a line, or what was printed on the pack. */
  readonly amountRule?: "half-up" | "printed";
}

/** A finished sale, exactly as it is committed, journaled and printed. */
export interface Sale {
  readonly saleId: string;
  /** Terminal id + gapless counter, e.g. `T01-000042`; given inside the commit. */
  readonly saleNumber: string;
  readonly terminalId: string;
  readonly shiftId: string;
  readonly cashierId: string;
  readonly cashierName: string;
  /** RFC 3339 with the shop's offset. */
  readonly completedAt: string;
  /** YYYY-MM-DD in the shop's time zone and day cut-off. */
  readonly businessDate: string;
  readonly lines: readonly SaleLine[];
  readonly pieceCount: number;
  readonly grossFen: Fen;
  readonly lineDiscountFen: Fen;
  readonly saleDiscountFen: Fen;
  readonly rounding: Rounding;
  readonly roundingFen: Fen;
  readonly totalFen: Fen;
  readonly tenders: readonly Tender[];
  readonly changeFen: Fen;
  /**
   * What promotions took off the lines. It and all below belong to version 3: a sale with no promotion, coupon, member,
   * price set or typed by hand or tax in it has none of them, and is written as ever.
   */
  readonly promotionFen?: Fen;
  readonly promotions?: readonly AppliedPromotion[];
  readonly coupons?: readonly CartCoupon[];
  readonly isMember?: true;
  /** The member it was sold to, and what it did to their points; `isMember` goes with it. */
  readonly member?: SaleMember;
  /** The tax in what was paid, by rate; absent where the shop has named no rates. */
  readonly taxes?: readonly TaxShare[];
}
