import type { Fen } from "#core/money/fen.ts";
import type { RefundRefusal } from "#core/refund/refund-answer.ts";
import type { OnwardTarget, RefundState } from "#core/refund/refund.ts";
import type { TenderKind } from "#core/sale/sale.ts";
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
  /** Somebody must look: stuck, or ended without reaching the customer, and no manager has seen to it. */
  readonly needsManager: boolean;
  /** Stuck: a manager may say where the money goes (`send-refund-onward`). */
  readonly canSendOnward: boolean;
  /** Where a manager sent it on to; null where it went the way it came. */
  readonly onwardTo: OnwardTarget | null;
  /** The gateway's code for not taking the manager's last word. */
  readonly onwardRefused: string | null;
  /** The till that sold it, where it was another one. */
  readonly soldBy: string | null;
  /** Given while neither head office nor a relay could be asked what other tills gave back. */
  readonly isUnchecked: boolean;
  /** A manager has seen to the customer's money another way. */
  readonly isHandled: boolean;
  /** `retry-refund` may be sent: refused under the same number, closed under a new one. */
  readonly canRetry: boolean;
}

/** What may still be given back of one payment of a sale. */
export interface RefundableView {
  readonly tenderId: string;
  /** A static-code taking is given back in cash. */
  readonly kind: TenderKind;
  readonly paidFen: Fen;
  /** Refunds that are on their way or in doubt count as given. */
  readonly remainingFen: Fen;
  /** Why the gateway gives nothing of it back any more. */
  readonly blocked: "too-old" | "too-many" | null;
  /** Milliseconds since the epoch, till clock: the gateway's minute between two refunds; null where it is over. */
  readonly notBeforeMs: number | null;
  /** Cash may be handed over for what was paid by phone. */
  readonly mayGoInCash: boolean;
}

/** Another till's sale, as it was told by whoever knows it. */
export interface OtherSaleView {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly terminalId: string;
  readonly businessDate: string;
  readonly totalFen: Fen;
  /** `receipt`: nobody could be asked; the paper is genuine, and what other tills gave back is not known. */
  readonly toldBy: "office" | "relay" | "receipt";
  readonly hasReceipt: boolean;
  /** Empty where only the receipt tells of it. Quantities in thousandths. */
  readonly lines: readonly {
    readonly nameZh: string;
    readonly nameEn: string;
    readonly unit: "piece" | "kg";
    readonly quantity: number;
    readonly netFen: Fen;
  }[];
  /** By this till, oldest first. */
  readonly refunds: readonly RefundView[];
  /** By other tills, when it was looked up. */
  readonly elsewhere: readonly { readonly terminalId: string; readonly amountFen: Fen; readonly atMs: number }[];
  readonly refundable: readonly RefundableView[];
}

/** Why another till's sale is not found, or its money does not go back here. */
export type OtherSaleFault =
  /** Asked for, and neither head office nor the relay has it yet. */
  | "sale-not-at-office"
  /** Nobody could be asked, and a number alone proves nothing: the receipt's QR does. */
  | "sale-needs-receipt"
  | "refund-needs-receipt"
  | "receipt-not-genuine"
  | "receipt-of-other-shop"
  | "receipt-of-revoked-till"
  /** Signed by a till this one has not been told of. */
  | "receipt-unknown-till"
  /** Head office refuses this till, such as one that was taken out of use. */
  | "refund-till-refused"
  /** The shop's rule for other tills' sales while nobody can be asked. */
  | "refund-offline-not-allowed"
  | "refund-offline-cash-only";
