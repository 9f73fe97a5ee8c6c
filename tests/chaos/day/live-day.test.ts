import { beforeAll, describe, expect, it } from "vitest";
import { mostGrowth } from "./judge-growth.ts";
import { type DayRun, liveDay } from "./live-day.ts";
import { tellDay } from "./tell-day.ts";

/*
 * The controls of `npm run chaos -- --day`: one short day in which three of four tills do something wrong on purpose. What
 * is not noticed here would not be noticed among 80,000 sales either.
 */

const sales = 300;
const options = { seed: 1, tills: 4, sales, minutes: 0.5 };
const mistakes = ["drops-one", "sends-twice", "leaks"] as const;
let run: DayRun;

beforeAll(async () => {
  // A till that sent a sale twice never agrees with head office: what was sold in half a minute has long arrived then.
  run = await liveDay({ ...options, mistakes, drainMs: 45_000 });
}, 300_000);

describe("the judge of a day", () => {
  it("counts the paper of a sale that a till dropped", () => {
    expect(run.books[0]).toMatchObject({ sales: sales + 1, lost: 1, duplicated: 0, chainBreaks: 0 });
  });

  it("counts a sale that a till sent once more under another key", () => {
    // On both sides, by its id and by its number; head office's sums have it once.
    expect(run.books[1]).toMatchObject({ sales, lost: 0, duplicated: 4, chainBreaks: 0, apartSales: 1 });
  });

  it("sees the memory of a till that keeps something of every sale, and no other till's", () => {
    expect(run.books[2]).toMatchObject({ sales, lost: 0, duplicated: 0, apartFen: 0 });
    expect(run.growth["T03"]?.heap).toBeGreaterThan(mostGrowth);
    // Heap only: in half a minute caches and compiled code have not settled, which the process's pages show.
    for (const well of ["T01", "T02", "T04"]) expect(run.growth[well]?.heap).toBeLessThanOrEqual(mostGrowth);
  });

  it("finds nothing wrong with the till that did everything right", () => {
    const well = { lost: 0, duplicated: 0, chainBreaks: 0, apartFen: 0, apartSales: 0, findings: [] };
    expect(run.books[3]).toMatchObject({ sales, ...well });
  });

  it("says of the day as a whole that it was not good, and why", () => {
    const { isGood, lines } = tellDay(options, run);
    expect(isGood).toBe(false);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ lost: 1, duplicated: 4, chainBreaks: 0, crashes: 0 });
    expect(lines).toContain("lost: T01-900000");
  });
});

describe("what is said of a day", () => {
  const flat = { rss: 1, heap: 1 };
  const book = { lost: 0, duplicated: 0, chainBreaks: 0, apartFen: 0, apartSales: 0, findings: [] };
  const one = { seed: 1, tills: 1, sales: 10 };
  const good: DayRun = {
    ...{ books: [{ ...book, sales: 10, entries: 12 }], growth: { office: flat, T01: flat }, memory: new Map() },
    ...{ wal: { "T01/sales.db": 8_388_608 }, outages: 1, officeRestarts: 2, mostWaiting: 3, requests: 9, faults: 2 },
    ...{ isAgreed: true, crashes: 0, seconds: 60, complaints: [] },
  };
  const isGood = (spoilt: Partial<DayRun>) => tellDay(one, { ...good, ...spoilt }).isGood;

  it("is good where nothing is wrong", () => {
    expect(isGood({})).toBe(true);
  });

  it("is not good where a log is longer, memory grew or was not measured, a process ended or the sides differ", () => {
    expect(isGood({ wal: { "office/office.db": 8_388_609 } })).toBe(false);
    expect(isGood({ growth: { office: { rss: 1.151, heap: 1 } } })).toBe(false);
    expect(isGood({ growth: { T01: { rss: null, heap: 1 } } })).toBe(false);
    expect(isGood({ crashes: 1 })).toBe(false);
    expect(isGood({ isAgreed: false })).toBe(false);
    expect(isGood({ books: [{ ...book, sales: 9, entries: 12 }] })).toBe(false);
    expect(isGood({ books: [{ ...book, sales: 10, entries: 12, apartFen: 1 }] })).toBe(false);
  });
});
