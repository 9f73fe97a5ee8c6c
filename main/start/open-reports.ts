import { join } from "node:path";
import { spawnUtilityWorker } from "#main/jobs/utility-worker.ts";
import type { Log } from "#main/log/open-log.ts";
import { createReports } from "#main/reports/create-reports.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Reports } from "#main/till/ports/reports.ts";

/** The reports' workers; ended, by the last of `endings`, before the store is. */
export function openReports(parts: {
  readonly dataDir: string;
  /** Where the built entries of the processes lie. */
  readonly out: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly endings: (() => void | Promise<void>)[];
}): Reports {
  const log = parts.log.child("reports");
  const reports = createReports({
    salesDb: join(parts.dataDir, "sales.db"),
    spawn: () => spawnUtilityWorker(join(parts.out, "main", "worker.js")),
    clock: parts.clock,
    log: (what, facts) => log.warn(what, facts),
  });
  parts.endings.push(() => reports.stop());
  return reports;
}
