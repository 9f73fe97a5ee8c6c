import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createAuditBooks } from "#main/jobs/audit-worker.ts";
import type { AuditBooks } from "#main/till/ports/audit-books.ts";
import { openWorker, type WorkerPlace } from "./open-worker.ts";

/** The journal's own worker: whoever looks something up waits for no bill, and no bill for them. */
export function openAudit(
  parts: WorkerPlace & { readonly config: TerminalConfig; readonly dataDir: string },
): AuditBooks {
  const worker = openWorker({ ...parts, log: parts.log.child("audit") });
  return createAuditBooks(worker, join(parts.dataDir, "sales.db"), parts.config.store.utcOffsetMinutes);
}
