import type { Locale, ReceiptLanguage } from "#contract/config/terminal.ts";
import { memberLabel } from "#core/members/member.ts";
import type { PaperColumns, PrintLine } from "#core/receipt/document.ts";
import type { StoreHeader } from "#core/receipt/labels.ts";
import { layOut } from "#core/receipt/layout.ts";
import { refundReceipt } from "#core/receipt/refund-receipt.ts";
import { mostReceiptCodeBytes } from "#core/receipt/receipt-code.ts";
import { soldSaleOf } from "#core/refund/sold-sale.ts";
import { saleReceipt } from "#core/receipt/sale-receipt.ts";
import { cashSlip } from "#core/receipt/cash-slip.ts";
import { type ShiftReport, shiftReceipt } from "#core/receipt/shift-receipt.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { CashMove } from "#core/shift/cash-move.ts";
import type { TillContext } from "#main/till/context.ts";
import { returnedFor } from "#main/till/returns/returned-for.ts";
import { headerOf } from "#main/till/receipt/store-header.ts";
import { receiptTexts } from "#main/till/receipt/receipt-texts.ts";

/** The receipt as it prints on this till's paper; on 80 mm paper where there is no printer. */
export function layOutSaleReceipt(
  till: TillContext,
  sale: Sale,
  journalHash: string,
  isCopy: boolean,
): readonly PrintLine[] {
  const { config, store } = till.deps;
  const texts = receiptTexts(paperLanguage(till));
  const returned = returnedFor(till, sale.saleId);
  const member = sale.member === undefined ? null : store.member(sale.member.memberId);
  const document = saleReceipt(sale, texts.sale, storeHeader(till), {
    ...(member === null || member.isDeleted ? {} : { memberLabel: memberLabel(member) }),
    ...(returned === null ? {} : { exchange: { returned, labels: texts.returned } }),
    copy: isCopy,
    training: till.deps.isTraining === true,
    journalHash,
    showsPacks: config.goods.packOnReceipt,
    qrText: qrTextOf(till, sale, journalHash),
  });
  return layOut(document, columnsOf(till));
}

/**
 * What a refund starts from. A till of a shop with several signs it, so that the others can give money back by the paper
 * alone; one that is not enrolled, or has more to say than a QR holds, says the sale, its total and the journal's word.
 */
function qrTextOf(till: TillContext, sale: Sale, journalHash: string): string {
  const signed = till.deps.sync?.refunds.receiptCode(soldSaleOf(sale)) ?? null;
  if (signed !== null && signed.length <= mostReceiptCodeBytes) return signed;
  return `tillway:${sale.saleNumber}:${sale.totalFen}:${journalHash.slice(0, 16)}`;
}

/** X or Z; a `copy` is of a Z that was printed before. */
export function layOutShiftReceipt(till: TillContext, report: ShiftReport, isCopy = false): readonly PrintLine[] {
  const options = { copy: isCopy, training: till.deps.isTraining === true };
  const labels = receiptTexts(slipLanguage(till)).shift;
  return layOut(shiftReceipt(report, labels, slipHeader(till), options), columnsOf(till));
}

export function layOutCashSlip(till: TillContext, move: CashMove): readonly PrintLine[] {
  const { terminalId } = till.deps.config;
  const options = {
    copy: false,
    training: till.deps.isTraining === true,
    terminalId,
    approvedByName: nameOf(till, move.approvedBy),
  };
  const labels = receiptTexts(slipLanguage(till)).cash;
  return layOut(cashSlip(move, labels, slipHeader(till), options), columnsOf(till));
}

/** Of somebody who works here, or worked here: their id where nobody knows it any more. */
export function nameOf(till: TillContext, cashierId: string | null): string | null {
  const record = till.deps.store.listPinRecords().find(({ cashier }) => cashier.id === cashierId);
  return record?.cashier.name ?? cashierId;
}

export function layOutRefundReceipt(till: TillContext, refund: SaleRefund, journalHash: string): readonly PrintLine[] {
  const { terminalId } = till.deps.config;
  const options = { copy: false, training: till.deps.isTraining === true, journalHash };
  const labels = receiptTexts(paperLanguage(till)).refund;
  return layOut(refundReceipt(refund, terminalId, labels, storeHeader(till), options), columnsOf(till));
}

export function columnsOf(till: TillContext): PaperColumns {
  return till.deps.config.devices.printer?.columns ?? 48;
}

/** What the shop's own people read is in one language, also where the customers' papers are in both. */
export function slipLanguage(till: TillContext): Locale {
  const { receiptLanguage, locale } = till.deps.config;
  return receiptLanguage === undefined || receiptLanguage === "both" ? locale : receiptLanguage;
}

/** Of what customers take home. */
export function paperLanguage(till: TillContext): ReceiptLanguage {
  const { receiptLanguage, locale } = till.deps.config;
  return receiptLanguage ?? locale;
}

export function storeHeader(till: TillContext): StoreHeader {
  return headerOf(till.deps.config.store, paperLanguage(till));
}

export function slipHeader(till: TillContext): StoreHeader {
  return headerOf(till.deps.config.store, slipLanguage(till));
}
