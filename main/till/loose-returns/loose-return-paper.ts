import type { PrintLine } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { looseReturnReceipt } from "#core/receipt/loose-return-receipt.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { TillContext } from "#main/till/context.ts";
import { columnsOf, paperLanguage, storeHeader } from "#main/till/receipt/lay-out-receipt.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";

/** The paper of a return without a receipt as it prints on this till's paper. */
export function layOutLooseReturn(till: TillContext, given: LooseReturn, journalHash: string): readonly PrintLine[] {
  const { returned } = receiptTexts(paperLanguage(till));
  const options = { copy: false, training: till.deps.isTraining === true, journalHash };
  return layOut(looseReturnReceipt(given, returned, storeHeader(till), options), columnsOf(till));
}
