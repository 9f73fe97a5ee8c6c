import { formatYuan } from "#core/money/yuan.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { type Fen, negateFen, zeroFen } from "#core/money/fen.ts";
import { goodsOfLines, type LooseLine, type LooseReturn } from "#core/returns/loose-return.ts";
import { taxesOfGoods } from "#core/tax/tax-sum.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { bold, centered, large, marks, nameOn, paperHead, row, timeOnPaper, yuanWithSign } from "./elements.ts";
import type { StoreHeader } from "./labels.ts";
import { returnedPointsElements } from "./member-elements.ts";
import { taxElements } from "./pricing-elements.ts";
import type { RefundReceiptOptions } from "./refund-receipt.ts";
import { type ReturnReceiptLabels, roomToSign } from "./return-receipt.ts";

/** 退货凭证 无小票: what was taken back for how much cash, with room for the name of whoever took it. */
export function looseReturnReceipt(
  given: LooseReturn,
  labels: ReturnReceiptLabels,
  store: StoreHeader,
  options: RefundReceiptOptions,
): ReceiptDocument {
  const hash = options.journalHash.slice(0, 8);
  const elements: readonly ReceiptElement[] = [
    ...paperHead(options, labels, store),
    ...centered(labels.looseTitle, bold),
    { kind: "blank" },
    row(labels.returnNumber, given.returnNumber),
    row(labels.date, timeOnPaper(given.at)),
    row(labels.till, given.terminalId),
    row(labels.cashier, given.cashierName),
    row(labels.reason, given.reason),
    { kind: "rule" },
    ...given.lines.flatMap((line) => lineElements(line, labels)),
    { kind: "rule" },
    row(labels.amount, yuanWithSign(given.amountFen), large),
    ...moneyElements(given, labels),
    ...taxElements({ taxes: taxesOfGoods(goodsOfLines(given.lines)) }, labels),
    ...returnedPointsElements(given.points, labels),
    { kind: "rule" },
    ...(cashOf(given) > 0 ? roomToSign(labels.signature) : []),
    ...centered(hash === "" ? "" : `${labels.journal} ${hash}`),
    ...marks(options, labels),
  ];
  return { elements };
}

/** All of it in cash, or what of the new goods it paid for and what was given beside them. */
function moneyElements(given: LooseReturn, labels: ReturnReceiptLabels): readonly ReceiptElement[] {
  const { exchange } = given;
  const creditFen = exchange?.creditFen ?? zeroFen;
  const cashFen = cashOf(given);
  return [
    ...(exchange === undefined ? [] : [row(labels.exchangedFor, exchange.saleNumber)]),
    ...(creditFen > 0 ? [row(labels.credit, yuanWithSign(creditFen))] : []),
    ...(cashFen > 0 ? [row(labels.cash, yuanWithSign(cashFen))] : []),
  ];
}

/** What left the drawer for good. */
function cashOf({ amountFen, exchange }: LooseReturn): Fen {
  return exchange?.backCashFen ?? amountFen;
}

function lineElements(line: LooseLine, labels: Pick<ReturnReceiptLabels, "itemName">): readonly ReceiptElement[] {
  const quantity = `${formatQuantity(line.quantity, line.unit)}${line.unit === "kg" ? "kg" : ""}`;
  return [
    { kind: "text", text: nameOn(line, labels), align: "left", style: {} },
    row(`  -${quantity} × ${formatYuan(line.unitPriceFen)}`, formatYuan(negateFen(line.worthFen))),
  ];
}
