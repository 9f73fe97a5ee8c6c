import { setImmediate as breathe } from "node:timers/promises";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { CountView, DifferencesView, TakeRowView } from "#contract/ipc/stock-intents.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { differenceOf, linesOfEntry, type StockTaken } from "#core/stock/stock-take.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome, refuse } from "#main/till/outcome.ts";
import type { CountedItem, StoredTake, TakeBooking } from "#main/till/ports/stock-store.ts";
import { printSlip } from "#main/till/shift/slips.ts";
import { today } from "#main/till/today.ts";
import { countView, openTake, rowOf } from "./counting.ts";
import { layOutDifferences } from "./stock-papers.ts";
import { mayBegin } from "./stock-rights.ts";
import { stockChanged } from "./stock-state.ts";
import { namedItem } from "./stock-views.ts";

/** Differences a page shows; what is worth less than these is in the sums. */
const differencesShown = 200;
/** Differences on paper: what somebody walks through the shop with. */
const differencesPrinted = 100;

/** By what they are worth, largest first. Read in slices: a scan is answered between them. */
export async function readDifferences(
  till: TillContext,
  { takeId }: IntentArgs<"take-differences">,
): Promise<Outcome<DifferencesView>> {
  const begun = mayBegin(till, "count-stock", "book-stock-take");
  if (!begun.ok) return begun;
  if (till.deps.store.stockTake(takeId) === null) return refuse("no-such-take");
  const all = await everyCount(till, takeId);
  return ok(summed(all, differencesShown));
}

export async function printTake(till: TillContext, { takeId }: IntentArgs<"print-take">): Promise<Outcome> {
  const begun = mayBegin(till, "count-stock", "book-stock-take");
  if (!begun.ok) return begun;
  if (till.deps.config.devices.printer === undefined) return refuse("no-printer");
  const found = till.deps.store.stockTake(takeId);
  if (found === null) return refuse("no-such-take");
  const all = await everyCount(till, takeId);
  printSlip(till, "stock", layOutDifferences(till, rowOf(found), summed(all, differencesPrinted)));
  return done;
}

/**
 * Makes what was counted what the books say, moves since each count left in. Written in parts, an entry each, so that
 * selling goes on between them; what a power cut leaves is booked at the next start.
 */
export async function bookTake(till: TillContext, args: IntentArgs<"book-take">): Promise<Outcome<TakeRowView>> {
  const { takeId } = args;
  const first = openTake(till, takeId, "book-stock-take");
  if (!first.ok) return first;
  if (first.value.countedItems === 0) return refuse("take-is-empty");
  const approval = await approve(till, { kind: "book-stock-take" }, args.approvalPin);
  if (!approval.ok) return approval;
  // The PIN took a moment: somebody else may have booked it.
  const open = openTake(till, takeId, "book-stock-take");
  if (!open.ok) return open;
  const { deps, state } = till;
  const { cashier } = state;
  if (cashier === null) return refuse("not-signed-in");
  deps.store.beginBooking(takeId, {
    at: localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes),
    businessDate: today(till),
    ...{ cashierId: cashier.id, cashierName: cashier.name, approvedBy: approval.value },
  });
  await goOnBooking(till, open.value);
  const booked = deps.store.stockTake(takeId);
  return booked === null ? refuse("no-such-take") : ok(rowOf(booked));
}

/** What the last process began to book and did not end. */
export function resumeBooking(till: TillContext): void {
  for (const found of till.deps.store.stockTakes(differencesShown)) {
    if (found.state !== "booking") continue;
    goOnBooking(till, found).catch((cause: unknown) => till.deps.logFault("go on booking a stock take", cause));
  }
}

async function goOnBooking(till: TillContext, { take }: StoredTake): Promise<void> {
  const { takeId, categoryId } = take;
  const build = (items: readonly CountedItem[], booking: TakeBooking, part: number, isLast: boolean): StockTaken => {
    const { at, businessDate, cashierId, cashierName, approvedBy } = booking;
    const lines = items.map((item) => lineOf(till, item));
    return { takeId, categoryId, part, isLast, lines, at, businessDate, cashierId, cashierName, approvedBy };
  };
  try {
    while (till.deps.store.bookCounts(takeId, linesOfEntry, build)) await breathe();
  } finally {
    stockChanged(till.state.stock);
    till.changed("status");
  }
}

function lineOf(till: TillContext, item: CountedItem): StockTaken["lines"][number] {
  const { sku, countedMilli } = item.count;
  const { nameZh, nameEn, unit } = namedItem(till, sku);
  const differenceMilli = differenceOf(item.count, item);
  const bookMilli = item.isKnown ? countedMilli - differenceMilli : null;
  return { sku, nameZh, nameEn, unit, countedMilli, bookMilli, differenceMilli };
}

async function everyCount(till: TillContext, takeId: string): Promise<readonly CountView[]> {
  const all: CountView[] = [];
  for (let afterSku = ""; ;) {
    const some = till.deps.store.counts(takeId, afterSku, linesOfEntry);
    all.push(...some.map((item) => countView(till, item)));
    const last = some.at(-1);
    if (last === undefined) return all;
    afterSku = last.count.sku;
    await breathe();
  }
}

function summed(all: readonly CountView[], shown: number): DifferencesView {
  let [lossFen, gainFen] = [0, 0];
  for (const { worthFen } of all) {
    if (worthFen < 0) lossFen += worthFen;
    else gainFen += worthFen;
  }
  const firstCount = all.filter(({ bookMilli }) => bookMilli === null).length;
  const rows = all
    .filter(({ bookMilli, differenceMilli, isUnsure }) => (bookMilli !== null && differenceMilli !== 0) || isUnsure)
    .toSorted((one, other) => Math.abs(other.worthFen) - Math.abs(one.worthFen));
  const equalCount = all.filter(({ bookMilli, differenceMilli }) => bookMilli !== null && differenceMilli === 0).length;
  return { rows: rows.slice(0, shown), equalCount, lossFen, gainFen, firstCount };
}
