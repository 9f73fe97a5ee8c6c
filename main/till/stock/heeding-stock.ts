import type { Cart, CartEvent } from "#core/cart/cart.ts";
import { fail } from "#core/result.ts";
import { isShort } from "#core/stock/stock-level.ts";
import type { TillContext } from "#main/till/context.ts";
import { notify, withdrawNotices } from "#main/till/notices.ts";
import type { Outcome } from "#main/till/outcome.ts";
import type { JournalDraft } from "#main/till/ports/sales-store.ts";
import type { ShortStop } from "./stock-state.ts";

/**
 * Before the cart becomes `after`: more of an item than the books have is said in a line, or stopped until a manager's
 * word, as the shop wants it. What is counted wrongly on the shelf stops nothing where it wants neither.
 *
 * @returns the refusal, or null where the cart may change
 */
export function heedStock(till: TillContext, event: CartEvent, after: Cart, entry?: JournalDraft): Outcome | null {
  const policy = till.deps.store.stockPolicy();
  if (policy === "allow") return null;
  const before = till.state.draft.cart;
  const sku = skuOf(event, after);
  if (sku === null) return null;
  const wantedMilli = quantityIn(after, sku);
  if (wantedMilli <= quantityIn(before, sku)) return null;
  const [level] = till.deps.store.stockLevels([sku]);
  if (level === undefined || level.levelMilli === null || !isShort(level, wantedMilli)) return null;
  const { allowed } = till.state.stock;
  const isAllowed = allowed.saleId === before.saleId && allowed.skus.has(sku);
  if (policy === "refuse" && isAllowed) return null;
  const stopId = policy === "refuse" ? till.deps.newId() : null;
  const { levelMilli } = level;
  const { nameZh = sku, nameEn = sku, unit = "piece" } = after.lines.find((line) => line.sku === sku) ?? {};
  withdrawNotices(till, (notice) => notice.kind === "stock-short" && notice.sku === sku);
  notify(till, { kind: "stock-short", stopId, sku, nameZh, nameEn, unit, levelMilli });
  if (stopId === null) return null;
  const stop: ShortStop = { stopId, saleId: before.saleId, sku, levelMilli, wantedMilli, event, entry };
  till.state.stock.stops = [...till.state.stock.stops.filter((one) => isNoticed(till, one.stopId)), stop];
  return fail({ kind: "stock-short", nameZh, nameEn });
}

/** The stop, as long as its sentence stands on the strip and its sale is the one being rung up. */
export function standingStop(till: TillContext, stopId: string): ShortStop | null {
  const stop = till.state.stock.stops.find((one) => one.stopId === stopId && isNoticed(till, stopId));
  return stop?.saleId === till.state.draft.cart.saleId ? stop : null;
}

function isNoticed(till: TillContext, stopId: string): boolean {
  return till.state.notices.some((notice) => notice.kind === "stock-short" && notice.stopId === stopId);
}

function skuOf(event: CartEvent, after: Cart): string | null {
  if (event.kind === "line-added") return event.line.sku;
  if (event.kind !== "quantity-set") return null;
  return after.lines.find(({ id }) => id === event.lineId)?.sku ?? null;
}

function quantityIn(cart: Cart, sku: string): number {
  return cart.lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
}
