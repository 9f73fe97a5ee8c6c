import fc from "fast-check";
import { Broken, type PromiseName } from "./broken.ts";
import { cashierSteps } from "./cashier-steps.ts";
import { customerSteps } from "./customer-steps.ts";
import { raceSteps } from "./race-steps.ts";
import type { Setup } from "./shop.ts";
import { lookAround, type Step } from "./step.ts";
import { troubleSteps } from "./trouble-steps.ts";
import { World } from "./world.ts";

export interface ModelRun {
  readonly runs: number;
  readonly seed: number;
  /** Steps that made sense and were taken, over all runs. */
  readonly steps: number;
  readonly attempts: number;
  readonly charged: number;
  /** The longest time from a whole line to the last attempt's end. */
  readonly longestMs: number;
  readonly failure: Failure | null;
}

export interface Failure {
  readonly promise: PromiseName | "no-bug";
  /** In which run, counted from 1. */
  readonly run: number;
  readonly error: string;
  /** What happened, shrunk; one step a line. */
  readonly story: string;
  readonly path: string;
  readonly replayPath: string;
}

export interface ModelOptions {
  readonly runs: number;
  readonly seed: number;
  /** Of a failure to see again. */
  readonly path?: string | undefined;
  readonly replayPath?: string | undefined;
  /** Stops at the first failure as it was found. */
  readonly isUnshrunk?: boolean;
}

const setup: fc.Arbitrary<Setup> = fc.record({
  codepayProtocol: fc.constantFrom("v3", "v2"),
  hasBackup: fc.constantFrom(false, false, true),
  // Every query costs two RSA signatures, a run's largest part: mostly fewer of them than usual, now and then as usual.
  queryIntervalMs: fc.constantFrom(15_000, 15_000, 15_000, 10_000, 5_000),
  nativeDeadlineMs: fc.constantFrom(60_000, 60_000, 60_000, 150_000),
});

/** Runs the till through so many random days. */
export async function runModel(options: ModelOptions): Promise<ModelRun> {
  const { runs, seed, path, replayPath } = options;
  const count = { steps: 0, attempts: 0, charged: 0, longestMs: 0 };
  const steps = fc.commands([fc.oneof(...cashierSteps, ...customerSteps, ...raceSteps, ...troubleSteps)], {
    maxCommands: 30,
    size: "max",
    ...(replayPath === undefined ? {} : { replayPath }),
  });
  const property = fc.asyncProperty(setup, steps, async (setup, steps) => {
    const world = await World.open(setup);
    try {
      await fc.asyncModelRun(() => ({ model: lookAround(world), real: world }), steps);
      await world.heal();
      count.longestMs = Math.max(count.longestMs, await world.end());
    } finally {
      const orders = world.api.desk.ledger.orders();
      count.steps += world.steps;
      count.attempts += orders.length;
      count.charged += orders.filter(({ chargedFen }) => chargedFen > 0).length;
      world.close();
    }
  });
  const result = await fc.check(property, {
    numRuns: runs,
    seed,
    endOnFailure: options.isUnshrunk === true,
    ...(path === undefined ? {} : { path }),
  });
  return { runs: result.numRuns, seed, ...count, failure: failureOf(result) };
}

function failureOf(result: fc.RunDetails<[Setup, Iterable<Step>]>): Failure | null {
  if (!result.failed) return null;
  const { counterexample, counterexamplePath, errorInstance, numRuns } = result;
  const [setup, steps] = counterexample ?? [null, null];
  const told = fc.stringify(steps);
  const replayPath = /replayPath="([^"]*)"/u.exec(told)?.[1] ?? "";
  const error = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance));
  return {
    promise: error instanceof Broken ? error.promise : "no-bug",
    run: numRuns,
    error: error instanceof Broken ? error.message : (error.stack ?? error.message),
    story: `${JSON.stringify(setup)}\n${told.replaceAll(/\s*\/\*.*\*\/\s*/gu, "")}`,
    path: counterexamplePath ?? "",
    replayPath,
  };
}
