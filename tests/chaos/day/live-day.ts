import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { until } from "#tests/support/poll.ts";
import { seededRandom } from "#tests/support/random.ts";
import { startFaultyProxy } from "#tests/sync/proxy.ts";
import { type BooksVerdict, judgeBooks } from "../judge-books.ts";
import { type Killable, killable } from "../killable.ts";
import { officeIn, type OfficeUnderFire, storeCode } from "../office-under-fire.ts";
import { hear, type TillAtWork, waitUntilAgreed } from "../till-at-work.ts";
import { createDayClock, type DayClock, dayMs } from "./day-clock.ts";
import { type DayPlan, faultsOf, outages, planDay } from "./day-plan.ts";
import { type Growth, growthOf, type MemorySample } from "./judge-growth.ts";
import type { Mistake } from "./mistakes.ts";
import { type GrowthWatch, watchGrowth } from "./watch-growth.ts";

export interface DayRun {
  /** In the order of the tills. */
  readonly books: readonly BooksVerdict[];
  readonly growth: Readonly<Record<string, Growth>>;
  readonly memory: ReadonlyMap<string, readonly MemorySample[]>;
  /** Largest write-ahead log of each database, by a name. Bytes. */
  readonly wal: Readonly<Record<string, number>>;
  readonly outages: number;
  readonly officeRestarts: number;
  /** Entries that waited at all tills together, at most. */
  readonly mostWaiting: number;
  readonly requests: number;
  readonly faults: number;
  readonly isAgreed: boolean;
  readonly crashes: number;
  /** Of the machine, from the day's beginning until everything is agreed. */
  readonly seconds: number;
  readonly complaints: readonly string[];
}

export interface DayOptions {
  readonly seed: number;
  readonly tills: number;
  /** Of each till. */
  readonly sales: number;
  /** Of the machine, for the 24 hours. */
  readonly minutes: number;
  /** What the first tills do wrong, for the judge's controls. */
  readonly mistakes?: readonly Mistake[];
  /** After the day's end, until both sides agree; the tills' pauses are the day's, so they are short. Milliseconds. */
  readonly drainMs?: number;
}

const probe = ["--expose-gc", "--import", join(projectRoot, "tests/chaos/memory-probe.ts")];
const mostDrainMs = 300_000;
/** The troubles of a day may run ahead of its slowest till by so much of it. */
const aheadShare = 0.01;
const betweenStandingsMs = 200;
/** A machine that cannot keep up takes longer; not for ever. */
const mostDays = 8;

