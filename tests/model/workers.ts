import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ModelOptions, ModelRun } from "./run-model.ts";

/** Small enough that the workers end together, large enough that a process's start does not count. */
const chunkRuns = 100;

/**
 * The runs in chunks, each with a seed of its own, over so many processes: the same runs however many there are. No
 * chunk is begun after a failure, which is told with its own chunk's seed.
 */
export async function runChunks({ runs, seed }: ModelOptions, workers: number): Promise<ModelRun> {
  const sizes = Array.from({ length: Math.ceil(runs / chunkRuns) }, (_, index) =>
    Math.min(chunkRuns, runs - index * chunkRuns),
  );
  const chunks = sizes.map((size, index) => ({ runs: size, seed: sizes.length === 1 ? seed : seed * 1_000 + index }));
  const done: ModelRun[] = [];
  const queue = chunks.values();
  const lane = async (): Promise<void> => {
    const worker = fork(fileURLToPath(new URL("worker.ts", import.meta.url)));
    try {
      for (const chunk of queue) {
        done.push(await ask(worker, chunk));
        if (done.some(({ failure }) => failure !== null)) return;
      }
    } finally {
      worker.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, chunks.length) }, lane));
  return sumUp(done, seed);
}

function ask(worker: ChildProcess, chunk: ModelOptions): Promise<ModelRun> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`a worker ended with ${code} at seed ${chunk.seed}`));
    worker.once("exit", gone);
    worker.once("message", (answer) => {
      worker.off("exit", gone);
      resolve(answer as ModelRun);
    });
    worker.send(chunk);
  });
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
