import { join } from "node:path";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnUtilityWorker } from "#main/jobs/utility-worker.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Endings } from "./endings.ts";

export interface WorkerPlace {
  /** Where the built entries of the processes lie. */
  readonly out: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What is to be ended in order when the till closes. */
  readonly endings: Pick<Endings, "push">;
}

/** A worker of one's own: whoever has it waits for nobody else's job, and nobody for theirs. */
export function openWorker({ out, clock, log, endings }: WorkerPlace): ReturnType<typeof createWorker> {
  const worker = createWorker({
    spawn: () => spawnUtilityWorker(join(out, "main", "worker.js")),
    clock,
    log: (what, facts) => log.warn(what, facts),
  });
  endings.push(() => worker.stop());
  return worker;
}
