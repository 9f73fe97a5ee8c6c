import type { RefundableView, RefundView } from "#contract/ipc/refund-view.ts";
import { type PaidTender, type PastRefund, refundOutlook, remainingOfTender } from "#core/refund/refund-caps.ts";
import { paidTenders, pastRefunds, type SaleRefund } from "#core/refund/sale-refund.ts";
import { refundWord } from "#core/refund/step-refund.ts";
import type { Sale } from "#core/sale/sale.ts";

export function refundView(refund: SaleRefund): RefundView {
  const { refundNo, kind, saleId, saleNumber, tenderId, amountFen, reason, requestedAt, cashierName, state } = refund;
  const { gateway, handled } = refund;
  const onward = gateway?.onward ?? null;
  return {
    ...{ refundNo, kind, saleId, saleNumber, tenderId, amountFen, reason, requestedAt, cashierName, state },
    outTradeNo: gateway?.outTradeNo ?? null,
    word: refundWord(refund),
    refusedReason: gateway?.refused?.reason ?? null,
    payerRefundFen: gateway?.facts?.payerRefundFen ?? null,
    needsManager: (gateway?.needsManager ?? false) && handled === null,
    canSendOnward: state === "abnormal" && (onward === null || onward.refused !== null),
    onwardTo: onward?.to ?? null,
    onwardRefused: onward?.refused ?? null,
    isHandled: handled !== null,
    soldBy: refund.soldBy ?? null,
    isUnchecked: refund.check?.kind === "unchecked",
    canRetry: (state === "refused" || state === "closed") && handled === null,
  };
}

export function refundableView(sale: Sale, refunds: readonly SaleRefund[], nowMs: number): readonly RefundableView[] {
  return refundableOf(paidTenders(sale, Date.parse(sale.completedAt)), pastRefunds(refunds), nowMs);
}

export function refundableOf(
  paid: readonly PaidTender[],
  past: readonly PastRefund[],
  nowMs: number,
): readonly RefundableView[] {
  return paid.map((tender) => ({
    tenderId: tender.tenderId,
    kind: tender.kind,
    paidFen: tender.amountFen,
    remainingFen: remainingOfTender(tender, past),
    ...refundOutlook(tender, past, nowMs),
  }));
}
