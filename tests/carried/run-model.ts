import fc from "fast-check";
import { Broken, type PromiseName } from "./broken.ts";
import { compileWhenUsed } from "./lazy-statements.ts";
import { type Step, steps } from "./steps.ts";
import { World } from "./world.ts";

export interface ModelRun {
  readonly runs: number;
  readonly seed: number;
  /** Steps that made sense and were taken. */
  readonly steps: number;
  readonly requests: number;
  readonly charged: number;
  readonly sold: number;
  readonly refunded: number;
  readonly failure: Failure | null;
}

export interface Failure {
  readonly promise: PromiseName;
  readonly error: string;
  /** What happened, shrunk; one step a line. */
  readonly story: string;
  readonly path: string;
}

export interface ModelOptions {
  readonly runs: number;
  readonly seed: number;
  /** Of a failure to see again. */
  readonly path?: string | undefined;
  /** Stops at the first failure as it was found. */
  readonly isUnshrunk?: boolean;
}

compileWhenUsed();

/** Runs the three parties through so many random days. */
export async function runModel({ runs, seed, path, isUnshrunk }: ModelOptions): Promise<ModelRun> {
  const count = { steps: 0, requests: 0, charged: 0, sold: 0, refunded: 0 };
  const property = fc.asyncProperty(fc.array(steps, { maxLength: 60, size: "max" }), async (story) => {
    const world = await World.open();
    try {
      for (const one of story) {
        if (await one.take(world)) count.steps += 1;
        world.hold();
      }
      await world.rest();
      tally(world);
    } finally {
      await world.close();
    }
  });
  const tally = (world: World): void => {
    const orders = [...world.gateway.book.values()];
    count.requests += world.shown.length;
    count.charged += orders.filter(({ chargedFen }) => chargedFen > 0).length;
    count.sold += world.till.sales().length;
    count.refunded += orders.filter(({ refundedFen }) => refundedFen > 0).length;
  };
  const result = await fc.check(property, {
    numRuns: runs,
    seed,
    endOnFailure: isUnshrunk === true,
    ...(path === undefined ? {} : { path }),
  });
  return { runs: result.numRuns, seed, ...count, failure: failureOf(result) };
}

function failureOf(result: fc.RunDetails<[Step[]]>): Failure | null {
  if (!result.failed) return null;
  const { counterexample, counterexamplePath, errorInstance } = result;
  const error = errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance));
  const [story] = counterexample ?? [[]];
  return {
    promise: error instanceof Broken ? error.promise : "no-bug",
    error: error instanceof Broken ? error.message : (error.stack ?? error.message),
    story: story.map(({ name }) => name).join("\n"),
    path: counterexamplePath ?? "",
  };
}
