import { addFen, type Fen, fen } from "#core/money/fen.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { type MoneyBack, returnReceipt } from "#core/receipt/return-receipt.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import type { TillContext } from "#main/till/context.ts";
import { columnsOf, paperLanguage, storeHeader } from "#main/till/receipt/lay-out-receipt.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";

/** The paper of a return as it prints on this till's paper. */
export function layOutReturn(
  till: TillContext,
  given: SaleReturn,
  refunds: readonly SaleRefund[],
  journalHash: string,
): readonly PrintLine[] {
  const { terminalId } = till.deps.config;
  const place = { terminalId, labels: receiptTexts(paperLanguage(till)).returned, store: storeHeader(till) };
  const options = { copy: false, training: till.deps.isTraining === true, journalHash };
  return layOut(returnReceipt(given, moneyBackOf(refunds), place, options), columnsOf(till));
}

export function moneyBackOf(refunds: readonly Pick<SaleRefund, "kind" | "amountFen">[]): MoneyBack {
  const sum = (kind: SaleRefund["kind"]): Fen =>
    addFen(fen(0), ...refunds.filter((one) => one.kind === kind).map(({ amountFen }) => amountFen));
  return { cashFen: sum("cash"), wechatFen: sum("wechat") };
}
