import type { CashMove } from "#core/shift/cash-move.ts";
import type { ReceiptDocument } from "./document.ts";
import { bold, centered, large, marks, row, storeName, timeOnPaper, yuanWithSign } from "./elements.ts";
import type { CashSlipLabels, StoreHeader } from "./labels.ts";

export interface CashSlipOptions {
  readonly copy: boolean;
  readonly training: boolean;
  readonly terminalId: string;
  /** Null where nobody's word was needed. */
  readonly approvedByName: string | null;
}

/** What lies in the drawer or the safe instead of the cash: how much, why, and by whom. */
export function cashSlip(
  move: CashMove,
  labels: CashSlipLabels,
  store: StoreHeader,
  options: CashSlipOptions,
): ReceiptDocument {
  const title = { "pay-in": labels.payIn, "pay-out": labels.payOut, "safe-drop": labels.safeDrop }[move.kind];
  return {
    elements: [
      ...marks(options, labels),
      ...storeName(store),
      ...centered(title, bold),
      { kind: "blank" },
      row(labels.date, timeOnPaper(move.at)),
      row(labels.till, options.terminalId),
      row(labels.cashier, move.cashierName),
      ...(options.approvedByName === null ? [] : [row(labels.approvedBy, options.approvedByName)]),
      row(labels.reason, move.reason),
      { kind: "rule" },
      row(labels.amount, yuanWithSign(move.amountFen), large),
      { kind: "blank" },
      row(labels.signature, "____________"),
      { kind: "blank" },
      ...marks(options, labels),
    ],
  };
}
