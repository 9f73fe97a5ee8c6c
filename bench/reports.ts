import { join } from "node:path";
import Database from "better-sqlite3";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import { createReports } from "#main/reports/create-reports.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Reports } from "#main/till/ports/reports.ts";
import type { Cursor, DayRange, Pick } from "#contract/reports/report.ts";
import { assert, type Result } from "#core/result.ts";
import { buildIfStale } from "#scripts/build.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { type BenchOptions, benchResult, type BenchResult, distributionOf } from "./result.ts";
import { seedRow } from "#scripts/seed/goods.ts";
import { type SeededDirectory, withSeededTill } from "./support/seeded-till.ts";
import { lastPastDay, pastDay, writePastSales } from "./support/past-sales.ts";
import { openScanningTill, type ScanningTill } from "./support/scanning-till.ts";
import { payInPage, scanBasket } from "./support/selling.ts";
import { framesDuring } from "./support/window-frames.ts";

const fullSize = 1_000_000;
/** Answers of each kind, after some that warm the pages up. */
const measured = 30;
const warmUps = 3;
/** Sales rung up while the reports are asked for one after the other. */
const soldMeanwhile = 20;

/** Whose days are asked for. */
interface Past {
  readonly salesDb: string;
  /** What a figure's name says of it. */
  readonly size: string;
  /** The day so many days before the last one. */
  readonly day: (back: number) => string;
  readonly year: DayRange;
  readonly days30: DayRange;
  readonly picks: readonly Pick[];
}

const clock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * A manager's reports over a year of a million sales, asked of the worker as the till asks, each beside the same sum by
 * one bare statement in this process; then the till's window while sales are rung up and reports are asked without a pause.
 */
export async function run({ rows, seeded }: BenchOptions): Promise<readonly BenchResult[]> {
  await buildIfStale();
  if (seeded !== null) return askSeeded(seeded);
  const count = rows ?? fullSize;
  const shop = await openScanningTill({
    ...{ itemCount: 2_000, cashierId: "manager-1" },
    prepare: (dataDir) => writePastSales(dataDir, count),
  });
  try {
    const past = madePast(join(shop.dataDir, "sales.db"), count);
    return [...(await ask(past)), await framesWhileSelling(shop, past)];
  } finally {
    await shop.close();
  }
}

async function askSeeded(seeded: SeededDirectory): Promise<readonly BenchResult[]> {
  const past = seededPast(seeded);
  const asked = await ask(past);
  return withSeededTill(seeded, { cashierId: "manager-1" }, async (shop) => [
    ...asked,
    await framesWhileSelling(shop, past),
  ]);
}

function madePast(salesDb: string, count: number): Past {
  const picks: readonly Pick[] = [
    ...[{ by: "all" } as const, { by: "discounted" } as const, { by: "hour", key: "09" } as const],
    ...[{ by: "tender", key: "static-code" } as const, { by: "item", key: "SKU00007" } as const],
    ...[{ by: "category", key: "category-3" } as const, { by: "tax", key: "reduced" } as const],
  ];
  const year = { from: pastDay(364), to: lastPastDay };
  const days30 = { from: pastDay(29), to: lastPastDay };
  return { salesDb, size: `${count} sales`, day: pastDay, year, days30, picks };
}

function seededPast({ dataDir, days, size, itemCount }: SeededDirectory): Past {
  const [last = ""] = days;
  const day = (back: number): string => new Date(Date.parse(last) - back * 86_400_000).toISOString().slice(0, 10);
  // Of the seed's goods: the one that sells best, and one that hardly anybody buys.
  const [best, rare] = [seedRow(0), seedRow(itemCount - 2)].map(({ item }) => item.sku);
  const picks: readonly Pick[] = [
    ...[{ by: "all" } as const, { by: "discounted" } as const, { by: "hour", key: "09" } as const],
    ...[{ by: "tender", key: "static-code" } as const, { by: "item", key: best ?? "" } as const],
    ...[{ by: "item", key: rare ?? "" } as const, { by: "category", key: "c3" } as const],
    { by: "tax", key: "reduced" },
  ];
  const facts = { year: { from: day(364), to: last }, days30: { from: day(29), to: last } };
  return { salesDb: join(dataDir, "sales.db"), size, day, ...facts, picks };
}

async function ask(past: Past): Promise<readonly BenchResult[]> {
  const { salesDb, size, day: dayBefore, year, days30 } = past;
  const reports = createReports({ salesDb, spawn: spawnNodeWorker, clock, log: () => {} });
  const db = new Database(salesDb, { readonly: true });
  const at = `over ${size}`;
  try {
    return [
      await compare(`reports: a day and the two it is compared with, ${at}`, 20, (turn) => {
        const day = (back: number): DayRange => ({ from: dayBefore(turn + back), to: dayBefore(turn + back) });
        return {
          ours: () => reports.report(day(0), [day(1), day(7)]),
          bare: () => [0, 1, 7].map((back) => bareSums(db, day(back))),
        };
      }),
      await compare(`reports: a year by month, ${at}`, 50, () => ({
        ours: () => reports.report(year, []),
        bare: () => bareSums(db, year),
      })),
      await compare(`reports: the 20 best items of 30 days, ${at}`, 200, () => ({
        ours: () => reports.items(days30, "net", 20),
        bare: () => bareItems(db, days30),
      })),
      await compare(`reports: a page of the sales behind a number, ${at}`, 50, pagesOf(reports, db, past)),
    ];
  } finally {
    db.close();
    reports.stop();
  }
}

