import { distributionOf } from "#bench/result.ts";
import { until } from "#tests/support/poll.ts";
import type { Engine, Fleet } from "./fleet.ts";
import type { LoadTill } from "./load-till.ts";
import type { Asked } from "./measured-line.ts";
import { cpuMsBelow, cpuMsOf, memoryMibOf } from "./process-cost.ts";

/** A busy till's pace; a till without a customer sells nothing and still asks. Milliseconds. */
const betweenSalesMs = 60_000;
/** Tills that begin in one second: beginning costs five requests, and is not what is measured. */
const beginningASecond = 60;

/** So few requests at a moment wait for nothing but their own answers. */
const fewUnderWay = 16;
/** A head office that is never done with the beginning does not bear so many. Milliseconds. */
const mostSettlingMs = 180_000;

export interface SteadyChoice {
  readonly tills: number;
  readonly seconds: number;
  readonly speed: number;
  /** Nobody buys anything: what the night costs. */
  readonly isIdle: boolean;
}

/** One step of the load as it is printed. Times are milliseconds, processor times per minute of a till's own time. */
export interface SteadyRow {
  readonly run: "steady" | "idle";
  readonly engine: Engine;
  readonly instances: number;
  readonly tills: number;
  readonly speed: number;
  readonly requestsASecond: number;
  readonly salesASecond: number;
  readonly answers: Readonly<
    Partial<Record<Asked, { readonly n: number; readonly p50: number; readonly p99: number }>>
  >;
  readonly statuses: Readonly<Record<string, number>>;
  /** Share of one core, all instances together. */
  readonly instanceCores: number;
  readonly databaseCores: number;
  readonly loadCores: number;
  readonly instanceCpuMsATillMinute: number;
  readonly databaseCpuMsATillMinute: number;
  readonly memoryMib: readonly number[];
  /** Sales that were rung up and are not at head office yet. */
  readonly waitingSales: number;
  readonly troubles: Readonly<Record<string, number>>;
}

/** Runs the first `tills` of the fleet at their timetable's pace and measures for `seconds`. */
export async function steadyLoad(fleet: Fleet, engine: Engine, choice: SteadyChoice): Promise<SteadyRow> {
  const { tills: count, seconds, speed, isIdle } = choice;
  const tills = fleet.tills.slice(0, count);
  const fresh = tills.filter((till) => till.saleCount() === 0 && till.agreedAtMs() === null);
  for (const till of tills) if (!fresh.includes(till)) till.start();
  const selling = isIdle ? null : sellInTurn(tills, speed);
  await begin(fresh);
  await until("what beginning left behind has gone", () => fleet.meter.underWay() < fewUnderWay, mostSettlingMs);
  // Days are compared a while after they were sent.
  await pause(Math.min(15_000, 60_000 / speed));
  const [instancesBefore, databaseBefore, ownBefore] = costs(fleet);
  const soldBefore = sold(tills);
  fleet.meter.reset();
  const startedAt = performance.now();
  await pause(seconds * 1_000);
  const ms = performance.now() - startedAt;
  const [instances, database, own] = costs(fleet);
  const sales = sold(tills) - soldBefore;
  const { answers, statuses, requests } = read(fleet);
  selling?.stop();
  const perTillMinute = (cpuMs: number) => round((cpuMs * 60_000) / (ms * count * speed));
  const row: SteadyRow = {
    ...{ run: isIdle ? "idle" : "steady", engine, instances: fleet.instances.length, tills: count, speed },
    requestsASecond: round((requests * 1_000) / ms),
    salesASecond: round((sales * 1_000) / ms),
    ...{ answers, statuses },
    instanceCores: round((instances - instancesBefore) / ms),
    databaseCores: round((database - databaseBefore) / ms),
    loadCores: round((own - ownBefore) / ms),
    instanceCpuMsATillMinute: perTillMinute(instances - instancesBefore),
    databaseCpuMsATillMinute: perTillMinute(database - databaseBefore),
    memoryMib: fleet.instances.map(({ pid }) => memoryMibOf(pid)),
    waitingSales: Math.floor(tills.reduce((sum, till) => sum + till.waiting(), 0) / 3),
    troubles: troublesOf(tills),
  };
  await Promise.all(tills.map((till) => till.stop()));
  return row;
}

/** Every till sells once a minute of its own time, each at its own moment of it. */
function sellInTurn(tills: readonly LoadTill[], speed: number): { stop(): void } {
  const periodMs = betweenSalesMs / speed;
  const startedAt = performance.now();
  let turn = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / periodMs) * tills.length);
    for (; turn < due; turn += 1) tills[turn % tills.length]?.sell(1);
  }, 20);
  return { stop: () => clearInterval(timer) };
}

/** One after another, spread so that their minutes are, too. */
async function begin(tills: readonly LoadTill[]): Promise<void> {
  const startedAt = performance.now();
  for (const [index, till] of tills.entries()) {
    const dueAt = startedAt + (index * 1_000) / beginningASecond;
    if (dueAt > performance.now() + 10) await pause(dueAt - performance.now());
    till.start();
  }
}

function read(fleet: Fleet) {
  const answers: Partial<Record<Asked, { n: number; p50: number; p99: number }>> = {};
  for (const [asked, times] of fleet.meter.answeredMs) {
    const { n, p50, p99 } = distributionOf(times);
    answers[asked] = { n, p50: round(p50), p99: round(p99) };
  }
  const statuses = Object.fromEntries(fleet.meter.statuses);
  return { answers, statuses, requests: Object.values(statuses).reduce((sum, n) => sum + n, 0) };
}

function costs({ instances }: Fleet): readonly [instances: number, database: number, own: number] {
  const { user, system } = process.cpuUsage();
  return [
    instances.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    cpuMsBelow(process.pid, "postgres"),
    (user + system) * 0.001,
  ];
}

function sold(tills: readonly LoadTill[]): number {
  return tills.reduce((sum, till) => sum + till.saleCount(), 0);
}

export function troublesOf(tills: readonly LoadTill[]): Readonly<Record<string, number>> {
  const sum: Record<string, number> = {};
  for (const { troubles } of tills) for (const [what, n] of troubles) sum[what] = (sum[what] ?? 0) + n;
  return sum;
}

/** A measurement lasts as long as it lasts. */
async function pause(ms: number): Promise<void> {
  const endAt = performance.now() + ms;
  await until("its time is over", () => performance.now() >= endAt, ms + 60_000);
}

/** Three significant digits are more than any of this is worth. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}
