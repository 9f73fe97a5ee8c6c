import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HeadOffice, openHeadOffice } from "#headoffice/open-head-office.ts";
import type { Office } from "#headoffice/office.ts";
import { openDatabases } from "#tests/support/office-bench.ts";
import { type Broken, judgeDay } from "./judge-day.ts";
import { judgeOtherEngine } from "./other-engine.ts";
import { judgeReplay } from "./replay.ts";
import type { RelayTrouble } from "./relay-of-day.ts";
import { type DayOptions, liveDay, type Trouble } from "./world.ts";

export interface SimulationRun {
  readonly seeds: number;
  readonly sales: number;
  readonly powerCuts: number;
  readonly officeDeaths: number;
  readonly relayDeaths: number;
  readonly relayKept: number;
  readonly days: Readonly<Record<Trouble, number>>;
  /** Days with a relay, by what befell it. */
  readonly relayDays: Readonly<Record<RelayTrouble, number>>;
  /** Of the first seed that broke a promise, or of all where only the replay did; empty for none. */
  readonly broken: readonly Broken[];
  readonly brokenSeed: number | null;
  /** Where the journals were sent to another engine too. */
  readonly engine?: "postgres";
}

/** Lives the days of `seeds` seeds from `from` on, one after the other; ends at the first that breaks a promise. */
export async function runSimulation(
  options: Omit<DayOptions, "seed"> & {
    readonly from: number;
    readonly seeds: number;
    /** On which the journals of all days are sent once more, to compare what is built from them. */
    readonly engine?: "postgres" | undefined;
  },
): Promise<SimulationRun> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tillway-simulation-"));
  const open = async (name: string): Promise<HeadOffice> => {
    const opened = await openHeadOffice({ database: { kind: "sqlite", path: join(folder, name) } });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    return opened.value;
  };
  const [head, relays] = [await open("office.db"), await open("relay.db")];
  try {
    return await live({ office: head.office, relays: relays.office }, options);
  } finally {
    await head.close();
    await relays.close();
    rmSync(folder, { recursive: true });
  }
}

interface Offices {
  readonly office: Office;
  /** The shelves of all relays. */
  readonly relays: Office;
}

async function live(
  offices: Offices,
  { from, seeds, engine, ...options }: Parameters<typeof runSimulation>[0],
): Promise<SimulationRun> {
  const sum = { seeds: 0, sales: 0, powerCuts: 0, officeDeaths: 0, relayDeaths: 0, relayKept: 0 };
  const days = { none: 0, restore: 0, clone: 0, revoke: 0 };
  const relayDays = { none: 0, "till-dies": 0, replaced: 0 };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { broken, counts, trouble, relayTrouble } = await oneDay(offices, { seed, ...options });
    sum.seeds += 1;
    sum.sales += counts.sales;
    sum.powerCuts += counts.powerCuts;
    sum.officeDeaths += counts.officeDeaths;
    sum.relayDeaths += counts.relayDeaths;
    sum.relayKept += counts.relayKept;
    days[trouble] += 1;
    if (relayTrouble !== null) relayDays[relayTrouble] += 1;
    if (broken.length > 0) return { ...sum, days, relayDays, broken, brokenSeed: seed };
  }
  const told = { ...sum, days, relayDays, brokenSeed: null };
  const broken = await judgeReplay(offices.office);
  if (engine === undefined || broken.length > 0) return { ...told, broken };
  return { ...told, engine, broken: await onOtherEngine(offices.office, engine) };
}

async function onOtherEngine(office: Office, engine: "postgres"): Promise<readonly Broken[]> {
  const databases = await openDatabases(engine);
  try {
    const opened = await openHeadOffice({ database: await databases.create() });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    try {
      return await judgeOtherEngine(office, opened.value.office);
    } finally {
      await opened.value.close();
    }
  } finally {
    await databases.close();
  }
}

async function oneDay(offices: Offices, options: DayOptions) {
  const counts = { sales: 0, powerCuts: 0, officeDeaths: 0, relayDeaths: 0, relayKept: 0 };
  const nothing = { counts, trouble: "none", relayTrouble: null } as const;
  try {
    const day = await liveDay(offices, options);
    const { counts: told, trouble, relayTrouble } = day;
    return { counts: told, trouble, relayTrouble, broken: await judgeDay(offices.office, day) };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...nothing, broken: [{ promise: "nothing of ours throws", what }] };
  }
}
