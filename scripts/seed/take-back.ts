import { pointsOfReturn } from "#core/members/points-back.ts";
import { addFen, fen, zeroFen } from "#core/money/fen.ts";
import { refundReceipt } from "#core/receipt/refund-receipt.ts";
import { returnReceipt } from "#core/receipt/return-receipt.ts";
import { paidTenders, refundNumber, type SaleRefund } from "#core/refund/sale-refund.ts";
import { newRefund } from "#core/refund/step-refund.ts";
import { goodsOfRefunds } from "#core/returns/refunded-goods.ts";
import { planReturn, type ReturnPart, type ReturnPlan } from "#core/returns/return-plan.ts";
import { judgeReturn, paidForLine } from "#core/returns/returned-lines.ts";
import type { ReturnedLine, SaleReturn } from "#core/returns/sale-return.ts";
import { assert } from "#core/result.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import { taxOfPart } from "#core/tax/line-tax.ts";
import { header, manager, nowIn, onPaper, type OpenShift, type SeedShop, shopTerminalId, texts } from "./shop.ts";

const reason = "顾客退货";
/** The gateway gives money back within. Milliseconds. */
const refundMs = 4_000;

/** A customer brings one line of a recent sale back: goods, money and points, as the till books them. */
export function takeBack(shop: SeedShop, open: OpenShift): void {
  const { store, chance, clock } = shop;
  const [sale] = shop.recent.splice(chance.below(shop.recent.length), 1);
  const line = sale?.lines[chance.below(sale.lines.length)];
  if (sale === undefined || line === undefined || line.netFen === 0) return;
  const returnId = chance.id(clock.nowMs);
  const { lines, plan } = judged(sale, line, clock.nowMs, chance.percent(80) ? "back-to-stock" : "damaged");
  const refunds = plan.parts.map((part) => refundOf(shop, open, { sale, line, part, returnId }));
  const money = {
    cashFen: sumOf(refunds, "cash"),
    wechatFen: sumOf(refunds, "wechat"),
  };
  const given: SaleReturn = {
    ...{ returnId, saleId: sale.saleId, saleNumber: sale.saleNumber, lines },
    ...{ worthFen: plan.worthFen, amountFen: plan.amountFen, refundNos: refunds.map(({ refundNo }) => refundNo) },
    ...pointsBack(shop, sale, lines),
    ...{ reason, cashierId: open.cashier.id, cashierName: open.cashier.name, approvedBy: manager.id },
    ...{ at: nowIn(shop), businessDate: open.shift.businessDate },
  };
  const place = { terminalId: shopTerminalId, labels: texts.returned, store: header };
  store.giveReturn(given, refunds, (done, journalHash) =>
    onPaper(returnReceipt(done, money, place, { copy: false, training: false, journalHash })),
  );
  if (given.points !== undefined) shop.points.set(given.points.memberId, given.points.balance);
  for (const refund of refunds) if (refund.gateway !== null) arrive(shop, open, refund);
  // Their papers have come out of the printer like everything else's.
  for (const { jobId } of store.unfinishedPrintJobs()) store.setPrintState(jobId, "printed");
}

function judged(sale: Sale, line: SaleLine, nowMs: number, condition: ReturnedLine["condition"]) {
  const { lineNumber, quantity, unit, sku, nameZh, nameEn } = line;
  const returnable = { lineNumber, unit, quantity, paidFen: paidForLine(line) };
  const worth = judgeReturn([{ lineNumber, quantity }], [returnable], []);
  assert(worth.ok, "a whole line may come back");
  const plan = planReturn(worth.value.worthFen, paidTenders(sale, Date.parse(sale.completedAt)), [], nowMs);
  assert(plan.ok, "a sale of today gives its money back");
  const back: ReturnedLine = {
    ...{ lineNumber, sku, nameZh, nameEn, unit, quantity, worthFen: worth.value.worthFen, condition },
  };
  return { lines: [back], plan: plan.value satisfies ReturnPlan };
}

function refundOf(
  shop: SeedShop,
  { cashier, shift }: OpenShift,
  of: { readonly sale: Sale; readonly line: SaleLine; readonly part: ReturnPart; readonly returnId: string },
): SaleRefund {
  const { sale, line, part, returnId } = of;
  const { tenderId, amountFen, inCash } = part;
  const tender = sale.tenders.find((one) => one.tenderId === tenderId);
  const wechat = tender?.kind === "wechat" && !inCash ? tender : null;
  const refundNo = refundNumber(wechat?.outTradeNo ?? sale.saleNumber, []);
  const { nowMs } = shop.clock;
  const { sku, categoryId, taxClass, netFen, taxBasisPoints, taxFen } = line;
  const tax =
    taxBasisPoints === undefined || taxFen === undefined
      ? {}
      : { taxBasisPoints, taxFen: taxOfPart({ amountFen: netFen, taxFen }, zeroFen, netFen) };
  const [goods = []] = goodsOfRefunds([{ sku, categoryId, taxClass, worthFen: netFen, ...tax }], [amountFen]);
  return {
    ...{ refundNo, requestId: `${returnId} 1`, kind: wechat === null ? "cash" : "wechat", saleId: sale.saleId },
    ...{ saleNumber: sale.saleNumber, tenderId, amountFen, reason, cashierId: cashier.id, cashierName: cashier.name },
    ...{ approvedBy: manager.id, requestedAt: nowIn(shop), requestedAtMs: nowMs, handled: null, goods },
    state: wechat === null ? "succeeded" : "requested",
    given: wechat === null ? { at: nowIn(shop), businessDate: shift.businessDate } : null,
    gateway:
      wechat === null
        ? null
        : newRefund({
            ...{ outRefundNo: refundNo, saleId: sale.saleId, tenderId, amountFen, reason, nowMs },
            ...{ outTradeNo: wechat.outTradeNo, transactionId: wechat.transactionId, totalFen: wechat.amountFen },
          }),
  };
}

/** The gateway has given it back. */
function arrive(shop: SeedShop, { shift }: OpenShift, refund: SaleRefund): void {
  const { gateway, refundNo, amountFen } = refund;
  if (gateway === null) return;
  const createTime = nowIn(shop);
  shop.clock.nowMs += refundMs;
  const at = nowIn(shop);
  const facts = { refundId: `50300${refundNo}`, payerRefundFen: amountFen, createTime, successTime: at };
  shop.store.settleRefund(
    { ...gateway, state: "succeeded", sendTries: 1, facts },
    { at, businessDate: shift.businessDate },
    (done, journalHash) =>
      onPaper(refundReceipt(done, shopTerminalId, texts.refund, header, { copy: false, training: false, journalHash })),
  );
}

function pointsBack(shop: SeedShop, sale: Sale, lines: readonly ReturnedLine[]): Pick<SaleReturn, "points"> {
  const points = pointsOfReturn(sale, lines, []);
  if (points === null || (points.takenBack === 0 && points.givenBack === 0)) return {};
  const had = shop.points.get(points.memberId) ?? 0;
  return { points: { ...points, balance: had - points.takenBack + points.givenBack } };
}

function sumOf(refunds: readonly SaleRefund[], kind: SaleRefund["kind"]) {
  return addFen(fen(0), ...refunds.filter((one) => one.kind === kind).map(({ amountFen }) => amountFen));
}
