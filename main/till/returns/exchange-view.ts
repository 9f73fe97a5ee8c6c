import type { SaleView } from "#contract/ipc/till-view.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";
import { exchangeSplitOf } from "./exchange-drafts.ts";

/** The return that stands in the cart, and what it comes to beside the new goods. */
export function exchangeView(draft: Draft): Pick<SaleView, "exchange"> {
  const { exchange } = draft;
  const split = exchangeSplitOf(draft);
  if (exchange === undefined || split === null) return {};
  const { creditFen, dueFen, backFen, back } = split;
  return {
    exchange: {
      ...{ saleNumber: exchange.saleNumber, amountFen: exchange.plan.amountFen, creditFen, dueFen, backFen },
      lines: exchange.lines.map(({ sku: _sku, ...line }) => line),
      backParts: back,
    },
  };
}
