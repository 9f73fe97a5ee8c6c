import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createAuditBooks } from "#main/jobs/audit-worker.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import type { SpawnWorker } from "#main/jobs/worker-process.ts";
import type { Log } from "#main/log/open-log.ts";
import type { AuditBooks } from "#main/till/ports/audit-books.ts";
import type { Clock } from "#main/till/ports/clock.ts";

/** The journal's own worker: whoever looks something up waits for no bill, and no bill for them. */
export function openAudit(parts: {
  readonly config: TerminalConfig;
  readonly dataDir: string;
  readonly spawn: SpawnWorker;
  readonly clock: Clock;
  readonly log: Log;
}): { readonly audit: AuditBooks; stop(): void } {
  const { config, dataDir, spawn, clock, log } = parts;
  const worker = createWorker({ spawn, clock, log: (what, facts) => log.warn(what, facts) });
  const { utcOffsetMinutes } = config.store;
  return { audit: createAuditBooks(worker, join(dataDir, "sales.db"), utcOffsetMinutes), stop: () => worker.stop() };
}
