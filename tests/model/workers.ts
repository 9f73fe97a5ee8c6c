import { type Chunk, runChunks } from "#tests/support/run-chunks.ts";
import type { ModelRun } from "./run-model.ts";

const worker = new URL("worker.ts", import.meta.url);

/** All runs over so many processes; a failure is told with its own chunk's seed. */
export async function runOverProcesses({ runs, seed }: Chunk, workers: number): Promise<ModelRun> {
  return sumUp(await runChunks<ModelRun>(worker, { runs, seed }, workers), seed);
}

function sumUp(done: readonly ModelRun[], seed: number): ModelRun {
  const total = (of: (run: ModelRun) => number): number => done.reduce((sum, run) => sum + of(run), 0);
  const failed = done.find(({ failure }) => failure !== null);
  return {
    runs: total((run) => run.runs),
    seed: failed?.seed ?? seed,
    steps: total((run) => run.steps),
    attempts: total((run) => run.attempts),
    charged: total((run) => run.charged),
    longestMs: Math.max(...done.map(({ longestMs }) => longestMs)),
    failure: failed?.failure ?? null,
  };
}
