import type { SaleView } from "#contract/ipc/till-view.ts";
import { addFen } from "#core/money/fen.ts";
import type { ReturnedLine } from "#core/returns/sale-return.ts";
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
      saleNumber: exchange.kind === "of-sale" ? exchange.saleNumber : null,
      ...{ amountFen: addFen(creditFen, backFen), creditFen, dueFen, backFen },
      lines: exchange.lines.map(lineView),
      backParts: back,
    },
  };
}

function lineView(line: ReturnedLine): Omit<ReturnedLine, "sku"> {
  const { lineNumber, nameZh, nameEn, unit, quantity, worthFen, condition } = line;
  return { lineNumber, nameZh, nameEn, unit, quantity, worthFen, condition };
}
