import { describe, expect, it } from "vitest";
import { type ActReport, exploreDay } from "./explore-day.ts";
import { exploreKept } from "./explore-kept.ts";
import { keptThings } from "./kept-things.ts";
import { dayActs } from "./day-acts.ts";

/* A sample: `npm run crash -- --power-loss` explores all of it. */

const found = ({ act, lost, doubled, half, traces, finding }: ActReport) => ({
  act,
  lost,
  doubled,
  half,
  traces,
  finding,
});
const nothing = (act: string) => ({ act, lost: 0, doubled: 0, half: 0, traces: 0, finding: null });
const day = { seed: 1, rounds: 1 } as const;

/** Each records a till under strace first, which a busy machine may take a minute for. */
const timeout = 300_000;

describe("a power cut in any act of a day", { timeout }, () => {
  it("loses nothing, doubles nothing, halves nothing", async () => {
    const reports = await exploreDay({ ...day, cuts: 1, spoilt: null });
    expect(reports.map(found)).toEqual(dayActs.map(({ name }) => nothing(name)));
  });

  it("is noticed in every act where commits are cut in two", async () => {
    const reports = await exploreDay({ ...day, cuts: 0, spoilt: "split" });
    expect(reports.filter(({ half }) => half === 0).map(({ act }) => act)).toEqual([]);
  });

  it("is noticed where the log or the names of the files are not synced", async () => {
    for (const spoilt of ["log-not-synced", "names-not-synced"] as const) {
      const [report] = await exploreDay({ ...day, cuts: 12, spoilt, only: "a sale held" });
      expect([spoilt, (report?.lost ?? 0) + (report?.half ?? 0) > 0]).toEqual([spoilt, true]);
    }
  });
});

describe.each(keptThings)("a power cut while a till keeps %s", { timeout }, (thing) => {
  const isMigration = thing.endsWith("of every earlier version");
  const some = { seed: 1, cuts: isMigration ? 6 : 20, versions: "some" } as const;

  it("leaves what was there before or what came after", async () => {
    expect(found(await exploreKept(thing, { ...some, careless: null }))).toEqual(nothing(thing));
  });

  it("is noticed where the till is careless", async () => {
    const careless = isMigration ? "migrations" : "syncs";
    const { lost, half } = await exploreKept(thing, { ...some, cuts: 40, careless });
    expect(lost + half).toBeGreaterThan(0);
  });
});
