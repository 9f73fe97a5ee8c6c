import type { Sale, TenderKind } from "#core/sale/sale.ts";
import type { CarriedOrderState } from "#core/carried/order-word.ts";
import type { PriceLimits } from "#core/catalog/open-price.ts";
import type { Fen } from "#core/money/fen.ts";
import type { ShiftTotals } from "#core/shift/shift.ts";
import type { StaticTaking } from "#core/tender/static-taking.ts";
import type { RefundableView, RefundView } from "#contract/ipc/refund-view.ts";
import type { TaxShare } from "#core/tax/tax-breakdown.ts";
import type { PrintLine } from "#core/receipt/document.ts";

/** Answers to the manager's questions; asked for, never pushed. */
export interface DayView {
  readonly businessDate: string;
  readonly saleCount: number;
  readonly salesFen: Fen;
  readonly cashFen: Fen;
  readonly wechatFen: Fen;
  /** By the shop's printed code, unverified when it was taken; with cash and WeChat the sales. */
  readonly staticCodeFen: Fen;
  readonly discountFen: Fen;
  /** The tax in what was sold, by rate, highest first; absent or empty where the shop has named no rates. */
  readonly taxes?: readonly TaxShare[];
  /** Given back on this day; the sums above are before it. */
  readonly refundCount: number;
  readonly refundCashFen: Fen;
  readonly refundWechatFen: Fen;
  /** Payments given back that no sale books; in none of the sums above. */
  readonly returnedChargeCount: number;
  readonly returnedChargeFen: Fen;
  readonly byHour: readonly { readonly hour: number; readonly saleCount: number; readonly salesFen: Fen }[];
  readonly shift: { readonly shiftId: string; readonly totals: ShiftTotals } | null;
  readonly journal: {
    readonly epoch: string;
    readonly lastSeq: number;
    readonly lastHash: string;
    readonly waiting: number;
  };
}

export interface SaleRowView {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly completedAt: string;
  readonly cashierName: string;
  readonly lineCount: number;
  readonly totalFen: Fen;
  readonly tenderKinds: readonly TenderKind[];
}

/** Payments on customers' phones that have ended here and head office does not agree on yet; oldest first. */
export interface CarriedView {
  readonly payments: readonly CarriedPaymentView[];
}

export interface CarriedPaymentView {
  readonly outTradeNo: string;
  /** Null of one that was given up. */
  readonly saleNumber: string | null;
  readonly amountFen: Fen;
  readonly createdAtMs: number;
  readonly here: "paid" | "abandoned";
  /** Head office's last word; null before it has said one. */
  readonly there: CarriedOrderState | null;
}

/** Takings by the shop's printed code. */
export interface StaticTakingsView {
  /** All that are open, however many are listed. */
  readonly open: { readonly count: number; readonly fen: Fen };
  /** Open ones oldest first, then the last ended ones, newest first. */
  readonly takings: readonly StaticTaking[];
}

export interface SaleDetailView {
  readonly sale: Sale;
  readonly journalHash: string;
  /** Oldest first. */
  readonly refunds: readonly RefundView[];
  readonly refundable: readonly RefundableView[];
  /** What is known of its payments to the shop's printed code. */
  readonly takings: readonly StaticTaking[];
  /** The receipt exactly as it prints, for drawing as paper. */
  readonly receipt: { readonly columns: 48 | 42 | 32; readonly lines: readonly PrintLine[] };
}

export interface ItemView {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly categoryId: string;
  readonly unit: "piece" | "kg";
  readonly priceFen: Fen;
  /** 开放价: the price is typed as it is rung up. */
  readonly openPrice?: PriceLimits;
  /** How much there is, where that is known; thousandths of its unit. */
  readonly levelMilli?: number;
  readonly isLow?: boolean;
  /** The name of its image, where it has one. */
  readonly image?: string;
}

/** `isWhole`: every item is known by its name. While it is not, one that is not among these may be there all the same. */
export interface FoundItemsView {
  readonly items: readonly ItemView[];
  readonly isWhole: boolean;
}

export interface CategoryView {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly colour: number;
}
