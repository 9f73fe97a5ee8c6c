import type { Locale } from "#contract/config/terminal.ts";
import type { ReceiptLabels, RefundReceiptLabels, ShiftReceiptLabels } from "#core/receipt/labels.ts";
import type { ReportReceiptLabels } from "#core/receipt/report-receipt.ts";
import en from "../../../resources/locales/en/receipt.json" with { type: "json" };
import zh from "../../../resources/locales/zh-CN/receipt.json" with { type: "json" };

/** The words on paper, in the shop's language; the cashier's screen may speak another. */
export interface ReceiptTexts {
  readonly sale: ReceiptLabels;
  readonly shift: ShiftReceiptLabels;
  readonly refund: RefundReceiptLabels;
  readonly report: ReportReceiptLabels;
}

export function receiptTexts(locale: Locale): ReceiptTexts {
  return locale === "en"
    ? { ...en, sale: { ...en.sale, itemName: "en" } }
    : { ...zh, sale: { ...zh.sale, itemName: "zh" } };
}
