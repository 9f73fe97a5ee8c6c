import type { Fen } from "#core/money/fen.ts";
import type { RefundedGoods } from "#core/returns/refunded-goods.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { Refund, RefundState } from "./refund.ts";
import type { PaidTender, PastRefund } from "./refund-caps.ts";

/**
 * One refund as the shop keeps it: who gave what back, of which sale, and how far it is. A `charge` is a payment that no
 * sale books, such as one found on the gateway's bill that was cancelled here: it goes back whole, `saleId` and
 * `tenderId` are what it was meant for, and `saleNumber` is empty.
 */
export interface SaleRefund {
  /** The gateway's out_refund_no, or ours alone for cash; on the paper the customer takes home. */
  readonly refundNo: string;
  /** Made by whoever asked, once: asking again with it is the same refund, never another one. */
  readonly requestId: string;
  readonly kind: "cash" | "wechat" | "charge";
  readonly saleId: string;
  readonly saleNumber: string;
  readonly tenderId: string;
  readonly amountFen: Fen;
  /** Empty for none. */
  readonly reason: string;
  readonly cashierId: string;
  readonly cashierName: string;
  /** Id of the manager whose word it was; the cashier's own id where a manager is signed in. */
  readonly approvedBy: string;
  /** RFC 3339 with the shop's offset. */
  readonly requestedAt: string;
  /** Milliseconds since the epoch, till clock. */
  readonly requestedAtMs: number;
  /** Cash is `succeeded` at once. */
  readonly state: RefundState;
  /** The gateway's side of it; null for cash. */
  readonly gateway: Refund | null;
  /** When the money was given back, in whose totals it counts; null before. */
  readonly given: { readonly at: string; readonly businessDate: string } | null;
  /** A manager has seen to the customer's money another way, or to the customer: nobody need look any more. */
  readonly handled: { readonly at: string; readonly by: string } | null;
  /** The till that sold it, where it was another one. */
  readonly soldBy?: string;
  /** Under which word it is given; left out where this till was not enrolled. */
  readonly check?: RefundCheck;
  /** What came back for it, summing to the amount; left out where money went back without goods, or nobody here knows of which. */
  readonly goods?: readonly RefundedGoods[];
}

/**
 * Whether somebody who knows of all tills' refunds was asked before. `unchecked`: nobody could be; head office tells when it
 * came to too much. Its grant may have been given all the same, in an answer that was lost, and ends with this refund.
 */
export type RefundCheck =
  | { readonly kind: "granted"; readonly by: "office" | "relay"; readonly grantId: string }
  | { readonly kind: "unchecked"; readonly grantId: string };

/**
 * What was paid of a sale, as the caps see it. `paidAtMs` is when the sale was completed, milliseconds since the epoch:
 * a breath after its last payment, where the gateway's year is measured in days.
 */
export function paidTenders(sale: Sale, paidAtMs: number): readonly PaidTender[] {
  return sale.tenders.map((tender) => ({
    tenderId: tender.tenderId,
    kind: tender.kind,
    amountFen: tender.amountFen,
    payerTotalFen: tender.kind === "wechat" ? tender.payerTotalFen : tender.amountFen,
    paidAtMs,
  }));
}

/** What was given back of it, or may yet turn out to be. */
export function pastRefunds(refunds: readonly SaleRefund[]): readonly PastRefund[] {
  return refunds.map(({ tenderId, amountFen, state, requestedAtMs }) => ({
    ...{ tenderId, amountFen, state },
    requestedAtMs,
  }));
}

/**
 * The number of a sale's next refund: the payment's own number (or the sale's, for cash), `R`, and its place among the
 * sale's refunds. Told by what is stored, so a till that lost its last minutes asks for the same refund again, never for
 * another one. At most 64 of the gateway's characters.
 * @param by the till that gives another's money back: its numbers are not the other's, which counts by itself
 */
export function refundNumber(
  of: string,
  refunds: readonly Pick<SaleRefund, "refundNo">[],
  by: string | null = null,
): string {
  return `${of}${by === null ? "" : `-${by}`}R${refunds.length + 1}`;
}

/** Whether a refund's number was made by a till for another's sale, as above. */
export function isByOtherTill(refundNo: string): boolean {
  return /-[0-9A-Z]{1,8}R\d+$/u.test(refundNo) && !/^[0-9A-Z]{1,8}-\d+R\d+$/u.test(refundNo);
}
