import type { Locale, ReceiptLanguage } from "#contract/config/terminal.ts";
import type { LabelStripLabels } from "#core/receipt/label-strip.ts";
import type { BadgeSlipLabels } from "#core/receipt/badge-slip.ts";
import type { MemberSlipLabels } from "#core/receipt/member-slip.ts";
import type { Role } from "#core/access/role.ts";
import type { ReturnReceiptLabels } from "#core/receipt/return-receipt.ts";
import type { CashSlipLabels, ReceiptLabels, RefundReceiptLabels, ShiftReceiptLabels } from "#core/receipt/labels.ts";
import type { StockPaperLabels } from "#core/receipt/stock-slips.ts";
import type { ReportReceiptLabels } from "#core/receipt/report-receipt.ts";
import en from "../../../resources/locales/en/receipt.json" with { type: "json" };
import zh from "../../../resources/locales/zh-CN/receipt.json" with { type: "json" };

/** The words on paper, in the shop's language; the cashier's screen may speak another. */
export interface ReceiptTexts {
  readonly shop: { readonly taxNumber: string };
  readonly sale: ReceiptLabels;
  readonly shift: ShiftReceiptLabels;
  readonly refund: RefundReceiptLabels;
  readonly cash: CashSlipLabels;
  readonly returned: ReturnReceiptLabels;
  readonly report: ReportReceiptLabels;
  readonly memberCard: MemberSlipLabels;
  readonly stock: StockPaperLabels;
  /** Above the columns of a list of goods. */
  readonly stockList: Readonly<Record<"sku" | "nameZh" | "nameEn" | "unit" | "level" | "reorder" | "missing", string>>;
  /** On the shelf. */
  readonly label: LabelStripLabels;
  readonly badge: BadgeSlipLabels & { readonly role: Readonly<Record<Role, string>> };
}

export function receiptTexts(language: ReceiptLanguage): ReceiptTexts {
  return language === "both" ? bothTexts : textsIn(language);
}

function textsIn(locale: Locale): ReceiptTexts {
  return locale === "en"
    ? { ...en, sale: { ...en.sale, itemName: "en" }, returned: { ...en.returned, itemName: "en" } }
    : { ...zh, sale: { ...zh.sale, itemName: "zh" }, returned: { ...zh.returned, itemName: "zh" } };
}

const bothTexts: ReceiptTexts = {
  ...joined(zh, en),
  sale: { ...joined(zh.sale, en.sale), itemName: "both" },
  returned: { ...joined(zh.returned, en.returned), itemName: "both" },
};

/** Each word in Chinese, then in English; once where they are the same, such as marks that say both already. */
function joined<T extends object>(chinese: T, english: { readonly [K in keyof T]: T[K] }): T {
  const pairs = Object.entries(chinese).map(([key, word]) => {
    // The two files have the same keys, which a test holds them to.
    const other: unknown = english[key as keyof T];
    if (typeof word === "object" && word !== null && typeof other === "object" && other !== null)
      return [key, joined(word as object, other)]; // as just seen
    return [key, word === other ? word : `${String(word)} ${String(other)}`];
  });
  // The same keys, and at each what was there: a word or words.
  return Object.fromEntries(pairs) as T;
}
