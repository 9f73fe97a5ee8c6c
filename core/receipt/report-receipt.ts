import { averageSaleFen, keptFen } from "#core/report/figures.ts";
import type { Sums } from "#core/report/shares.ts";
import { formatSum } from "#core/report/sum-text.ts";
import { type NamedTaxClass, namedTaxClass } from "#core/report/tax-class.ts";
import { classTaxOf, hasTaxRecorded, noTaxRecordedFen, sumOfTaxes } from "#core/report/tax-left.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { bold, centered, large, row, storeName, timeOnPaper } from "./elements.ts";
import type { StoreHeader } from "./labels.ts";

/** The words of a report's summary. */
export interface ReportReceiptLabels {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly till: string;
  readonly printedAt: string;
  readonly saleCount: string;
  readonly average: string;
  readonly gross: string;
  readonly discounts: string;
  readonly net: string;
  readonly refunds: string;
  readonly kept: string;
  readonly voids: string;
  /** Above the tax by class, of what was sold less the goods that came back. */
  readonly taxes: string;
  /** After the class's name. */
  readonly taxNet: string;
  readonly taxOfClass: string;
  readonly taxGross: string;
  readonly taxTotal: string;
  /** Of what was kept what no tax was recorded for. */
  readonly noTax: string;
  readonly taxClass: Readonly<Record<NamedTaxClass, string>>;
  readonly tenders: string;
  readonly cash: string;
  readonly wechat: string;
  readonly staticCode: string;
  readonly items: string;
  readonly noItem: string;
}

export interface ReportFacts {
  readonly range: {
    readonly from: string;
    readonly to: string;
    readonly total: Sums;
    readonly tenders: readonly (Sums & { readonly key: string })[];
    readonly taxes: readonly (Sums & { readonly key: string })[];
  };
  readonly items: readonly (Sums & { readonly nameZh: string | null; readonly nameEn: string | null })[];
  /** RFC 3339 with the shop's offset. */
  readonly printedAt: string;
  readonly terminalId: string;
}

/** A range of business days on a slip: what was sold, how it was paid, what went best. No Z: it closes nothing. */
export function reportReceipt(
  { range, items, printedAt, terminalId }: ReportFacts,
  labels: ReportReceiptLabels,
  store: StoreHeader,
  names: "zh" | "en",
): ReceiptDocument {
  const { total, tenders } = range;
  const tenderNames: Readonly<Record<string, string>> = {
    ...{ cash: labels.cash, wechat: labels.wechat, "static-code": labels.staticCode },
  };
  const rule = { kind: "rule" } as const;
  const elements: readonly ReceiptElement[] = [
    ...storeName(store),
    ...centered(labels.title),
    { kind: "blank" },
    row(labels.from, range.from),
    row(labels.to, range.to),
    row(labels.till, terminalId),
    row(labels.printedAt, timeOnPaper(printedAt)),
    rule,
    row(labels.net, formatSum(total.netFen), large),
    row(labels.saleCount, String(total.saleCount)),
    row(labels.average, formatSum(averageSaleFen(total))),
    row(labels.gross, formatSum(total.grossFen)),
    row(labels.discounts, formatSum(-total.discountFen)),
    row(`${labels.refunds} ×${total.refundCount}`, formatSum(-total.refundFen)),
    row(labels.kept, formatSum(keptFen(total)), bold),
    row(`${labels.voids} ×${total.voidCount}`, formatSum(total.voidFen)),
    ...(hasTaxRecorded(range.taxes) ? [rule, ...taxRows(range, labels)] : []),
    rule,
    ...centered(labels.tenders, bold),
    ...tenders.map(({ key, saleCount, netFen }) => row(`${tenderNames[key] ?? key} ×${saleCount}`, formatSum(netFen))),
    ...(items.length === 0 ? [] : [rule, ...centered(labels.items, bold)]),
    ...items.map((item) => row(`${nameOf(item, names) ?? labels.noItem} ×${item.pieceCount}`, formatSum(item.netFen))),
  ];
  return { elements };
}

/** A shop's own class is called as the shop calls it. */
function taxRows({ total, taxes }: ReportFacts["range"], labels: ReportReceiptLabels): readonly ReceiptElement[] {
  const restFen = noTaxRecordedFen(total, taxes);
  return [
    ...centered(labels.taxes, bold),
    ...taxes
      .filter((one) => hasTaxRecorded([one]))
      .flatMap((one) => {
        const named = namedTaxClass(one.key);
        const name = named === null ? one.key : labels.taxClass[named];
        const { netFen, taxFen, grossFen } = classTaxOf(one);
        return [
          row(`${name} ${labels.taxNet}`, formatSum(netFen)),
          row(`${name} ${labels.taxOfClass}`, formatSum(taxFen)),
          row(`${name} ${labels.taxGross}`, formatSum(grossFen)),
        ];
      }),
    ...(restFen === 0 ? [] : [row(labels.noTax, formatSum(restFen))]),
    row(labels.taxTotal, formatSum(sumOfTaxes(taxes).taxFen), bold),
  ];
}

function nameOf(item: ReportFacts["items"][number], names: "zh" | "en"): string | null {
  return names === "en" ? item.nameEn || item.nameZh : item.nameZh || item.nameEn;
}