/** Tills and a head office live 24 hours in `minutes`, with the troubles of `seed`; then books and growth are judged. */
export async function liveDay(options: DayOptions): Promise<DayRun> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-day-"));
  const complaints: string[] = [];
  const plan = planDay(options.seed, options.tills);
  const speed = dayMs / (options.minutes * 60_000);
  const tills: TillAtWork[] = [];
  const slowest = () => Math.min(...tills.map(({ printed }) => printed.length)) / options.sales;
  const day = createDayClock(speed, () => slowest() + aheadShare);
  const office = officeIn(folder, complaints, { nodeArgs: probe });
  let growth: GrowthWatch | null = null;
  try {
    office.process.start();
    await until("head office is ready", () => office.process.isReady(), 60_000);
    const at = { folder, office, complaints, plan, day, speed };
    for (let index = 0; index < options.tills; index += 1) tills.push(await enrolledTill(at, options, index));
    await office.command("fill", "--store", storeCode, "--from", "resources/demo-store");
    const processes = [office.process, ...tills.map(({ process }) => process)];
    growth = watchGrowth({
      ...{ processes, share: day.share, databases: databasesOf(office, tills) },
      betweenSamplesMs: Math.max(200, options.minutes * 250),
    });
    day.begin();
    const began = performance.now();
    for (const { process } of tills) process.say("begin");
    const mostWaiting = await untilSoldOut(at, tills);
    for (const { proxy } of tills) proxy.decide = () => ({ kind: "none" });
    const isAgreed = await waitUntilAgreed(tills, options.drainMs ?? mostDrainMs);
    const seconds = Math.round((performance.now() - began) * 0.001);
    await growth.stop();
    await endAll(office.process, tills);
    const counts = tills.map(({ proxy }) => proxy.counts);
    const books: BooksVerdict[] = [];
    for (const { dataDir, terminalId, printed } of tills)
      books.push(await judgeBooks({ dataDir, officeDb: office.db, storeCode, terminalId, printed }));
    return {
      ...{ books, memory: growth.memory, isAgreed, seconds, mostWaiting, complaints },
      growth: Object.fromEntries([...growth.memory].map(([name, samples]) => [name, growthOf(samples)])),
      wal: Object.fromEntries([...growth.wal].map(([path, bytes]) => [path.slice(folder.length + 1), bytes])),
      ...{ outages: outages(plan), officeRestarts: plan.officeAway.length },
      crashes: processes.reduce((sum, one) => sum + one.crashes(), 0),
      requests: counts.reduce((sum, { requests }) => sum + requests, 0),
      faults: counts.reduce((sum, { faults }) => sum + faults, 0),
    };
  } finally {
    await growth?.stop();
    await Promise.all([office.process.kill(), ...tills.map(({ process }) => process.kill())]);
    for (const { proxy } of tills) await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface At {
  readonly folder: string;
  readonly office: OfficeUnderFire;
  readonly complaints: string[];
  readonly plan: DayPlan;
  readonly day: DayClock;
  readonly speed: number;
}

/** A till that head office knows; its day has not begun. */
async function enrolledTill(at: At, { seed, sales, mistakes = [] }: DayOptions, index: number): Promise<TillAtWork> {
  const { folder, office, complaints, plan, day, speed } = at;
  const terminalId = `T0${index + 1}`;
  const code = await office.code(terminalId);
  const dataDir = join(folder, terminalId);
  mkdirSync(dataDir);
  const proxy = await startFaultyProxy(`http://127.0.0.1:${office.port()}`);
  const numbers = [speed, sales, seed * 100 + index].map(String);
  const wrong = mistakes[index];
  const till: TillAtWork = {
    ...{ dataDir, terminalId, printed: [], proxy, standing: null, isSoldOut: false },
    process: killable({
      ...{ name: terminalId, script: "tests/chaos/day/day-till.ts", complaints, cache: office.cache, nodeArgs: probe },
      args: () => [
        dataDir,
        proxy.baseUrl,
        storeCode,
        terminalId,
        code,
        ...numbers,
        ...(wrong === undefined ? [] : [wrong]),
      ],
      onLine: (line) => hear(till, line),
    }),
  };
  till.process.start();
  await until(`${terminalId} is enrolled; ${complaints.at(-1) ?? ""}`, () => till.process.isReady(), 60_000);
  const faultNow = faultsOf(plan.lines[index] ?? [], seededRandom(seed * 1_000 + index));
  proxy.decide = () => faultNow(day.share());
  return till;
}

function databasesOf(office: OfficeUnderFire, tills: readonly TillAtWork[]): readonly string[] {
  return [office.db, ...tills.flatMap(({ dataDir }) => ["sales.db", "catalog.db"].map((name) => join(dataDir, name)))];
}

/** Lets the day happen; head office goes away and comes back as planned. @returns entries that waited at most */
async function untilSoldOut(
  { office, plan, day, speed, complaints }: At,
  tills: readonly TillAtWork[],
): Promise<number> {
  const away = [...plan.officeAway];
  let mostWaiting = 0;
  const asking = setInterval(() => {
    for (const { process } of tills) process.say("standing");
    const waiting = tills.reduce((sum, { standing }) => sum + (standing?.waiting ?? 0), 0);
    mostWaiting = Math.max(mostWaiting, waiting);
  }, betweenStandingsMs);
  const step = async (): Promise<boolean> => {
    const gone = tills.find(({ process }) => !process.isRunning());
    if (gone !== undefined) throw new Error(`${gone.terminalId} has ended: ${complaints.slice(-20).join("\n")}`);
    const [next] = away;
    if (next !== undefined && day.share() >= next.from) {
      away.shift();
      await (next.isKilled ? office.process.kill() : office.process.end());
      await until("head office's time to come back", () => day.share() >= next.to, mostDrainMs);
      office.process.start();
    }
    return tills.every(({ isSoldOut }) => isSoldOut);
  };
  try {
    await until("all tills have made their sales", step, (mostDays * dayMs) / speed + mostDrainMs);
    return mostWaiting;
  } finally {
    clearInterval(asking);
  }
}

async function endAll(office: Killable, tills: readonly TillAtWork[]): Promise<void> {
  for (const { process } of tills) {
    process.say("end");
    await process.ended();
  }
  await office.end();
}
