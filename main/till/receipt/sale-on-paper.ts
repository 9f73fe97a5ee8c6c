import type { Sale } from "#core/sale/sale.ts";
import type { TillContext } from "#main/till/context.ts";

/** The QR on our own receipts, as `layOutSaleReceipt` words it. */
const receiptQr = /^tillway:([0-9A-Z]{1,8}-\d{6,15}):/;

/** The gateway's numbers have 28 digits so far, and a field of 32. */
const transactionId = /^\d{20,32}$/;

/** A sale's number, as `formatSaleNumber` words it. */
const saleNumber = /^[0-9A-Z]{1,8}-\d{6,15}$/;

/**
 * The sale that a code on paper or in a customer's WeChat bill tells of, the shop's number (商户单号) or the gateway's own
 * (交易单号); null where it tells of none.
 */
export function saleOnPaper(till: TillContext, text: string): Sale | null {
  const { store } = till.deps;
  const number = receiptQr.exec(text)?.[1] ?? (saleNumber.test(text) ? text : null);
  if (number !== null) return store.saleByNumber(number)?.sale ?? null;
  const attempt = store.attempt(text);
  if (attempt === null) return transactionId.test(text) ? (store.saleByTransaction(text)?.sale ?? null) : null;
  return store.sale(attempt.saleId)?.sale ?? null;
}
