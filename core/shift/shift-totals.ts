import { addFen, type Fen, subtractFen, zeroFen } from "#core/money/fen.ts";
import type { Sale, TenderKind } from "#core/sale/sale.ts";
import type { ShiftTotals } from "./shift.ts";

/** What a shift starts from: nothing taken, its float in the drawer. */
export function emptyShiftTotals(floatFen: Fen): ShiftTotals {
  return {
    saleCount: 0,
    salesFen: zeroFen,
    cashFen: zeroFen,
    wechatFen: zeroFen,
    staticCodeFen: zeroFen,
    discountFen: zeroFen,
    refundCount: 0,
    refundCashFen: zeroFen,
    refundWechatFen: zeroFen,
    expectedCashFen: floatFen,
  };
}

/** The totals after one more sale. Cash counts what it covered: change never stayed in the drawer. */
export function addSale(totals: ShiftTotals, sale: Sale): ShiftTotals {
  const cashFen = sumTenders(sale, "cash");
  return {
    ...totals,
    saleCount: totals.saleCount + 1,
    salesFen: addFen(totals.salesFen, sale.totalFen),
    cashFen: addFen(totals.cashFen, cashFen),
    wechatFen: addFen(totals.wechatFen, sumTenders(sale, "wechat")),
    staticCodeFen: addFen(totals.staticCodeFen, sumTenders(sale, "static-code")),
    discountFen: addFen(totals.discountFen, sale.lineDiscountFen, sale.saleDiscountFen, sale.roundingFen),
    expectedCashFen: addFen(totals.expectedCashFen, cashFen),
  };
}

/** The totals after one more refund: what was sold stays sold, cash leaves the drawer. */
export function addRefund(
  totals: ShiftTotals,
  refund: { readonly kind: "cash" | "wechat"; readonly amountFen: Fen },
): ShiftTotals {
  const cashFen = refund.kind === "cash" ? refund.amountFen : zeroFen;
  return {
    ...totals,
    refundCount: totals.refundCount + 1,
    refundCashFen: addFen(totals.refundCashFen, cashFen),
    refundWechatFen: addFen(totals.refundWechatFen, subtractFen(refund.amountFen, cashFen)),
    expectedCashFen: subtractFen(totals.expectedCashFen, cashFen),
  };
}

function sumTenders(sale: Sale, kind: TenderKind): Fen {
  return addFen(zeroFen, ...sale.tenders.filter((tender) => tender.kind === kind).map((tender) => tender.amountFen));
}
