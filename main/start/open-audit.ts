import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createAuditBooks } from "#main/jobs/audit-worker.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnUtilityWorker } from "#main/jobs/utility-worker.ts";
import type { Log } from "#main/log/open-log.ts";
import type { Endings } from "#main/start/endings.ts";
import type { AuditBooks } from "#main/till/ports/audit-books.ts";
import type { Clock } from "#main/till/ports/clock.ts";

/** The journal's own worker: whoever looks something up waits for no bill, and no bill for them. */
export function openAudit(parts: {
  readonly config: TerminalConfig;
  readonly dataDir: string;
  /** Where the built entries of the processes lie. */
  readonly out: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly endings: Pick<Endings, "push">;
}): AuditBooks {
  const log = parts.log.child("audit");
  const worker = createWorker({
    spawn: () => spawnUtilityWorker(join(parts.out, "main", "worker.js")),
    clock: parts.clock,
    log: (what, facts) => log.warn(what, facts),
  });
  parts.endings.push(() => worker.stop());
  return createAuditBooks(worker, join(parts.dataDir, "sales.db"), parts.config.store.utcOffsetMinutes);
}
