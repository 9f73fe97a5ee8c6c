import type { ItemSums, NamedSums, RangeReport, ReportSale } from "#contract/reports/report.ts";
import {
  averageSaleFen,
  keptFen,
  piecesPerSaleTenths,
  refundsWithoutGoodsFen,
  tenthsText,
} from "#core/report/figures.ts";
import { namedTaxClass } from "#core/report/tax-class.ts";
import type { Sums } from "#core/report/shares.ts";
import { type ClassTax, classTaxOf, hasTaxRecorded, noTaxRecordedFen, sumOfTaxes } from "#core/report/tax-left.ts";
import { type ReportKey, reportTexts } from "./report-texts.ts";

/** A cell of a report: words, an amount in fen, or a number. */
export type ReportCell = { readonly text: string } | { readonly amountFen: number } | { readonly count: number };

/** A table of a report, ready to be written. */
export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ReportCell[])[];
}

type Text = ReturnType<typeof reportTexts>;

const text = (value: string): ReportCell => ({ text: value });
const amount = (amountFen: number): ReportCell => ({ amountFen });
const count = (value: number): ReportCell => ({ count: value });

/** The shown report as tables, in the order of the screen. */
export function reportTables(
  { range, items }: { readonly range: RangeReport; readonly items: readonly ItemSums[] },
  locale: "zh-CN" | "en",
  categories: ReadonlyMap<string, string>,
): readonly ReportTable[] {
  const words = reportTexts(locale);
  const byKey = (title: ReportKey, head: ReportKey, rows: readonly NamedSums[], name: (row: NamedSums) => string) =>
    sumTable(words, words(title), words(head), rows, name);
  const restFen = refundsWithoutGoodsFen(range.total, range.taxes);
  const categoryName = ({ key }: NamedSums): string => categories.get(key) ?? (key || words("no-item"));
  const taxClassName = ({ key }: NamedSums): string => taxName(key, words);
  return [
    summary(range, words),
    byKey("hours", "col.hour", range.byHour, ({ key }) => `${key}:00`),
    byKey("dates", "col.date", range.byDate, ({ key }) => key),
    tenderTable(range.tenders, words),
    withRest(byKey("categories", "col.category", range.categories, categoryName), restFen, words),
    byKey("cashiers", "col.cashier", range.cashiers, ({ key, name }) => name ?? key),
    withRest(itemTable(items, locale, words), restFen, words),
    withRest(byKey("taxes", "col.tax", range.taxes, taxClassName), restFen, words),
    ...taxTables(range, words),
  ];
}

/** With a last row for money that went back without goods, so that the refunds of a table sum to those of the range. */
function withRest(table: ReportTable, restFen: number, words: Text): ReportTable {
  if (restFen === 0) return table;
  const between = table.head.slice(2).map(() => text(""));
  return { ...table, rows: [...table.rows, [text(words("no-goods")), ...between, amount(restFen)]] };
}

/** What is owed by class, less what came back; without a table where no tax was recorded. */
function taxTables({ total, taxes }: RangeReport, words: Text): readonly ReportTable[] {
  if (!hasTaxRecorded(taxes)) return [];
  const cells = ({ netFen, taxFen, grossFen }: ClassTax) => [amount(netFen), amount(taxFen), amount(grossFen)];
  const restFen = noTaxRecordedFen(total, taxes);
  const rest = [text(words("tax-none")), text(""), text(""), amount(restFen)];
  return [
    {
      title: words("tax-sums"),
      head: (["col.tax", "col.tax-net", "col.tax-tax", "col.tax-gross"] as const).map((key) => words(key)),
      rows: [
        ...taxes
          .filter((one) => hasTaxRecorded([one]))
          .map((one) => [text(taxName(one.key, words)), ...cells(classTaxOf(one))]),
        [text(words("tax-all")), ...cells(sumOfTaxes(taxes))],
        ...(restFen === 0 ? [] : [rest]),
      ],
    },
  ];
}

export const salesHead = [
  ...["col.date", "col.time", "col.number", "col.cashier", "col.lines"],
  ...["col.gross", "col.discount", "col.net", "col.tenders"],
] as const satisfies readonly ReportKey[];

