import { type Fen, negateFen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import type { Shift, ShiftClose } from "#core/shift/shift.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { centered, large, marks, row, storeName, timeOnPaper, yuanWithSign } from "./elements.ts";
import type { ShiftReceiptLabels, StoreHeader } from "./labels.ts";

export interface ShiftReceiptOptions {
  readonly copy: boolean;
  readonly training: boolean;
  /** The name of whoever counted; the close itself knows the id. */
  readonly closedByName: string;
}

/** The slip that goes into the envelope with the counted cash. */
export function shiftReceipt(
  close: ShiftClose,
  shift: Shift,
  labels: ShiftReceiptLabels,
  store: StoreHeader,
  options: ShiftReceiptOptions,
): ReceiptDocument {
  const { totals } = close;
  const elements = [
    ...marks(options, labels),
    ...storeName(store),
    ...centered(labels.title),
    { kind: "blank" } as const,
    row(labels.businessDate, shift.businessDate),
    row(labels.openedAt, timeOnPaper(shift.openedAt)),
    row(labels.openedBy, shift.openedByName),
    row(labels.closedAt, timeOnPaper(close.closedAt)),
    row(labels.closedBy, options.closedByName),
    { kind: "rule" } as const,
    row(labels.saleCount, String(totals.saleCount)),
    row(labels.sales, formatYuan(totals.salesFen)),
    row(labels.discounts, formatYuan(totals.discountFen)),
    row(labels.wechat, formatYuan(totals.wechatFen)),
    ...(totals.staticCodeFen > 0 ? [row(labels.staticCode, formatYuan(totals.staticCodeFen))] : []),
    row(labels.cash, formatYuan(totals.cashFen)),
    ...givenBack(labels.refundsWechat, totals.refundWechatFen),
    ...givenBack(labels.refundsCash, totals.refundCashFen),
    { kind: "rule" } as const,
    row(labels.float, formatYuan(shift.floatFen)),
    row(labels.expectedCash, formatYuan(totals.expectedCashFen)),
    row(labels.countedCash, formatYuan(close.countedCashFen)),
    row(labels.difference, yuanWithSign(close.differenceFen), large),
    { kind: "blank" } as const,
    row(labels.signature, "____________"),
    ...marks(options, labels),
  ];
  return { elements };
}

function givenBack(label: string, amountFen: Fen): readonly ReceiptElement[] {
  return amountFen > 0 ? [row(label, formatYuan(negateFen(amountFen)))] : [];
}
