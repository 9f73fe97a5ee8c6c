import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { ReceiptDocument, ReceiptElement } from "./document.ts";
import { bold, centered, large, marks, paperHead, row, timeOnPaper, yuanWithSign } from "./elements.ts";
import type { RefundReceiptLabels, StoreHeader } from "./labels.ts";

export interface RefundReceiptOptions {
  readonly copy: boolean;
  readonly training: boolean;
  /** The refund's journal hash in hexadecimal; its first eight characters are printed. */
  readonly journalHash: string;
}

/** What the customer takes home instead of the money's receipt: which sale, how much, which way, and by whose word. */
export function refundReceipt(
  refund: SaleRefund,
  terminalId: string,
  labels: RefundReceiptLabels,
  store: StoreHeader,
  options: RefundReceiptOptions,
): ReceiptDocument {
  const hash = options.journalHash.slice(0, 8);
  const elements: readonly ReceiptElement[] = [
    ...paperHead(options, labels, store),
    ...centered(labels.title, bold),
    { kind: "blank" },
    ...paymentOf(refund, labels),
    row(labels.refundNumber, refund.refundNo),
    row(labels.date, timeOnPaper(refund.given?.at ?? refund.requestedAt)),
    row(labels.till, terminalId),
    ...(refund.soldBy === undefined ? [] : [row(labels.soldBy, refund.soldBy)]),
    row(labels.cashier, refund.cashierName),
    ...(refund.reason === "" ? [] : [row(labels.reason, refund.reason)]),
    { kind: "rule" },
    row(labels.amount, yuanWithSign(refund.amountFen), large),
    ...wayBack(refund, labels),
    { kind: "rule" },
    // Cash leaves the drawer against a name; WeChat Pay keeps its own proof.
    ...(refund.kind === "cash" || isPaidByShop(refund) ? roomToSign(labels.signature) : []),
    ...(refund.kind === "charge" ? [] : [{ kind: "barcode", text: refund.saleNumber } as const]),
    ...centered(hash === "" ? "" : `${labels.journal} ${hash}`),
    ...marks(options, labels),
  ];
  return { elements };
}

/** The sale it was paid for; a payment that no sale books is known by its own number alone. */
function paymentOf({ kind, saleNumber, gateway }: SaleRefund, labels: RefundReceiptLabels): readonly ReceiptElement[] {
  if (kind !== "charge") return [row(labels.saleNumber, saleNumber)];
  return [row(labels.paymentNumber, gateway?.outTradeNo ?? "")];
}

function wayBack(refund: SaleRefund, labels: RefundReceiptLabels): readonly ReceiptElement[] {
  if (refund.gateway === null) return [row(labels.cash, yuanWithSign(refund.amountFen))];
  const { facts, transactionId, onward } = refund.gateway;
  const payerFen = facts?.payerRefundFen ?? refund.amountFen;
  return [
    row(labels.wechat, yuanWithSign(refund.amountFen)),
    // A coupon's part goes back to whoever gave the coupon.
    ...(payerFen < refund.amountFen ? [row(`  ${labels.customerGets}`, yuanWithSign(payerFen))] : []),
    ...(transactionId === null ? [] : [row(`  ${labels.transactionLastFour}`, transactionId.slice(-4))]),
    ...(facts === null ? [] : [row(`  ${labels.gatewayLastFour}`, facts.refundId.slice(-4))]),
    ...centered(onward === null ? labels.sameWay : isPaidByShop(refund) ? labels.shopPays : labels.toCard),
  ];
}

/** White above the line for a hand with a pen, and below it before the barcode. */
function roomToSign(label: string): readonly ReceiptElement[] {
  return [{ kind: "blank" }, row(label, "____________"), { kind: "blank" }];
}

/** Stuck money that came to the shop's own account: the customer signs for what the shop pays out. */
function isPaidByShop({ gateway }: SaleRefund): boolean {
  return gateway?.onward?.to === "shop-account";
}
