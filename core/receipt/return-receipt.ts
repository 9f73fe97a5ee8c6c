import { type Fen, negateFen, subtractFen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import type { ReturnedLine, SaleReturn } from "#core/returns/sale-return.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { bold, centered, large, marks, nameOn, paperHead, row, timeOnPaper, yuanWithSign } from "./elements.ts";
import type { StoreHeader } from "./labels.ts";
import { returnedPointsElements } from "./member-elements.ts";
import type { RefundReceiptOptions } from "./refund-receipt.ts";

/** The words of the paper that goes with goods that came back, and of an exchange's part of a receipt. */
export interface ReturnReceiptLabels {
  /** As of a sale's receipt. */
  readonly itemName: "zh" | "en" | "both";
  readonly title: string;
  /** Of a return without a receipt, and its own number. */
  readonly looseTitle: string;
  readonly returnNumber: string;
  readonly copyMark: string;
  readonly trainingMark: string;
  readonly phone: string;
  readonly saleNumber: string;
  readonly date: string;
  readonly till: string;
  readonly soldBy: string;
  readonly cashier: string;
  readonly reason: string;
  /** Above the goods that came back, where new ones stand on the same paper. */
  readonly broughtBack: string;
  readonly worth: string;
  /** What went back of their price before, without goods. */
  readonly earlier: string;
  readonly amount: string;
  readonly cash: string;
  readonly wechat: string;
  /** That the money is on its way to where it came from. */
  readonly onItsWay: string;
  /** 换货抵扣: what of the new goods the returned ones pay for. */
  readonly credit: string;
  /** The sale of new goods that goods without a receipt were exchanged for. */
  readonly exchangedFor: string;
  /** Before the rate and the tax in what was given for goods without a receipt. */
  readonly taxIn: string;
  readonly signature: string;
  readonly journal: string;
  readonly pointsTakenBack: string;
  readonly pointsGivenBack: string;
  readonly pointsBalance: string;
}

/** How much of a return's money goes back which way. */
export interface MoneyBack {
  readonly cashFen: Fen;
  readonly wechatFen: Fen;
}

/** What the customer takes home when goods came back: which goods of which sale, and how their money goes back. */
export function returnReceipt(
  given: SaleReturn,
  back: MoneyBack,
  place: { readonly terminalId: string; readonly labels: ReturnReceiptLabels; readonly store: StoreHeader },
  options: RefundReceiptOptions,
): ReceiptDocument {
  const { terminalId, labels, store } = place;
  const hash = options.journalHash.slice(0, 8);
  const earlierFen = subtractFen(given.worthFen, given.amountFen);
  const elements: readonly ReceiptElement[] = [
    ...paperHead(options, labels, store),
    ...centered(labels.title, bold),
    { kind: "blank" },
    row(labels.saleNumber, given.saleNumber),
    row(labels.date, timeOnPaper(given.at)),
    row(labels.till, terminalId),
    ...(given.soldBy === undefined ? [] : [row(labels.soldBy, given.soldBy)]),
    row(labels.cashier, given.cashierName),
    row(labels.reason, given.reason),
    { kind: "rule" },
    ...returnedElements(given.lines, labels),
    { kind: "rule" },
    ...(earlierFen > 0
      ? [row(labels.worth, formatYuan(given.worthFen)), row(labels.earlier, formatYuan(negateFen(earlierFen)))]
      : []),
    row(labels.amount, yuanWithSign(given.amountFen), large),
    ...moneyBackElements(back, labels),
    ...returnedPointsElements(given.points, labels),
    { kind: "rule" },
    // Cash leaves the drawer against a name; WeChat Pay keeps its own proof.
    ...(back.cashFen > 0 ? roomToSign(labels.signature) : []),
    { kind: "barcode", text: given.saleNumber },
    ...centered(hash === "" ? "" : `${labels.journal} ${hash}`),
    ...marks(options, labels),
  ];
  return { elements };
}

/** The goods that came back, with what each gives back, negative. */
export function returnedElements(
  lines: readonly ReturnedLine[],
  labels: Pick<ReturnReceiptLabels, "itemName">,
): readonly ReceiptElement[] {
  return lines.flatMap((line) => {
    const quantity = `${formatQuantity(line.quantity, line.unit)}${line.unit === "kg" ? "kg" : ""}`;
    return [
      { kind: "text", text: nameOn(line, labels), align: "left", style: {} } as const,
      row(`  -${quantity}`, formatYuan(negateFen(line.worthFen))),
    ];
  });
}

/** Which way the money goes; nothing where none does. */
export function moneyBackElements(
  { cashFen, wechatFen }: MoneyBack,
  labels: Pick<ReturnReceiptLabels, "cash" | "wechat" | "onItsWay">,
): readonly ReceiptElement[] {
  return [
    ...(cashFen > 0 ? [row(labels.cash, yuanWithSign(cashFen))] : []),
    ...(wechatFen > 0 ? [row(labels.wechat, yuanWithSign(wechatFen)), ...centered(labels.onItsWay)] : []),
  ];
}

/** White above the line for a hand with a pen, and below it before the barcode. */
export function roomToSign(label: string): readonly ReceiptElement[] {
  return [{ kind: "blank" }, row(label, "____________"), { kind: "blank" }];
}
