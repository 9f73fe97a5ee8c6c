import { type ChildProcess, fork } from "node:child_process";

/** So many random runs, and where they begin. */
export interface Chunk {
  readonly runs: number;
  readonly seed: number;
}

/** Small enough that the workers end together, large enough that a process's start does not count. */
const chunkRuns = 100;

/**
 * The runs in chunks, each with a seed of its own, over so many processes of `worker`: the same runs however many there are.
 * No chunk is begun after a failure. @returns what the worker made of each chunk, in the order in which they ended
 */
export async function runChunks<Run extends { readonly failure: unknown }>(
  worker: URL,
  { runs, seed }: Chunk,
  workers: number,
): Promise<readonly Run[]> {
  const sizes = Array.from({ length: Math.ceil(runs / chunkRuns) }, (_, index) =>
    Math.min(chunkRuns, runs - index * chunkRuns),
  );
  const chunks = sizes.map((size, index) => ({ runs: size, seed: sizes.length === 1 ? seed : seed * 1_000 + index }));
  const done: Run[] = [];
  const queue = chunks.values();
  const lane = async (): Promise<void> => {
    const child = fork(worker);
    try {
      for (const chunk of queue) {
        done.push(await ask<Run>(child, chunk));
        if (done.some(({ failure }) => failure !== null)) return;
      }
    } finally {
      child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, chunks.length) }, lane));
  return done;
}

function ask<Run>(child: ChildProcess, chunk: Chunk): Promise<Run> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void => reject(new Error(`a worker ended with ${code} at seed ${chunk.seed}`));
    child.once("exit", gone);
    child.once("message", (answer) => {
      child.off("exit", gone);
      // What the worker's own file sends.
      resolve(answer as Run);
    });
    child.send(chunk);
  });
}