const sums = "sum(sale_count), sum(piece_count), sum(gross_fen), sum(discount_fen), sum(net_fen), sum(refund_fen)";

function bareSums(db: Database.Database, { from, to }: DayRange): unknown {
  const text = `SELECT key, ${sums} FROM report_totals WHERE dimension = ? AND business_date BETWEEN ? AND ? GROUP BY key`;
  return ["hour", "tender", "category", "cashier", "tax"].map((one) => db.prepare(text).all(one, from, to));
}

function bareItems(db: Database.Database, { from, to }: DayRange): unknown {
  const text = `SELECT key, sum(net_fen) AS net FROM report_totals WHERE dimension = 'item' AND business_date BETWEEN ? AND ?
    GROUP BY key ORDER BY net DESC LIMIT 20`;
  return db.prepare(text).all(from, to);
}

/** Pages of every kind of number in turn, each where the last page of its kind ended. */
function pagesOf(reports: Reports, db: Database.Database, { picks, year, day }: Past) {
  const after = new Map<number, Cursor | null>();
  return (turn: number) => {
    const which = turn % picks.length;
    const pick = picks[which] ?? { by: "all" };
    return {
      async ours() {
        const page = await reports.sales(year, pick, after.get(which) ?? null, 60);
        if (page.ok) after.set(which, page.value.next);
        return page;
      },
      bare: () =>
        db.prepare("SELECT * FROM sales WHERE business_date = ? ORDER BY number DESC LIMIT 60").all(day(turn)),
    };
  };
}

async function compare(
  name: string,
  budgetMs: number,
  make: (turn: number) => { readonly ours: () => Promise<Result<unknown, unknown>>; readonly bare: () => unknown },
): Promise<BenchResult> {
  const samples: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  for (let turn = 0; turn < warmUps + measured; turn += 1) {
    const { ours, bare } = make(turn);
    const beganMs = performance.now();
    const answer = await ours();
    const oursMs = performance.now() - beganMs;
    assert(answer.ok, `${name}: answered`);
    const bareBeganMs = performance.now();
    bare();
    if (turn < warmUps) continue;
    samples.ours.push(oursMs);
    samples.bare.push(performance.now() - bareBeganMs);
  }
  const [taken, limit] = [distributionOf(samples.ours), distributionOf(samples.bare)];
  const ratio = taken.p50 / limit.p50;
  return benchResult({ name, unit: "ms", ...taken, limit: limit.p50, ratio, budget: { p99: budgetMs } });
}

async function framesWhileSelling(shop: ScanningTill, past: Past): Promise<BenchResult> {
  const { till } = shop;
  const sell = async (from: number): Promise<void> => {
    for (let sold = from; sold < from + soldMeanwhile; sold += 1) {
      await scanBasket(shop, sold);
      await payInPage(till);
    }
  };
  // The first sales of a till draw every panel for the first time, whoever reads what.
  await sell(0);
  const alone = await framesDuring(till, () => sell(soldMeanwhile));
  const selling = new AbortController();
  let answers = 0;
  const reading = async (): Promise<void> => {
    while (!selling.signal.aborted) {
      await readInTill(till, past, answers);
      answers += 1;
    }
  };
  const { frames } = await framesDuring(till, async () => {
    const read = reading();
    await sell(2 * soldMeanwhile);
    selling.abort();
    await read;
  });
  const [taken, limit] = [distributionOf(frames), distributionOf(alone.frames)];
  return benchResult({
    name: `reports: frames of the till window while ${soldMeanwhile} baskets are sold and ${answers} reports are read`,
    unit: "ms",
    ...taken,
    // What the same sales take where nobody reads.
    ...{ limit: limit.max, ratio: taken.max / limit.max, budget: { max: 34 } },
  });
}

/** As a page of the till asks. Only "yes" leaves the window: copying whole answers into this process would cost its frames. */
async function readInTill(till: TillUnderTest, { year, days30, picks }: Past, turn: number): Promise<void> {
  const range = [year, days30, { from: year.to, to: year.to }][turn % 3] ?? year;
  const pick = picks.find(({ by }) => by === "item") ?? { by: "all" };
  const areRead = await till.page.evaluate(
    async ({ asked, items, picked }) => {
      const report = await tillway.send("report", { range: asked });
      const best = await tillway.send("report-items", { range: items, by: "net", limit: 50 });
      const page = await tillway.send("report-sales", { range: asked, pick: picked, after: null, limit: 60 });
      return report.ok && best.ok && page.ok;
    },
    { asked: range, items: days30, picked: pick },
  );
  assert(areRead, "a report, its items and a page of sales are read");
}
