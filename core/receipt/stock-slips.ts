import type { Unit } from "#core/quantity/quantity.ts";
import { formatSum } from "#core/report/sum-text.ts";
import type { GoodsReceipt } from "#core/stock/goods-receipt.ts";
import { levelText } from "#core/stock/stock-level.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { bold, centered, marks, nameOn, row, storeName, timeOnPaper } from "./elements.ts";
import type { StoreHeader } from "./labels.ts";

/** The words of stock on paper. */
export interface StockPaperLabels {
  readonly copyMark: string;
  readonly trainingMark: string;
  readonly received: string;
  readonly supplier: string;
  readonly deliveryNote: string;
  readonly date: string;
  readonly till: string;
  readonly by: string;
  readonly approvedBy: string;
  readonly items: string;
  readonly cost: string;
  readonly signature: string;
  readonly take: string;
  readonly begun: string;
  readonly category: string;
  readonly allGoods: string;
  readonly counted: string;
  readonly equal: string;
  readonly first: string;
  readonly loss: string;
  readonly gain: string;
  readonly differences: string;
  readonly books: string;
  readonly countAgain: string;
  readonly notBooked: string;
  readonly low: string;
  readonly reorderAt: string;
  readonly none: string;
}

export interface StockPaperFacts {
  readonly store: StoreHeader;
  readonly terminalId: string;
  /** RFC 3339 with the shop's offset. */
  readonly printedAt: string;
  readonly training: boolean;
  /** In which language goods are named. */
  readonly names: "zh" | "en";
}

interface Named {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
}

const blank: ReceiptElement = { kind: "blank" };
const rule: ReceiptElement = { kind: "rule" };

/** A delivery as it was booked: what lies with the supplier's own note. */
export function goodsSlip(
  receipt: GoodsReceipt,
  labels: StockPaperLabels,
  facts: StockPaperFacts,
  { copy, approvedByName }: { readonly copy: boolean; readonly approvedByName: string | null },
): ReceiptDocument {
  const options = { copy, training: facts.training };
  return {
    elements: [
      ...head(labels.received, labels, facts, options),
      row(labels.date, timeOnPaper(receipt.at)),
      row(labels.till, facts.terminalId),
      row(labels.by, receipt.cashierName),
      ...(approvedByName === null ? [] : [row(labels.approvedBy, approvedByName)]),
      ...(receipt.supplier === "" ? [] : [row(labels.supplier, receipt.supplier)]),
      ...(receipt.deliveryNote === "" ? [] : [row(labels.deliveryNote, receipt.deliveryNote)]),
      rule,
      ...receipt.lines.flatMap((line) => [
        row(named(line, facts), levelText(line.quantityMilli, line.unit), bold),
        ...(line.costFen === null ? [] : [row(`  ${line.sku}`, `${labels.cost} ${formatSum(line.costFen)}`)]),
      ]),
      rule,
      row(labels.items, String(receipt.lines.length)),
      blank,
      row(labels.signature, "____________"),
      blank,
      ...marks(options, labels),
    ],
  };
}

/** The differences of a take by what they are worth, largest first. */
export function differencesSlip(
  take: {
    readonly state: string;
    readonly begunAt: string;
    readonly begunByName: string;
    readonly countedItems: number;
    readonly category: { readonly nameZh: string; readonly nameEn: string } | null;
  },
  differences: {
    readonly rows: readonly (Named & {
      readonly countedMilli: number;
      readonly bookMilli: number | null;
      readonly differenceMilli: number;
      readonly worthFen: number;
      readonly isUnsure: boolean;
    })[];
    readonly equalCount: number;
    readonly firstCount: number;
    readonly lossFen: number;
    readonly gainFen: number;
  },
  labels: StockPaperLabels,
  facts: StockPaperFacts,
): ReceiptDocument {
  const { category } = take;
  return {
    elements: [
      ...head(labels.take, labels, facts, { copy: false, training: facts.training }),
      ...(take.state === "booked" ? [] : centered(labels.notBooked, bold)),
      row(labels.begun, `${timeOnPaper(take.begunAt)} ${take.begunByName}`),
      row(labels.category, category === null ? labels.allGoods : nameOn(category, { itemName: facts.names })),
      row(labels.till, facts.terminalId),
      row(labels.date, timeOnPaper(facts.printedAt)),
      row(labels.counted, String(take.countedItems)),
      row(labels.equal, String(differences.equalCount)),
      ...(differences.firstCount === 0 ? [] : [row(labels.first, String(differences.firstCount))]),
      row(labels.loss, formatSum(differences.lossFen), bold),
      row(labels.gain, formatSum(differences.gainFen), bold),
      rule,
      ...(differences.rows.length === 0 ? centered(labels.none) : centered(labels.differences, bold)),
      ...differences.rows.flatMap((line) => [
        row(named(line, facts), formatSum(line.worthFen), bold),
        row(
          `  ${labels.books} ${line.bookMilli === null ? "?" : levelText(line.bookMilli, line.unit)} → ${levelText(line.countedMilli, line.unit)}`,
          line.isUnsure ? labels.countAgain : levelText(line.differenceMilli, line.unit),
        ),
      ]),
      blank,
      row(labels.signature, "____________"),
    ],
  };
}

/** What has to be ordered. */
export function lowStockSlip(
  rows: readonly (Named & { readonly levelMilli: number | null; readonly reorderMilli: number | null })[],
  labels: StockPaperLabels,
  facts: StockPaperFacts,
): ReceiptDocument {
  return {
    elements: [
      ...head(labels.low, labels, facts, { copy: false, training: facts.training }),
      row(labels.date, timeOnPaper(facts.printedAt)),
      row(labels.till, facts.terminalId),
      rule,
      ...(rows.length === 0 ? centered(labels.none) : []),
      ...rows.flatMap((line) => [
        row(named(line, facts), levelText(line.levelMilli ?? 0, line.unit), bold),
        row("", `${labels.reorderAt} ${levelText(line.reorderMilli ?? 0, line.unit)}`),
      ]),
    ],
  };
}

function head(
  title: string,
  labels: StockPaperLabels,
  facts: StockPaperFacts,
  options: Parameters<typeof marks>[0],
): readonly ReceiptElement[] {
  return [...marks(options, labels), ...storeName(facts.store), ...centered(title, bold), blank];
}

function named(line: Named, facts: StockPaperFacts): string {
  return nameOn(line, { itemName: facts.names });
}
