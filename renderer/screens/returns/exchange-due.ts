import type { SaleView } from "#contract/ipc/till-view.ts";
import type { Fen } from "#core/money/fen.ts";

/** What the cart comes to: paid by the customer, given back to them, neither, or a credit that waits for new goods. */
export type CartDue = { readonly kind: "sale" | "credit" | "due" | "back" | "even"; readonly amountFen: Fen };

export function cartDue({ exchange, totalFen, lines }: SaleView): CartDue {
  if (exchange === undefined) return { kind: "sale", amountFen: totalFen };
  // Nothing is given back yet: the new goods come first.
  if (lines.length === 0) return { kind: "credit", amountFen: exchange.amountFen };
  if (exchange.dueFen > 0) return { kind: "due", amountFen: exchange.dueFen };
  if (exchange.backFen > 0) return { kind: "back", amountFen: exchange.backFen };
  return { kind: "even", amountFen: exchange.dueFen };
}

/** Nobody pays: the exchange is finished by the pay key itself. */
export function isFinishedByKey(sale: SaleView): boolean {
  return sale.exchange !== undefined && sale.lines.length > 0 && sale.exchange.dueFen === 0;
}
