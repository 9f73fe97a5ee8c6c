import type { Locale } from "#contract/config/terminal.ts";
import type { LabelStripLabels } from "#core/receipt/label-strip.ts";
import type { BadgeSlipLabels } from "#core/receipt/badge-slip.ts";
import type { Role } from "#core/access/role.ts";
import type { ReturnReceiptLabels } from "#core/receipt/return-receipt.ts";
import type { CashSlipLabels, ReceiptLabels, RefundReceiptLabels, ShiftReceiptLabels } from "#core/receipt/labels.ts";
import type { ReportReceiptLabels } from "#core/receipt/report-receipt.ts";
import en from "../../../resources/locales/en/receipt.json" with { type: "json" };
import zh from "../../../resources/locales/zh-CN/receipt.json" with { type: "json" };

/** The words on paper, in the shop's language; the cashier's screen may speak another. */
export interface ReceiptTexts {
  readonly sale: ReceiptLabels;
  readonly shift: ShiftReceiptLabels;
  readonly refund: RefundReceiptLabels;
  readonly cash: CashSlipLabels;
  readonly returned: ReturnReceiptLabels;
  readonly report: ReportReceiptLabels;
  /** On the shelf. */
  readonly label: LabelStripLabels;
  readonly badge: BadgeSlipLabels & { readonly role: Readonly<Record<Role, string>> };
}

export function receiptTexts(locale: Locale): ReceiptTexts {
  return locale === "en"
    ? { ...en, sale: { ...en.sale, itemName: "en" }, returned: { ...en.returned, itemName: "en" } }
    : { ...zh, sale: { ...zh.sale, itemName: "zh" }, returned: { ...zh.returned, itemName: "zh" } };
}
