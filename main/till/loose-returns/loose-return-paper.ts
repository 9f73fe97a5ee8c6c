import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PaperView } from "#contract/ipc/shift-view.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { looseReturnReceipt } from "#core/receipt/loose-return-receipt.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import { columnsOf, paperLanguage, storeHeader } from "#main/till/receipt/lay-out-receipt.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";
import { printSlip } from "#main/till/shift/slips.ts";

/** The paper of a return without a receipt as it prints on this till's paper. */
export function layOutLooseReturn(
  till: TillContext,
  given: LooseReturn,
  journalHash: string,
  copy = false,
): readonly PrintLine[] {
  const { returned } = receiptTexts(paperLanguage(till));
  const options = { copy, training: till.deps.isTraining === true, journalHash };
  return layOut(looseReturnReceipt(given, returned, storeHeader(till), options), columnsOf(till));
}

/** The slip once more, marked as a copy: to look at, or on paper with an entry in the journal. */
export function looseReturnPaper(till: TillContext, args: IntentArgs<"loose-return-paper">): Outcome<PaperView> {
  const { store, config } = till.deps;
  const found = store.looseReturnByNumber(args.returnNumber);
  if (found === null) return refuse("no-such-return");
  const lines = layOutLooseReturn(till, found.given, found.journalHash, true);
  if (args.print) {
    if (permissionFor(till, { kind: "reprint-receipt" }) !== "yes") return refuse("not-allowed");
    if (config.devices.printer === undefined) return refuse("no-printer");
    const { returnId, returnNumber } = found.given;
    const body = { returnId, returnNumber, cashierId: till.state.cashier?.id };
    printSlip(till, "refund", lines, { kind: "receipt-reprinted", body });
  }
  return ok({ columns: columnsOf(till), lines });
}
