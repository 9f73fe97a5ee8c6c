import type { ReturnableLineView } from "#contract/ipc/return-view.ts";
import type { GoodsCondition } from "#core/returns/sale-return.ts";

/** What of a line comes back, as it is chosen on the screen. Thousandths. */
export interface ChosenLine {
  readonly quantity: number;
  readonly condition: GoodsCondition;
}

/** By line number; a line that is not there brings nothing back. */
export type Chosen = ReadonlyMap<number, ChosenLine>;

export const nothingChosen: ChosenLine = { quantity: 0, condition: "back-to-stock" };

/** So many more or fewer of a line, within what remains. */
export function withQuantity(chosen: Chosen, line: ReturnableLineView, quantity: number): Chosen {
  const next = new Map(chosen);
  const within = Math.min(Math.max(0, quantity), line.remaining);
  const before = chosen.get(line.lineNumber) ?? nothingChosen;
  next.set(line.lineNumber, { ...before, quantity: within });
  return next;
}

/** A step is a piece; what was weighed comes back whole or not at all, unless its weight is typed. */
export function stepped(chosen: Chosen, line: ReturnableLineView, by: 1 | -1): Chosen {
  const now = chosen.get(line.lineNumber)?.quantity ?? 0;
  if (line.unit === "kg") return withQuantity(chosen, line, by === 1 ? line.remaining : 0);
  return withQuantity(chosen, line, now + by * 1000);
}

/** Everything that remains of a line, or nothing of it where that was chosen already. */
export function allOrNothing(chosen: Chosen, line: ReturnableLineView): Chosen {
  const isAll = chosen.get(line.lineNumber)?.quantity === line.remaining;
  return withQuantity(chosen, line, isAll ? 0 : line.remaining);
}

export function withCondition(chosen: Chosen, line: ReturnableLineView): Chosen {
  const before = chosen.get(line.lineNumber) ?? nothingChosen;
  const condition = before.condition === "damaged" ? "back-to-stock" : "damaged";
  return new Map(chosen).set(line.lineNumber, { ...before, condition });
}

/** As main is told, in the order of the sale. */
export function askedLines(
  chosen: Chosen,
): { readonly lineNumber: number; readonly quantity: number; readonly condition: GoodsCondition }[] {
  return [...chosen]
    .filter(([, { quantity }]) => quantity > 0)
    .toSorted(([a], [b]) => a - b)
    .map(([lineNumber, line]) => ({ lineNumber, ...line }));
}
