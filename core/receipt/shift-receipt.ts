import { fen, type Fen, negateFen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import type { PieceCount } from "#core/shift/cash-count.ts";
import type { Shift, ShiftClose, ShiftTotals } from "#core/shift/shift.ts";
import { formatZNumber, type GrandTotals, type ZReport } from "#core/shift/z-report.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { bold, centered, large, marks, row, storeName, timeOnPaper, yuanWithSign } from "./elements.ts";
import type { ShiftReceiptLabels, StoreHeader } from "./labels.ts";
import { shiftTaxElements } from "./shift-tax-elements.ts";

/** A shift on paper: while it goes on (X), and how it ended (Z). */
export type ShiftReport =
  | {
      readonly kind: "x";
      readonly shift: Shift;
      readonly totals: ShiftTotals;
      /** RFC 3339 with the shop's offset. */
      readonly takenAt: string;
      readonly takenByName: string;
    }
  | { readonly kind: "z"; readonly z: ZReport };

export interface ShiftReceiptOptions {
  readonly copy: boolean;
  readonly training: boolean;
}

/** The slip that goes into the envelope with the counted cash, and the same figures at any time before. */
export function shiftReceipt(
  report: ShiftReport,
  labels: ShiftReceiptLabels,
  store: StoreHeader,
  options: ShiftReceiptOptions,
): ReceiptDocument {
  const shift = report.kind === "z" ? report.z.shift : report.shift;
  const totals = report.kind === "z" ? report.z.close.totals : report.totals;
  const elements = [
    ...marks(options, labels),
    ...storeName(store),
    ...centered(report.kind === "z" ? labels.title : labels.xTitle, bold),
    { kind: "blank" } as const,
    ...(report.kind === "z" ? [row(labels.zNumber, formatZNumber(report.z), bold)] : []),
    row(labels.businessDate, shift.businessDate),
    row(labels.openedAt, timeOnPaper(shift.openedAt)),
    row(labels.openedBy, shift.openedByName),
    ...endOf(report, labels),
    { kind: "rule" } as const,
    ...takings(totals, labels),
    ...shiftTaxElements(totals, labels),
    { kind: "rule" } as const,
    ...drawer(shift.floatFen, totals, labels),
    ...(report.kind === "z" ? counted(report.z.close, labels) : []),
    ...(report.kind === "z" ? grand(report.z, labels) : []),
    ...(report.kind === "z" ? [{ kind: "blank" } as const, row(labels.signature, "____________")] : []),
    ...marks(options, labels),
  ];
  return { elements };
}

function endOf(report: ShiftReport, labels: ShiftReceiptLabels): readonly ReceiptElement[] {
  if (report.kind === "x") {
    return [row(labels.takenAt, timeOnPaper(report.takenAt)), row(labels.takenBy, report.takenByName)];
  }
  const { close, closedByName } = report.z;
  return [row(labels.closedAt, timeOnPaper(close.closedAt)), row(labels.closedBy, closedByName)];
}

function takings(totals: ShiftTotals, labels: ShiftReceiptLabels): readonly ReceiptElement[] {
  return [
    row(labels.saleCount, String(totals.saleCount)),
    row(labels.sales, formatYuan(totals.salesFen)),
    row(labels.discounts, formatYuan(totals.discountFen)),
    row(labels.wechat, formatYuan(totals.wechatFen)),
    ...where(totals.staticCodeFen > 0, labels.staticCode, formatYuan(totals.staticCodeFen)),
    row(labels.cash, formatYuan(totals.cashFen)),
    ...given(labels.refundsWechat, totals.refundWechatFen),
    ...given(labels.refundsCash, totals.refundCashFen),
    ...where(totals.noSaleCount > 0, labels.noSales, String(totals.noSaleCount)),
  ];
}

/** From the float to what must be there, each step a line: whoever counts can add it up. */
function drawer(floatFen: Fen, totals: ShiftTotals, labels: ShiftReceiptLabels): readonly ReceiptElement[] {
  return [
    row(labels.float, formatYuan(floatFen)),
    row(labels.cash, formatYuan(totals.cashFen)),
    ...given(labels.refundsCash, totals.refundCashFen),
    ...where(totals.payInFen > 0, labels.payIn, formatYuan(totals.payInFen)),
    ...given(labels.payOut, totals.payOutFen),
    ...given(labels.safeDrop, totals.safeDropFen),
    row(labels.expectedCash, formatYuan(totals.expectedCashFen), bold),
  ];
}

function counted(close: ShiftClose, labels: ShiftReceiptLabels): readonly ReceiptElement[] {
  const { pieces = [], approval } = close;
  return [
    row(labels.countedCash, formatYuan(close.countedCashFen)),
    row(labels.difference, yuanWithSign(close.differenceFen), large),
    ...(approval === undefined ? [] : [row(labels.reason, approval.reason)]),
    ...(pieces.length === 0 ? [] : [{ kind: "rule" } as const, ...centered(labels.pieces), ...pieces.map(pieceRow)]),
  ];
}

function pieceRow({ denominationFen, pieces }: PieceCount): ReceiptElement {
  return row(`${formatYuan(fen(denominationFen))} × ${pieces}`, formatYuan(fen(denominationFen * pieces)));
}

function grand({ before, after }: ZReport, labels: ShiftReceiptLabels): readonly ReceiptElement[] {
  return [
    { kind: "rule" },
    ...centered(labels.grandTotals),
    row(labels.salesBefore, grandYuan(before, "salesFen")),
    row(labels.salesAfter, grandYuan(after, "salesFen")),
    ...(after.refundsFen === 0
      ? []
      : [
          row(labels.refundsBefore, grandYuan(before, "refundsFen")),
          row(labels.refundsAfter, grandYuan(after, "refundsFen")),
        ]),
  ];
}

/** Sums of years may be beyond what one amount may be: written from their digits, as `formatYuan` writes an amount. */
function grandYuan(totals: GrandTotals, key: keyof GrandTotals): string {
  const digits = String(totals[key]).padStart(3, "0");
  return `${digits.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}

function given(label: string, amountFen: Fen): readonly ReceiptElement[] {
  return where(amountFen > 0, label, formatYuan(negateFen(amountFen)));
}

function where(isThere: boolean, label: string, value: string): readonly ReceiptElement[] {
  return isThere ? [row(label, value)] : [];
}
