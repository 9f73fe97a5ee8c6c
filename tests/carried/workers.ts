import { type Chunk, runChunks } from "#tests/support/run-chunks.ts";
import type { ModelRun } from "./run-model.ts";

const worker = new URL("worker.ts", import.meta.url);

/** All runs over so many processes; a failure is told with its own chunk's seed. */
export async function runOverProcesses({ runs, seed }: Chunk, workers: number): Promise<ModelRun> {
  const done = await runChunks<ModelRun>(worker, { runs, seed }, workers);
  const total = (of: (run: ModelRun) => number): number => done.reduce((sum, run) => sum + of(run), 0);
  const failed = done.find(({ failure }) => failure !== null);
  return {
    runs: total((run) => run.runs),
    seed: failed?.seed ?? seed,
    steps: total((run) => run.steps),
    requests: total((run) => run.requests),
    charged: total((run) => run.charged),
    sold: total((run) => run.sold),
    refunded: total((run) => run.refunded),
    failure: failed?.failure ?? null,
  };
}
