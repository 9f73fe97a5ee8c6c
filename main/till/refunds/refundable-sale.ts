import { fen } from "#core/money/fen.ts";
import type { PaidTender, PastRefund } from "#core/refund/refund-caps.ts";
import { paidTenders, pastRefunds, type SaleRefund } from "#core/refund/sale-refund.ts";
import { paidTendersOf, type SoldSale, soldSaleOf } from "#core/refund/sold-sale.ts";
import type { TillContext } from "#main/till/context.ts";
import type { OtherSale } from "#main/till/ports/other-sales.ts";
import { exchangesOfSale } from "#main/till/returns/exchange-drafts.ts";

/** A sale of which money may be given back here, and all that is known of what was. */
export interface Refundable {
  readonly sold: SoldSale;
  /** What was told of it, where another till sold it. */
  readonly other: OtherSale | null;
  readonly paid: readonly PaidTender[];
  /** Refunds by this till, oldest first. */
  readonly own: readonly SaleRefund[];
  /** As the caps see all refunds of it, by whatever till. */
  readonly past: readonly PastRefund[];
}

/**
 * This till's own sale, or another's that was looked up here; null for neither.
 * @param without the number of a refund that is left out of `past`: it is to be sent again
 */
export function refundableSale(till: TillContext, saleId: string, without: string | null = null): Refundable | null {
  const { store, config } = till.deps;
  const own = store.refundsOfSale(saleId);
  // What stands in a cart to be exchanged is promised, though nobody has given it yet.
  const promised = exchangesOfSale(till, saleId).flatMap(({ plan }) => plan.parts);
  const pastOwn = [
    ...pastRefunds(own.filter(({ refundNo }) => refundNo !== without)),
    ...promised.map(({ tenderId, amountFen }): PastRefund => {
      return { tenderId, amountFen, state: "succeeded", requestedAtMs: 0 };
    }),
  ];
  const found = store.sale(saleId);
  if (found !== null) {
    const { sale } = found;
    const paid = paidTenders(sale, Date.parse(sale.completedAt));
    return { sold: soldSaleOf(sale), other: null, paid, own, past: pastOwn };
  }
  const other = store.otherSale(saleId);
  if (other === null) return null;
  // What this till gave itself it knows better than whoever told of it.
  const elsewhere = other.claims.filter(({ terminalId }) => terminalId !== config.terminalId);
  const pastElsewhere = elsewhere.map(({ tenderId, amountFen, atMs }): PastRefund => {
    return { tenderId, amountFen: fen(amountFen), state: "succeeded", requestedAtMs: atMs };
  });
  const { sold } = other;
  return {
    sold,
    other,
    paid: paidTendersOf(sold, Date.parse(`${sold.businessDate}T12:00:00Z`)),
    own,
    past: [...pastOwn, ...pastElsewhere],
  };
}
