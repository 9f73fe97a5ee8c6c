import { distributionOf } from "#bench/result.ts";
import { until } from "#tests/support/poll.ts";
import type { Engine, Fleet } from "./fleet.ts";
import type { LoadTill } from "./load-till.ts";
import { cpuMsBelow, cpuMsOf, memoryMibOf } from "./process-cost.ts";
import { round, troublesOf } from "./steady-load.ts";

/** A thousand seconds: a run that is not over by then has starved somebody. Milliseconds. */
const withinMs = 1_000_000;

/** The morning after an outage as it is printed. Seconds are from the moment at which all tills began. */
export interface MorningRow {
  readonly run: "morning";
  readonly engine: Engine;
  readonly instances: number;
  readonly tills: number;
  readonly salesEach: number;
  /** When each till had sent everything and agreed: the middle one, 99 of 100, and the last. */
  readonly agreedSeconds: { readonly p50: number; readonly p99: number; readonly last: number };
  readonly salesASecond: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests that came before the time a 503 had asked for: none. */
  readonly beforeRetryAfter: number;
  /** Most 503s that one till met. */
  readonly mostRefusalsOfOne: number;
  readonly instanceCpuMsASale: number;
  readonly databaseCpuMsASale: number;
  readonly databaseBytesASale: number;
  readonly memoryMib: readonly number[];
  readonly troubles: Readonly<Record<string, number>>;
}

/** Head office was away, everybody sold on, and everybody comes back at the same moment. */
export async function morning(fleet: Fleet, engine: Engine, salesEach: number): Promise<MorningRow> {
  const { tills, instances, meter } = fleet;
  for (const till of tills) till.sell(salesEach);
  const bytesBefore = await fleet.databaseBytes();
  const cpuBefore = [cpuOf(fleet), cpuMsBelow(process.pid, "postgres")];
  meter.reset();
  const startedAt = performance.now();
  const startedAtMs = Date.now();
  for (const till of tills) till.start();
  const doneMs: number[] = [];
  const open = new Set(tills);
  await until(
    "every till has sent everything and agrees",
    () => {
      for (const till of open) {
        if (!isDone(till, startedAtMs)) continue;
        open.delete(till);
        doneMs.push(performance.now() - startedAt);
      }
      return open.size === 0;
    },
    withinMs,
  );
  const ms = performance.now() - startedAt;
  const sales = tills.length * salesEach;
  const { p50, p99, max } = distributionOf(doneMs);
  const seconds = (value: number) => round(value * 0.001);
  const row: MorningRow = {
    ...{ run: "morning", engine, instances: instances.length, tills: tills.length, salesEach },
    agreedSeconds: { p50: seconds(p50), p99: seconds(p99), last: seconds(max) },
    salesASecond: round((sales * 1_000) / ms),
    statuses: Object.fromEntries(meter.statuses),
    beforeRetryAfter: meter.early(),
    mostRefusalsOfOne: Math.max(...tills.map(({ troubles }) => troubles.get("busy") ?? 0)),
    instanceCpuMsASale: round((cpuOf(fleet) - (cpuBefore[0] ?? 0)) / sales),
    databaseCpuMsASale: round((cpuMsBelow(process.pid, "postgres") - (cpuBefore[1] ?? 0)) / sales),
    databaseBytesASale: Math.round(((await fleet.databaseBytes()) - bytesBefore) / sales),
    memoryMib: instances.map(({ pid }) => memoryMibOf(pid)),
    troubles: troublesOf(tills),
  };
  await Promise.all(tills.map((till) => till.stop()));
  return row;
}

function isDone(till: LoadTill, sinceMs: number): boolean {
  return till.waiting() === 0 && (till.agreedAtMs() ?? 0) >= sinceMs;
}

function cpuOf({ instances }: Fleet): number {
  return instances.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0);
}
