import type { Refund } from "#core/refund/refund.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { refundWord } from "#core/refund/step-refund.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { followReversals } from "#main/till/legacy/reversing.ts";
import { notify, notifyOnce, withdrawNotices } from "#main/till/notices.ts";
import { layOutRefundReceipt } from "#main/till/receipt/lay-out-receipt.ts";
import { givenNow } from "./building-refunds.ts";

/** A step of a refund: one that is stuck is said beside the cart, and unsaid when it moves on. */
export function refundChanged(till: TillContext, refund: Refund): void {
  const { outRefundNo: refundNo, amountFen } = refund;
  const isStuck = refund.needsManager && refundWord(refund) === "not-known";
  if (!isStuck) {
    withdrawNotices(till, (notice) => notice.kind === "refund-stuck" && notice.refundNo === refundNo);
  } else {
    const stored = till.deps.store.refund(refundNo);
    const number = stored === null ? refund.outTradeNo : paidAs(stored);
    notifyOnce(till, { kind: "refund-stuck", refundNo, number, amountFen });
  }
  till.changed("status");
  till.deps.reconciler?.touched(refund.outTradeNo);
}

/** The end of a refund, made durable here and nowhere else. Throwing leaves it unfinished; the driver asks again. */
export function refundSettled(till: TillContext, refund: Refund): void {
  const { deps } = till;
  const settled = deps.store.settleRefund(refund, givenNow(till), (given, journalHash) =>
    JSON.stringify(layOutRefundReceipt(till, given, journalHash)),
  );
  withoutFail(till, "wake the print queue", () => deps.receipts.wake());
  const { refundNo, amountFen } = settled;
  const isAtShop = settled.gateway?.onward?.to === "shop-account";
  const word = settled.state !== "succeeded" ? "not-given-back" : isAtShop ? "at-shop" : "given-back";
  const saleId = settled.kind === "charge" ? null : settled.saleId;
  notify(till, { kind: "refund-ended", saleId, number: paidAs(settled), refundNo, amountFen, word });
  deps.reconciler?.touched(refund.outTradeNo);
  withoutFail(till, "answer an old till", () => followReversals(till));
}

/** What the customer's payment is known by: the sale, or the payment itself where no sale books it. */
function paidAs({ kind, saleNumber, gateway }: SaleRefund): string {
  return kind === "charge" ? (gateway?.outTradeNo ?? "") : saleNumber;
}
