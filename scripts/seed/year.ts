import { setImmediate } from "node:timers/promises";
import type { Chance } from "./chance.ts";
import type { SeedBooks } from "./books.ts";
import { enrolMembers, putPeople } from "./people.ts";
import { type SeedShop, shopPeople, shopStore } from "./shop.ts";
import { beginsAfterMs, endShift, type PlannedShift, runShift } from "./shifts.ts";

const dayMs = 86_400_000;
const daysOfYear = 365;
/** Fewer sales than this a day would be no trading: the year is then shorter. */
const leastOfDay = 40;
/** How busy a day is, from Sunday on. */
const weekdays = [1.25, 0.9, 0.9, 0.9, 1, 1.1, 1.3] as const;
/** One member for so many sales. */
const salesOfMember = 100;
const leastMembers = 20;

export interface YearOptions {
  readonly itemCount: number;
  readonly saleCount: number;
  /** The last business day, `YYYY-MM-DD`. */
  readonly until: string;
  readonly chance: Chance;
  readonly clock: { nowMs: number };
  readonly pinHashes: ReadonlyMap<string, string>;
  /** Ends the year after the shift that is under way. */
  readonly stop: AbortSignal;
  readonly onProgress: (salesDone: number) => void;
}

/** Trades until the wanted sales are made, day after day up to the last one, each shift closed with its Z. */
export async function tradeYear(books: SeedBooks, options: YearOptions): Promise<void> {
  const { itemCount, saleCount, chance, clock, pinHashes, onProgress } = options;
  const planned = planYear(saleCount, options.until);
  const [first] = planned;
  clock.nowMs = (first?.beginsAtMs ?? 0) - 3_600_000;
  const people = books.inOne(() => {
    putPeople(books, pinHashes);
    return enrolMembers(
      { store: books.store, chance, clock },
      Math.max(leastMembers, Math.floor(saleCount / salesOfMember)),
    );
  });
  const shop: SeedShop = {
    ...{ store: books.store, till: books.till, chance, clock, itemCount, recent: [], points: new Map() },
    ...people,
  };
  let done = 0;
  for (const shift of planned) {
    const opened = books.inOne(() => runShift(shop, shift));
    endShift(shop, opened);
    done += shift.sales;
    onProgress(done);
    // The other thread's news, and a word to stop, are heard between two shifts.
    await setImmediate();
    if (options.stop.aborted) break;
  }
}

/** Two shifts a day, with exactly so many sales in all of them. */
export function planYear(saleCount: number, until: string): readonly PlannedShift[] {
  const days = Math.max(1, Math.min(daysOfYear, Math.floor(saleCount / leastOfDay)));
  const lastMs = Date.parse(`${until}T00:00:00Z`) - shopStore.utcOffsetMinutes * 60_000;
  const cashiers = shopPeople.filter(({ cashier }) => cashier.role === "cashier");
  const midnights = Array.from({ length: days }, (_, day) => lastMs - (days - 1 - day) * dayMs);
  const weights = midnights.map((ms) => weekdays[new Date(ms + dayMs / 2).getUTCDay()] ?? 1);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const shifts: PlannedShift[] = [];
  let [upTo, made] = [0, 0];
  for (const [day, midnightMs] of midnights.entries()) {
    upTo += weights[day] ?? 0;
    const salesOfDay = Math.round((saleCount * upTo) / all) - made;
    made += salesOfDay;
    const businessDate = new Date(midnightMs + shopStore.utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
    const morning = Math.floor(salesOfDay * 0.45);
    for (const [turn, sales] of [morning, salesOfDay - morning].entries()) {
      const cashier = cashiers[(day * 2 + turn) % cashiers.length]?.cashier;
      if (cashier === undefined) continue;
      shifts.push({ businessDate, turn, cashier, sales, salesOfDay, beginsAtMs: midnightMs + beginsAfterMs(turn) });
    }
  }
  return shifts;
}
