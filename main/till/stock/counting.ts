import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { CountView, StockRowView, TakeRowView, TakeView } from "#contract/ipc/stock-intents.ts";
import { maxMilli } from "#core/quantity/quantity.ts";
import { fail, ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { differenceOf, isUnsure, mostCounted, worthOf } from "#core/stock/stock-take.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome, refuse } from "#main/till/outcome.ts";
import type { CountedItem, StoredTake } from "#main/till/ports/stock-store.ts";
import { mayBegin, type StockAction } from "./stock-rights.ts";
import { stockChanged } from "./stock-state.ts";
import { namedItem, stockRow } from "./stock-views.ts";

/** Counting at once; more takes than that overlap and are nobody's. */
const mostOpenTakes = 5;
/** Takes that are listed: years of them. */
const takesShown = 100;
/** The ones counted last that a page shows. */
const lastShown = 50;
const notCountedShown = 100;
/** Items that are looked at for one page of those not counted, where a category leaves few of them. */
const notCountedLookedAt = 1_000;

export function readTakes(till: TillContext): Outcome<readonly TakeRowView[]> {
  const begun = mayBegin(till, "count-stock", "book-stock-take");
  return begun.ok ? ok(till.deps.store.stockTakes(takesShown).map(rowOf)) : begun;
}

export function readTake(till: TillContext, { takeId }: IntentArgs<"take">): Outcome<TakeView> {
  const begun = mayBegin(till, "count-stock", "book-stock-take");
  return begun.ok ? viewOf(till, takeId) : begun;
}

/** Counting begins; selling goes on. The same id again is the same take. */
export function beginTake(till: TillContext, { takeId, categoryId }: IntentArgs<"begin-take">): Outcome<TakeView> {
  const begun = mayBegin(till, "count-stock");
  if (!begun.ok) return begun;
  const { store, catalog } = till.deps;
  if (store.stockTake(takeId) !== null) return viewOf(till, takeId);
  if (store.stockTakes(takesShown).filter(({ state }) => state === "open").length >= mostOpenTakes)
    return refuse("too-many-takes");
  if (categoryId !== null && !catalog.categories().some(({ id }) => id === categoryId)) return refuse("category-gone");
  const take = { takeId, categoryId, begunAt: nowIn(till), begunByName: begun.value.name };
  store.beginTake(take, { kind: "stock-take-begun", body: { ...take, cashierId: begun.value.id, at: take.begunAt } });
  till.changed("status");
  return viewOf(till, takeId);
}

/** So much of it in all, typed; null takes the count back. */
export function countItem(till: TillContext, args: IntentArgs<"count-item">): Outcome<TakeView> {
  const { takeId, sku, countedMilli } = args;
  if (countedMilli === null) {
    const open = openTake(till, takeId, "count-stock");
    if (!open.ok) return open;
    till.deps.store.forgetCount(takeId, sku);
    stockChanged(till.state.stock);
    return viewOf(till, takeId);
  }
  const counted = count(till, { takeId, sku, quantityMilli: countedMilli, isMore: false });
  return counted.ok ? viewOf(till, takeId) : counted;
}

/** One count, on disk with what the books say in this moment. `isMore`: on top of what was counted. */
export function count(
  till: TillContext,
  wanted: {
    readonly takeId: string;
    readonly sku: string;
    readonly quantityMilli: number;
    readonly isMore: boolean;
  },
): Outcome {
  const { takeId, sku, quantityMilli, isMore } = wanted;
  const open = openTake(till, takeId, "count-stock");
  if (!open.ok) return open;
  const { store, catalog } = till.deps;
  const item = catalog.findBySku(sku);
  if (item === null) return refuse("no-such-item");
  const { categoryId } = open.value.take;
  if (categoryId !== null && item.categoryId !== categoryId) return refuse("item-not-in-take");
  if (store.stockLevels([sku])[0]?.isStocked === false) return refuse("item-not-stocked");
  if (item.unit === "piece" && quantityMilli % 1_000 !== 0) return refuse("quantity-out-of-range");
  const before = store.countOf(takeId, sku);
  if (before === null && open.value.countedItems >= mostCounted) return refuse("take-is-full");
  if (isMore && (before?.count.countedMilli ?? 0) + quantityMilli > maxMilli) return refuse("quantity-out-of-range");
  store.countItem(takeId, sku, quantityMilli, { isMore, at: nowIn(till), byName: till.state.cashier?.name ?? "" });
  stockChanged(till.state.stock);
  return done;
}

/** Nothing of it is booked; what was counted stays on disk and means nothing. */
export function dropTake(till: TillContext, { takeId }: IntentArgs<"drop-take">): Outcome {
  const open = openTake(till, takeId, "count-stock");
  if (!open.ok) return open;
  const body = { takeId, cashierId: till.state.cashier?.id, at: nowIn(till), countedItems: open.value.countedItems };
  till.deps.store.dropTake(takeId, { kind: "stock-take-dropped", body });
  stockChanged(till.state.stock);
  till.changed("status");
  return done;
}

/** What the books have and nobody has counted yet; it stays as it is unless somebody counts it. */
export function readNotCounted(
  till: TillContext,
  { takeId, afterSku }: IntentArgs<"take-not-counted">,
): Outcome<readonly StockRowView[]> {
  const open = openTake(till, takeId, "count-stock", "book-stock-take");
  if (!open.ok) return open;
  const { categoryId } = open.value.take;
  const rows = till.deps.store.notCounted(takeId, afterSku, notCountedLookedAt).flatMap((level) => {
    const item = till.deps.catalog.findBySku(level.sku);
    if (item === null || (categoryId !== null && item.categoryId !== categoryId)) return [];
    return [stockRow(item, level)];
  });
  return ok(rows.slice(0, notCountedShown));
}

export function openTake(till: TillContext, takeId: string, ...actions: readonly StockAction[]): Outcome<StoredTake> {
  const begun = mayBegin(till, ...actions);
  if (!begun.ok) return begun;
  const found = till.deps.store.stockTake(takeId);
  if (found === null) return refuse("no-such-take");
  return found.state === "open" ? ok(found) : fail({ kind: "take-is-over" });
}

export function countView(till: TillContext, item: CountedItem): CountView {
  const { count: made, booked } = item;
  const { sku, countedMilli, countedAt, countedByName } = made;
  const { nameZh, nameEn, unit, priceFen } = namedItem(till, sku);
  const differenceMilli = booked?.differenceMilli ?? differenceOf(made, item);
  const bookMilli = booked === null ? (item.isKnown ? countedMilli - differenceMilli : null) : booked.bookMilli;
  return {
    ...{ sku, nameZh, nameEn, unit, countedMilli, bookMilli, differenceMilli },
    worthFen: bookMilli === null ? 0 : worthOf(differenceMilli, priceFen),
    isUnsure: booked === null && isUnsure(made, item),
    ...{ countedAt, countedByName },
  };
}

export function rowOf({ take, state, countedItems }: StoredTake): TakeRowView {
  const { takeId, categoryId, begunAt, begunByName } = take;
  return { takeId, categoryId, state, begunAt, begunByName, countedItems };
}

function viewOf(till: TillContext, takeId: string): Outcome<TakeView> {
  const { store } = till.deps;
  const found = store.stockTake(takeId);
  if (found === null) return refuse("no-such-take");
  return ok({ ...rowOf(found), last: store.lastCounts(takeId, lastShown).map((item) => countView(till, item)) });
}

function nowIn({ deps }: TillContext): string {
  return localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes);
}
