import type { Fen } from "#core/money/fen.ts";
import type { RefundRefusal } from "#core/refund/refund-answer.ts";
import type { RefundState } from "#core/refund/refund.ts";
import type { MoneyWord } from "#core/tender/attempt.ts";

/** One refund as the screens show it. */
export interface RefundView {
  readonly refundNo: string;
  /** `charge`: a payment that no sale books; `saleNumber` is then empty. */
  readonly kind: "cash" | "wechat" | "charge";
  readonly saleId: string;
  readonly saleNumber: string;
  /** The payment's own number (商户单号); null for cash. */
  readonly outTradeNo: string | null;
  readonly tenderId: string;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly requestedAt: string;
  readonly cashierName: string;
  /** `paid`: given back. `not-paid`: not given back. `not-known`: on its way, or in doubt. */
  readonly word: MoneyWord;
  /** Finer than the word: `processing` is accepted, `abnormal` is stuck until a person acts at the gateway. */
  readonly state: RefundState;
  readonly refusedReason: RefundRefusal | null;
  /** What reaches the customer's account after coupons; null where the gateway has not said. */
  readonly payerRefundFen: Fen | null;
  readonly needsManager: boolean;
  /** `retry-refund` may be sent: refused under the same number, closed under a new one. */
  readonly canRetry: boolean;
}

/** What may still be given back of one payment of a sale. */
export interface RefundableView {
  readonly tenderId: string;
  readonly kind: "cash" | "wechat";
  readonly paidFen: Fen;
  /** Refunds that are on their way or in doubt count as given. */
  readonly remainingFen: Fen;
}
