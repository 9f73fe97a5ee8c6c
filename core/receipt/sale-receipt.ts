import { subtractFen, zeroFen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import type { Sale, SaleLine, Tender } from "#core/sale/sale.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import {
  bold,
  centered,
  large,
  marks,
  nameOn,
  paperHead,
  reduction,
  row,
  timeOnPaper,
  yuanWithSign,
} from "./elements.ts";
import { memberElements, returnedPointsElements } from "./member-elements.ts";
import { packElements } from "./pack-elements.ts";
import type { ReceiptLabels, StoreHeader } from "./labels.ts";
import { moneyBackElements, type ReturnReceiptLabels, returnedElements } from "./return-receipt.ts";
import { backOfExchange } from "#core/returns/back-of-exchange.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import {
  originalPrice,
  promotionsOn,
  promotionsOnSale,
  savedElements,
  savedOnGoodsFen,
  taxElements,
} from "./pricing-elements.ts";

export interface SaleReceiptOptions {
  /** A reprint: marked 副本. */
  readonly copy: boolean;
  /** Training mode: marked 培训. */
  readonly training: boolean;
  /** The sale's journal hash in hexadecimal; its first eight characters are printed. */
  readonly journalHash: string;
  /** What the QR code says (refund and e-receipt); empty for none. */
  readonly qrText: string;
  /** Lot and dates of a pack below its line. */
  readonly showsPacks?: boolean;
  /** The masked number or the card's last digits; absent where there is no member, or no longer. */
  readonly memberLabel?: string;
  /** What was brought back for these goods. */
  readonly exchange?: { readonly returned: SaleReturn | LooseReturn; readonly labels: ReturnReceiptLabels };
}

/** Characters of the journal hash that are printed: enough to find the entry, short enough to read aloud. */
const hashCharacters = 8;

/** A sale as the customer takes it home. The same sale always gives the same receipt, but for the marks. */
export function saleReceipt(
  sale: Sale,
  labels: ReceiptLabels,
  store: StoreHeader,
  options: SaleReceiptOptions,
): ReceiptDocument {
  const hash = options.journalHash.slice(0, hashCharacters);
  const elements: readonly ReceiptElement[] = [
    ...paperHead(options, labels, store),
    { kind: "blank" },
    row(labels.saleNumber, sale.saleNumber),
    row(labels.date, timeOnPaper(sale.completedAt)),
    row(labels.till, sale.terminalId),
    row(labels.cashier, sale.cashierName),
    { kind: "rule" },
    ...sale.lines.flatMap((line) => [
      ...lineElements(line, sale, labels),
      ...(options.showsPacks === true ? packElements(line.pack, labels) : []),
    ]),
    { kind: "rule" },
    ...totalElements(sale, labels),
    ...broughtBackElements(options.exchange),
    ...sale.tenders
      .filter(({ tenderId }) => tenderId !== options.exchange?.returned.returnId)
      .flatMap((tender) => tenderElements(tender, labels)),
    ...memberElements(sale, options.memberLabel ?? null, labels),
    { kind: "rule" },
    ...centered(store.footer),
    { kind: "barcode", text: sale.saleNumber },
    ...(options.qrText === "" ? [] : [{ kind: "qr", text: options.qrText } as const]),
    ...centered(hash === "" ? "" : `${labels.journal} ${hash}`),
    ...marks(options, labels),
  ];
  return { elements };
}

/** The goods that came back, what of the new ones they pay for, and what goes back beside it. */
function broughtBackElements(exchange: SaleReceiptOptions["exchange"]): readonly ReceiptElement[] {
  const done = exchange?.returned.exchange;
  if (exchange === undefined || done === undefined) return [];
  const { returned, labels } = exchange;
  return [
    { kind: "rule" },
    row(labels.broughtBack, "returnNumber" in returned ? returned.returnNumber : returned.saleNumber, bold),
    ...returnedElements(returned.lines, labels),
    ...(done.creditFen > 0 ? [row(labels.credit, yuanWithSign(done.creditFen), bold)] : []),
    ...moneyBackElements(backOfExchange(done), labels),
    ...returnedPointsElements(returned.points, labels),
  ];
}

function lineElements(line: SaleLine, sale: Sale, labels: ReceiptLabels): readonly ReceiptElement[] {
  const unit = line.unit === "kg" ? "kg" : "";
  const quantity = `${formatQuantity(line.quantity, line.unit)}${unit}`;
  return [
    { kind: "text", text: nameOn(line, labels), align: "left", style: {} },
    row(`  ${quantity} × ${formatYuan(line.unitPriceFen)}`, formatYuan(line.grossFen)),
    ...tareElements(line, labels),
    ...originalPrice(line, labels),
    ...reduction(`  ${labels.lineDiscount}`, line.discountFen),
    ...promotionsOn(line, sale, labels),
  ];
}

/** What the scale showed and what was taken off, so that the customer can reckon the net weight; nothing without a tare. */
function tareElements({ weighing }: SaleLine, labels: ReceiptLabels): readonly ReceiptElement[] {
  if (weighing === undefined || weighing.tareGrams === 0) return [];
  const kg = (grams: number): string => `${formatQuantity(milli(grams), "kg")}kg`;
  const text = `  ${labels.grossWeight} ${kg(weighing.grossGrams)} ${labels.tare} ${kg(weighing.tareGrams)}`;
  return [{ kind: "text", text, align: "left", style: {} }];
}

function totalElements(sale: Sale, labels: ReceiptLabels): readonly ReceiptElement[] {
  const onSale = promotionsOnSale(sale, labels);
  const points = sale.member ?? { spent: 0, spentFen: zeroFen };
  const hasReductions = sale.saleDiscountFen > 0 || sale.roundingFen > 0 || onSale.length > 0;
  const subtotalFen = subtractFen(subtractFen(sale.grossFen, sale.lineDiscountFen), savedOnGoodsFen(sale));
  return [
    row(labels.pieces, String(sale.pieceCount)),
    ...(hasReductions ? [row(labels.subtotal, formatYuan(subtotalFen))] : []),
    ...onSale,
    ...reduction(labels.saleDiscount, subtractFen(sale.saleDiscountFen, points.spentFen)),
    ...reduction(`${labels.pointsSpent} ${points.spent}`, points.spentFen),
    ...reduction(labels.rounding, sale.roundingFen),
    row(labels.total, yuanWithSign(sale.totalFen), large),
    ...savedElements(sale, labels),
    ...taxElements(sale, labels),
  ];
}

function tenderElements(tender: Tender, labels: ReceiptLabels): readonly ReceiptElement[] {
  if (tender.kind === "cash") {
    const change = tender.changeFen > 0 ? [row(labels.change, yuanWithSign(tender.changeFen), bold)] : [];
    return [row(labels.cash, yuanWithSign(tender.receivedFen)), ...change];
  }
  if (tender.kind === "static-code") {
    return [row(labels.staticCode, yuanWithSign(tender.amountFen)), ...centered(labels.unverified)];
  }
  const walletFen = subtractFen(tender.amountFen, tender.payerTotalFen);
  const customerPaid = walletFen > 0 ? [row(`  ${labels.customerPaid}`, yuanWithSign(tender.payerTotalFen))] : [];
  return [
    row(labels.wechat, yuanWithSign(tender.amountFen)),
    ...reduction(`  ${labels.walletDiscount}`, walletFen),
    ...customerPaid,
    // A carried payment's proof does not tell WeChat's number: its own stands for it, as in the customer's bill.
    row(`  ${labels.transactionLastFour}`, (tender.transactionId ?? tender.outTradeNo).slice(-4)),
  ];
}
