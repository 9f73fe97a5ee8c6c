import type { Cashier } from "#core/access/role.ts";
import { zeroFen } from "#core/money/fen.ts";
import type { ExchangeSplit, ReturnPart } from "#core/returns/return-plan.ts";
import { assert } from "#core/result.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import type { TillContext } from "#main/till/context.ts";
import { givenNow, refundsOf } from "#main/till/refunds/building-refunds.ts";
import { pointsBack } from "#main/till/members/points-of-return.ts";
import { refundableSale } from "#main/till/refunds/refundable-sale.ts";
import { looseReturnOf } from "#main/till/loose-returns/building-loose-returns.ts";
import type { BookedExchange, Draft, LooseExchange, SaleExchange } from "#main/till/ports/sales-store.ts";
import { exchangeSplitOf } from "./exchange-drafts.ts";
import { moneyBackOf } from "./return-paper.ts";

/**
 * What the returned goods pay of the new ones, as a tender: cash that left the drawer and came back into it in the same
 * moment, so that sale and refund are each whole by themselves and no drawer is off. Its id is the exchange's.
 */
export function creditTenders(draft: Draft): readonly Tender[] {
  const { exchange } = draft;
  const amountFen = exchangeSplitOf(draft)?.creditFen ?? zeroFen;
  if (exchange === undefined || amountFen === 0) return [];
  return [{ kind: "cash", tenderId: exchange.returnId, amountFen, receivedFen: amountFen, changeFen: zeroFen }];
}

/** The return of a cart as it is booked with its sale; null without one. */
export function exchangeOf(till: TillContext, draft: Draft, seller: Cashier): ((sale: Sale) => BookedExchange) | null {
  const { exchange } = draft;
  const split = exchangeSplitOf(draft);
  if (exchange === undefined || split === null) return null;
  return exchange.kind === "loose"
    ? looseExchangeOf(till, exchange, split, seller)
    : saleExchangeOf(till, exchange, split, seller);
}

function looseExchangeOf(
  till: TillContext,
  exchange: LooseExchange,
  { creditFen, backFen }: ExchangeSplit,
  seller: Cashier,
): (sale: Sale) => BookedExchange {
  return ({ saleId, saleNumber, shiftId }) => ({
    kind: "loose",
    returnId: exchange.returnId,
    build: looseReturnOf(till, exchange, {
      ...{ cashier: seller, shiftId },
      exchange: { saleId, saleNumber, creditFen, backCashFen: backFen },
    }),
  });
}

function saleExchangeOf(
  till: TillContext,
  exchange: SaleExchange,
  split: ExchangeSplit,
  seller: Cashier,
): (sale: Sale) => BookedExchange {
  const refundable = refundableSale(till, exchange.saleId);
  assert(refundable !== null, "the sale of a return in a cart is known here");
  const { plan, checks, returnId, reason, approvedBy, lines } = exchange;
  const checkOf = (part: ReturnPart) =>
    checks[plan.parts.findIndex(({ tenderId }) => tenderId === part.tenderId)] ?? null;
  // What goes through the gateway last: a till that dies then has it on disk like any other refund.
  const parts = [...split.credit, ...split.back];
  const by = { cashier: seller, approvedBy, reason };
  const refunds = refundsOf(till, refundable, returnId, { parts, checks: parts.map(checkOf), lines }, by);
  const back = moneyBackOf(refunds.slice(split.credit.length));
  const { sold, other } = refundable;
  return (sale) => ({
    ...{ kind: "of-sale", refunds },
    given: {
      ...{ returnId, saleId: sold.saleId, saleNumber: sold.saleNumber },
      ...(other === null ? {} : { soldBy: sold.terminalId }),
      ...{ lines, worthFen: plan.worthFen, amountFen: plan.amountFen },
      // Inside the commit: the new sale's points are in the balance already.
      ...pointsBack(till, sold.saleId, lines),
      refundNos: refunds.map(({ refundNo }) => refundNo),
      ...{ reason, cashierId: seller.id, cashierName: seller.name, approvedBy },
      ...givenNow(till),
      exchange: {
        ...{ saleId: sale.saleId, saleNumber: sale.saleNumber, creditFen: split.creditFen },
        ...{ backCashFen: back.cashFen, backWechatFen: back.wechatFen },
      },
    },
  });
}

/** Whether the drawer gives something beside the exchange. */
export function givesCashBack(draft: Draft): boolean {
  return exchangeSplitOf(draft)?.back.some(({ inCash }) => inCash) ?? false;
}
