import { join } from "node:path";
import Database from "better-sqlite3";
import type { DayView } from "#contract/ipc/manager-view.ts";
import { beginSelling } from "#tests/support/open-till.ts";
import { must, paymentsEnd } from "./basket.ts";
import type { Counter } from "./counter.ts";
import { finishBaskets, followRefunds } from "./go-on.ts";
import type { Notebook } from "./notebook.ts";
import { letTimePass } from "./refund-courses.ts";

/** Every start asks after what is under way; money on its way arrives in between. */
const mostStarts = 5;

/**
 * Brings everything to its end: no payment open, no refund under way, no basket left. Then the manager looks at the day,
 * or at both where midnight came in between, and the till is closed in order.
 */
export async function endTheDay(
  counter: Counter,
  notebook: Notebook,
): Promise<{ readonly wechatFen: number; readonly refundWechatFen: number }> {
  for (let starts = 0; ; starts += 1) {
    await paymentsEnd(counter);
    await finishBaskets(counter, notebook);
    await followRefunds(counter, notebook);
    if (notebook.askedRefunds.length === 0) break;
    if (starts === mostStarts) throw new Error("a refund never ends");
    await letTimePass(counter);
    await counter.close();
    await counter.start();
    await beginSelling(counter.till());
  }
  await beginSelling(counter.till(), "manager-1");
  const days: DayView[] = [];
  for (const businessDate of businessDates(counter.shop.dataDir)) {
    days.push(await must(counter.till(), "day", { businessDate }));
  }
  await counter.close();
  const sum = (of: (day: DayView) => number): number => days.reduce((total, day) => total + of(day), 0);
  return { wechatFen: sum((day) => day.wechatFen), refundWechatFen: sum((day) => day.refundWechatFen) };
}

function businessDates(dataDir: string): readonly string[] {
  const db = new Database(join(dataDir, "sales.db"), { readonly: true });
  try {
    return db.prepare<[], string>("SELECT business_date FROM day_totals").pluck().all();
  } finally {
    db.close();
  }
}
