import type { Fen } from "#core/money/fen.ts";
import type { Sale, TenderKind } from "#core/sale/sale.ts";
import type { PaidTender } from "./refund-caps.ts";

/** A paid part of a sale, with what giving it back needs. */
export interface SoldTender {
  readonly tenderId: string;
  readonly kind: TenderKind;
  readonly amountFen: Fen;
  /** Of WeChat Pay; null for all else. */
  readonly outTradeNo: string | null;
  /** The gateway's own number; null where it is not WeChat Pay, or was not told. */
  readonly transactionId: string | null;
}

/** A sale as far as giving its money back goes: this till's own, or another's as the shop or the paper tells it. */
export interface SoldSale {
  /** The till that sold it. */
  readonly terminalId: string;
  readonly saleId: string;
  readonly saleNumber: string;
  /** YYYY-MM-DD. */
  readonly businessDate: string;
  readonly totalFen: Fen;
  readonly tenders: readonly SoldTender[];
}

export function soldSaleOf(sale: Sale): SoldSale {
  const { terminalId, saleId, saleNumber, businessDate, totalFen } = sale;
  const tenders = sale.tenders.map((tender): SoldTender => {
    const { tenderId, kind, amountFen } = tender;
    const isWechat = tender.kind === "wechat";
    return {
      ...{ tenderId, kind, amountFen },
      outTradeNo: isWechat ? tender.outTradeNo : null,
      transactionId: isWechat ? tender.transactionId : null,
    };
  });
  return { terminalId, saleId, saleNumber, businessDate, totalFen, tenders };
}

/**
 * As the caps see another till's sale. What a coupon paid is not known here; only an estimate on the screen needs it.
 * @param paidAtMs some time of its business day, milliseconds since the epoch: it only decides about the gateway's year
 */
export function paidTendersOf(sold: SoldSale, paidAtMs: number): readonly PaidTender[] {
  return sold.tenders.map(({ tenderId, kind, amountFen }) => {
    return { tenderId, kind, amountFen, payerTotalFen: amountFen, paidAtMs };
  });
}
