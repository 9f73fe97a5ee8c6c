import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HeadOffice, openHeadOffice } from "#headoffice/open-head-office.ts";
import { type Broken, judgeDay } from "./judge-day.ts";
import { judgeReplay } from "./replay.ts";
import { type DayOptions, liveDay, type Trouble } from "./world.ts";

export interface SimulationRun {
  readonly seeds: number;
  readonly sales: number;
  readonly powerCuts: number;
  readonly officeDeaths: number;
  readonly days: Readonly<Record<Trouble, number>>;
  /** Of the first seed that broke a promise, or of all where only the replay did; empty for none. */
  readonly broken: readonly Broken[];
  readonly brokenSeed: number | null;
}

/** Lives the days of `seeds` seeds from `from` on, one after the other; ends at the first that breaks a promise. */
export async function runSimulation(
  options: Omit<DayOptions, "seed"> & { readonly from: number; readonly seeds: number },
): Promise<SimulationRun> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tillway-simulation-"));
  const opened = await openHeadOffice({ database: { kind: "sqlite", path: join(folder, "office.db") } });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  try {
    return await live(opened.value, options);
  } finally {
    await opened.value.close();
    rmSync(folder, { recursive: true });
  }
}

async function live(
  head: HeadOffice,
  { from, seeds, ...options }: Parameters<typeof runSimulation>[0],
): Promise<SimulationRun> {
  const sum = { seeds: 0, sales: 0, powerCuts: 0, officeDeaths: 0 };
  const days = { none: 0, restore: 0, clone: 0, revoke: 0 };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { broken, counts, trouble } = await oneDay(head, { seed, ...options });
    sum.seeds += 1;
    sum.sales += counts.sales;
    sum.powerCuts += counts.powerCuts;
    sum.officeDeaths += counts.officeDeaths;
    days[trouble] += 1;
    if (broken.length > 0) return { ...sum, days, broken, brokenSeed: seed };
  }
  return { ...sum, days, broken: await judgeReplay(head.office), brokenSeed: null };
}

async function oneDay(head: HeadOffice, options: DayOptions) {
  const nothing = { counts: { sales: 0, powerCuts: 0, officeDeaths: 0 }, trouble: "none" } as const;
  try {
    const day = await liveDay(head, options);
    const { counts, trouble } = day;
    return { counts, trouble, broken: await judgeDay(head.office, day) };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...nothing, broken: [{ promise: "nothing of ours throws", what }] };
  }
}
