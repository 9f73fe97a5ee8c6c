import type { SqlRow } from "../store/sql.ts";
import type { CarriedWord } from "../carried/project-carried.ts";
import type { SaleBody } from "./bodies.ts";

/**
 * A sale as its rows hold it. It is made where the entry is read, which may be another thread: a row of values goes over in
 * half the time of an object, whose every name goes with it. sale-rows.ts says which column each value is of.
 */
export interface ToldSale {
  readonly saleId: string;
  readonly saleNumber: string;
  /** Who sold it, by its own word. */
  readonly terminalId: string;
  readonly businessDate: string;
  readonly totalFen: number;
  /** What the shop gave up of the full price: line and sale discounts, promotions and 抹零 together. */
  readonly discountFen: number;
  /** What was paid how. */
  readonly cashFen: number;
  readonly wechatFen: number;
  readonly staticCodeFen: number;
  /** `lines`: two lines or tenders share their key, so that they cannot be kept apart. Else which sums differ; null: none. */
  readonly unsound: string | null;
  /** From `shift_id` on; what is before it stands above. */
  readonly row: SqlRow;
  /** From `line_number` on. */
  readonly lines: readonly SqlRow[];
  /** From `tender_id` on. */
  readonly tenders: readonly SqlRow[];
  /** Payments that customers carried: the till's word that it has sold for them. */
  readonly carried: readonly CarriedWord[];
}

export function toldSale(sale: SaleBody): ToldSale {
  const { saleId, saleNumber, terminalId, businessDate, grossFen, totalFen } = sale;
  const { lineDiscountFen, saleDiscountFen, roundingFen, promotionFen = 0 } = sale;
  const discountFen = lineDiscountFen + promotionFen + saleDiscountFen + roundingFen;
  return {
    ...{ saleId, saleNumber, terminalId, businessDate, totalFen, discountFen },
    ...paidHow(sale),
    unsound: unsoundness(sale, discountFen),
    row: [
      ...[sale.shiftId, sale.cashierId, sale.cashierName, sale.completedAt, businessDate, sale.lines.length, grossFen],
      ...[discountFen, totalFen, sale.changeFen],
    ],
    lines: sale.lines.map((line) => [
      ...[line.lineNumber, line.sku, line.nameZh, line.nameEn, line.categoryId, line.unit, line.unitPriceFen],
      ...[line.quantity, line.grossFen, line.grossFen - line.netFen, line.netFen],
    ]),
    tenders: sale.tenders.map(tenderRow),
    carried: sale.tenders.flatMap(carriedWord),
  };
}

function carriedWord(tender: SaleBody["tenders"][number]): readonly CarriedWord[] {
  if (tender.kind !== "wechat" || tender.method !== "carried") return [];
  return [{ word: "sold", outTradeNo: tender.outTradeNo, amountFen: tender.amountFen, nonce: null }];
}

function tenderRow(tender: SaleBody["tenders"][number]): SqlRow {
  const { kind, tenderId, amountFen } = tender;
  switch (kind) {
    case "cash":
      return [tenderId, kind, amountFen, tender.receivedFen, tender.changeFen, null, null, null];
    case "wechat":
      return [tenderId, kind, amountFen, null, null, tender.outTradeNo, tender.transactionId, null];
    case "static-code":
      return [tenderId, kind, amountFen, null, null, null, null, "open"];
  }
}

function paidHow({ tenders }: SaleBody): Pick<ToldSale, "cashFen" | "wechatFen" | "staticCodeFen"> {
  let [cashFen, wechatFen, staticCodeFen] = [0, 0, 0];
  for (const { kind, amountFen } of tenders) {
    if (kind === "cash") cashFen += amountFen;
    else if (kind === "wechat") wechatFen += amountFen;
    else staticCodeFen += amountFen;
  }
  return { cashFen, wechatFen, staticCodeFen };
}

function unsoundness({ lines, tenders, totalFen, grossFen }: SaleBody, discountFen: number): string | null {
  const isTwice = (keys: readonly (string | number)[]) => keys.length > 1 && new Set(keys).size < keys.length;
  if (isTwice(lines.map(({ lineNumber }) => lineNumber)) || isTwice(tenders.map(({ tenderId }) => tenderId))) {
    return "lines";
  }
  let [netFen, tenderedFen] = [0, 0];
  for (const line of lines) netFen += line.netFen;
  for (const tender of tenders) tenderedFen += tender.amountFen;
  if (netFen !== totalFen) return "lines and total";
  if (tenderedFen !== totalFen) return "tenders and total";
  return grossFen - discountFen === totalFen ? null : "discounts and total";
}
