import { isCounted } from "#core/refund/refund-caps.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";

/** What asks for another try of a refund that was closed; a second press begins no third. */
export function triedAfter(refundNo: string): string {
  return `after ${refundNo}`;
}

/** The refund that took the place of one that was closed; null where none did. */
export function replacementOf(till: TillContext, { kind, saleId, refundNo, gateway }: SaleRefund): SaleRefund | null {
  const { store } = till.deps;
  const all = kind === "charge" ? store.refundsOfCharge(gateway?.outTradeNo ?? "") : store.refundsOfSale(saleId);
  return all.find(({ requestId }) => requestId === triedAfter(refundNo)) ?? null;
}

/** Another refund of the same payment and of no less is on its way: those that failed before call nobody any more. */
export function replaceUndelivered(till: TillContext, earlier: readonly SaleRefund[], by: SaleRefund): void {
  const failed = earlier
    .filter((one) => one.tenderId === by.tenderId && !isCounted(one) && one.handled === null)
    .filter(({ amountFen }) => amountFen <= by.amountFen);
  const handled = { at: by.requestedAt, by: by.approvedBy };
  withoutFail(till, "note replaced refunds", () => {
    for (const { refundNo } of failed) till.deps.store.noteRefundHandled(refundNo, handled);
  });
}
