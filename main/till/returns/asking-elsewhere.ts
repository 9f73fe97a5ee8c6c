import type { ReturnedPart } from "#core/returns/returned-lines.ts";
import type { TillContext } from "#main/till/context.ts";
import type { Refundable } from "#main/till/refunds/refundable-sale.ts";

/** Who could say what other tills took back of a sale; `alone`: this till belongs to no head office. */
export type ToldBy = "office" | "relay" | "nobody" | "alone";

/**
 * Asks what other tills took back of a sale, and keeps it: where nobody answers, what was told last still counts. Another
 * till's sale was asked for when it was found, a moment ago, and is not asked for twice.
 */
export async function askElsewhere(till: TillContext, { sold, other }: Refundable): Promise<ToldBy> {
  const { sync, store } = till.deps;
  if (other !== null) return other.toldBy === "receipt" ? "nobody" : other.toldBy;
  if (sync === null || sync === undefined || !sync.refunds.isOpen()) return "alone";
  const told = await sync.refunds.lookUp(sold.saleNumber, sync.refunds.receiptCode(sold));
  if (told === null || told === "refused") return "nobody";
  // Whoever does not have the sale yet knows of no return of it either.
  if (told.answer.kind === "found") {
    store.keepReturnedElsewhere(sold.saleId, elsewhere(till, told.answer.returned ?? []));
  }
  return told.place;
}

/** Without this till's own, which it knows better than whoever tells of them. */
export function elsewhere(
  till: TillContext,
  returned: readonly (ReturnedPart & { readonly terminalId: string })[],
): readonly ReturnedPart[] {
  return returned
    .filter(({ terminalId }) => terminalId !== till.deps.config.terminalId)
    .map(({ lineNumber, quantity }) => ({ lineNumber, quantity }));
}
