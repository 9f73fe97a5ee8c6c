import type { Cashier } from "#core/access/role.ts";
import { addFen, type Fen, fen, zeroFen } from "#core/money/fen.ts";
import { type RefundCheck, refundNumber, type SaleRefund } from "#core/refund/sale-refund.ts";
import type { ReturnPart } from "#core/returns/return-plan.ts";
import { goodsOfRefunds, type RefundedGoods, type WorthLine } from "#core/returns/refunded-goods.ts";
import type { ReturnedLine } from "#core/returns/sale-return.ts";
import { newRefund } from "#core/refund/step-refund.ts";
import { assert } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { SaleLine } from "#core/sale/sale.ts";
import { taxOfPart } from "#core/tax/line-tax.ts";
import type { TillContext } from "#main/till/context.ts";
import type { GivenBack } from "#main/till/ports/sales-store.ts";
import { today } from "#main/till/today.ts";
import type { Refundable } from "./refundable-sale.ts";

/** How much of which payment goes back, and which way. */
export interface RefundedPart {
  readonly requestId: string;
  readonly tenderId: string;
  readonly amountFen: number;
  readonly inCash?: boolean | undefined;
  /** What came back for it. */
  readonly goods?: readonly RefundedGoods[] | undefined;
}

/** By whose hand and whose word, and why. */
export interface RefundedBy {
  readonly cashier: Cashier;
  readonly approvedBy: string;
  readonly reason: string;
}

/** The refund as it goes to disk: cash is given with it, what goes through the gateway is requested. */
export function buildRefund(
  till: TillContext,
  { sold, other, own }: Refundable,
  { requestId, tenderId, inCash, amountFen: asked, goods = [] }: RefundedPart,
  { cashier, approvedBy, reason }: RefundedBy,
): SaleRefund {
  const nowMs = till.deps.clock.now();
  const tender = sold.tenders.find((one) => one.tenderId === tenderId);
  assert(tender !== undefined, "a refund is of a payment of its sale");
  // The gateway knows nothing of what was paid to the printed code: that goes back from the drawer too.
  const outTradeNo = tender.kind === "wechat" && inCash !== true ? tender.outTradeNo : null;
  const isCash = outTradeNo === null;
  const by = other === null ? null : till.deps.config.terminalId;
  const refundNo = refundNumber(outTradeNo ?? sold.saleNumber, own, by);
  const amountFen = fen(asked);
  const { saleId, saleNumber } = sold;
  return {
    ...{ refundNo, requestId, kind: isCash ? "cash" : "wechat", saleId, saleNumber, tenderId, amountFen, reason },
    cashierId: cashier.id,
    cashierName: cashier.name,
    approvedBy,
    requestedAt: localIso(nowMs, till.deps.config.store.utcOffsetMinutes),
    requestedAtMs: nowMs,
    state: isCash ? "succeeded" : "requested",
    given: isCash ? givenNow(till) : null,
    handled: null,
    ...(other === null ? {} : { soldBy: sold.terminalId }),
    ...(goods.length === 0 ? {} : { goods }),
    gateway:
      outTradeNo === null
        ? null
        : newRefund({
            ...{ outRefundNo: refundNo, saleId, tenderId, amountFen, reason, nowMs, outTradeNo },
            transactionId: tender.transactionId,
            totalFen: tender.amountFen,
          }),
  };
}

/** A return's money on its way: in which parts, under which words, for which goods. */
export interface ReturnedMoney {
  readonly parts: readonly ReturnPart[];
  readonly checks: readonly (RefundCheck | null)[];
  readonly lines: readonly ReturnedLine[];
}

/** One refund a part, numbered one after the other. */
export function refundsOf(
  till: TillContext,
  refundable: Refundable,
  requestId: string,
  { parts, checks, lines }: ReturnedMoney,
  by: RefundedBy,
): readonly SaleRefund[] {
  const refunds: SaleRefund[] = [];
  const goods = goodsOf(till, refundable, { parts, lines });
  for (const [index, part] of parts.entries()) {
    const numbered = { ...refundable, own: [...refundable.own, ...refunds] };
    const asked = { ...part, requestId: `${requestId} ${index + 1}`, goods: goods[index] };
    const refund = buildRefund(till, numbered, asked, by);
    const check = checks[index] ?? null;
    refunds.push(check === null ? refund : { ...refund, check });
  }
  return refunds;
}

/** Of which goods each part is; of another till's sale nobody here knows what its lines were. */
function goodsOf(
  till: TillContext,
  { sold, other }: Refundable,
  { parts, lines }: Pick<ReturnedMoney, "parts" | "lines">,
): readonly (readonly RefundedGoods[])[] {
  const soldLines = other === null ? till.deps.store.sale(sold.saleId)?.sale.lines : undefined;
  if (soldLines === undefined) return [];
  const before = till.deps.store.returnsOfSale(sold.saleId).flatMap(({ lines: earlier }) => earlier);
  const worths = lines.flatMap(({ lineNumber, worthFen }) => {
    const line = soldLines.find((one) => one.lineNumber === lineNumber);
    return line === undefined ? [] : [worthLine(line, before, worthFen)];
  });
  return goodsOfRefunds(
    worths,
    parts.map(({ amountFen }) => amountFen),
  );
}

/** So much of a sold line, with the tax in it. */
function worthLine(line: SaleLine, before: readonly ReturnedLine[], worthFen: Fen): WorthLine {
  const { sku, categoryId, taxClass, netFen, taxBasisPoints, taxFen } = line;
  const worth = { sku, categoryId, taxClass, worthFen };
  if (taxBasisPoints === undefined || taxFen === undefined) return worth;
  const earlier = before.filter(({ lineNumber }) => lineNumber === line.lineNumber);
  const beforeFen = addFen(zeroFen, ...earlier.map((one) => one.worthFen));
  return { ...worth, taxBasisPoints, taxFen: taxOfPart({ amountFen: netFen, taxFen }, beforeFen, worthFen) };
}

/** The moment and the business day of money that goes back now. */
export function givenNow(till: TillContext): GivenBack {
  const { clock, config } = till.deps;
  return { at: localIso(clock.now(), config.store.utcOffsetMinutes), businessDate: today(till) };
}