export function salesRow(sale: ReportSale, words: Text): readonly ReportCell[] {
  return [
    ...[text(sale.businessDate), text(sale.completedAt.slice(11, 19)), text(sale.saleNumber), text(sale.cashierName)],
    ...[count(sale.lineCount), amount(sale.grossFen), amount(sale.discountFen), amount(sale.totalFen)],
    text(sale.tenderKinds.map((kind) => words(`tender.${kind}`)).join(" + ")),
  ];
}

/** A tax class by its own name where the shop has none of the known ones. */
export function taxName(key: string, words: Text): string {
  const named = namedTaxClass(key);
  return named === null ? key || words("no-item") : words(`tax.${named}`);
}

function summary(range: RangeReport, words: Text): ReportTable {
  const { total, charges } = range;
  const perSale = piecesPerSaleTenths(total);
  const rows: (readonly [ReportKey, ReportCell])[] = [
    ["from", text(range.from)],
    ["to", text(range.to)],
    ["net", amount(total.netFen)],
    ["sale-count", count(total.saleCount)],
    ["average", amount(averageSaleFen(total))],
    ["per-sale", text(tenthsText(perSale))],
    ["gross", amount(total.grossFen)],
    ["discounts", amount(total.discountFen)],
    ["refund-count", count(total.refundCount)],
    ["refunds", amount(total.refundFen)],
    ["kept", amount(keptFen(total))],
    ["void-count", count(total.voidCount)],
    ["voids", amount(total.voidFen)],
    ["charges", amount(charges.fen)],
  ];
  return {
    title: words("summary"),
    head: [words("col.figure"), words("col.value")],
    rows: rows.map(([key, cell]) => [text(words(key)), cell]),
  };
}

function sumTable(
  words: Text,
  title: string,
  head: string,
  rows: readonly NamedSums[],
  name: (row: NamedSums) => string,
): ReportTable {
  const columns = ["sale-count", "pieces", "gross", "discounts", "net", "refund-count", "refunds"] as const;
  return {
    title,
    head: [head, ...columns.map((column) => words(column))],
    rows: rows.map((row) => [text(name(row)), ...sumCells(row), count(row.refundCount), amount(row.refundFen)]),
  };
}

function tenderTable(rows: readonly NamedSums[], words: Text): ReportTable {
  return {
    title: words("tenders"),
    head: [
      words("col.tender"),
      ...(["sale-count", "net", "refund-count", "refunds"] as const).map((key) => words(key)),
    ],
    rows: rows.map(({ key, saleCount, netFen, refundCount, refundFen }) => [
      text(tenderName(key, words)),
      ...[count(saleCount), amount(netFen), count(refundCount), amount(refundFen)],
    ]),
  };
}

export function tenderName(key: string, words: Text): string {
  return key === "cash" || key === "wechat" || key === "static-code" ? words(`tender.${key}`) : key;
}

function itemTable(items: readonly ItemSums[], locale: "zh-CN" | "en", words: Text): ReportTable {
  const keys = [
    ...(["col.item", "col.sku", "sale-count", "col.quantity", "col.unit"] as const),
    ...(["gross", "discounts", "net", "refund-count", "refunds"] as const),
  ];
  return {
    title: words("items"),
    head: keys.map((key) => words(key)),
    rows: items.map((item) => [
      text(itemName(item, locale) ?? words("no-item")),
      ...[text(item.key), count(item.saleCount)],
      text(item.unit === "kg" ? thousandths(item.quantityMilli) : String(item.pieceCount)),
      text(item.unit === null ? "" : words(`unit.${item.unit}`)),
      ...[amount(item.grossFen), amount(item.discountFen), amount(item.netFen)],
      ...[count(item.refundCount), amount(item.refundFen)],
    ]),
  };
}

export function itemName({ nameZh, nameEn }: ItemSums, locale: "zh-CN" | "en"): string | null {
  return locale === "en" ? nameEn || nameZh : nameZh || nameEn;
}

function sumCells(sums: Sums): readonly ReportCell[] {
  return [
    ...[count(sums.saleCount), count(sums.pieceCount)],
    ...[amount(sums.grossFen), amount(sums.discountFen), amount(sums.netFen)],
  ];
}

/** "0.845" of 845. */
function thousandths(milli: number): string {
  const digits = String(milli).padStart(4, "0");
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
