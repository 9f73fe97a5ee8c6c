import type { SaleView } from "#contract/ipc/till-view.ts";
import type { Fen } from "#core/money/fen.ts";

/** What the cart comes to: paid by the customer, given back to them, or neither. */
export type CartDue = { readonly kind: "sale" | "due" | "back" | "even"; readonly amountFen: Fen };

export function cartDue({ exchange, totalFen, lines }: SaleView): CartDue {
  if (exchange === undefined) return { kind: "sale", amountFen: totalFen };
  if (exchange.dueFen > 0) return { kind: "due", amountFen: exchange.dueFen };
  if (exchange.backFen > 0) return { kind: "back", amountFen: exchange.backFen };
  return { kind: lines.length === 0 ? "due" : "even", amountFen: exchange.dueFen };
}

/** Nobody pays: the exchange is finished by the pay key itself. */
export function isFinishedByKey(sale: SaleView): boolean {
  return sale.exchange !== undefined && sale.lines.length > 0 && sale.exchange.dueFen === 0;
}
