import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createBillRoom } from "#main/bills/create-bill-room.ts";
import { createWorker } from "#main/jobs/create-worker.ts";
import type { SpawnWorker } from "#main/jobs/worker-process.ts";
import type { Log } from "#main/log/open-log.ts";
import type { BillGateway } from "#main/till/ports/payment-gateway.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { ReconciliationStore } from "#main/till/ports/reconciliation-store.ts";
import { Reconciler } from "#main/till/reconciliation/reconciler.ts";

export interface ReconciliationParts {
  readonly config: TerminalConfig;
  readonly dataDir: string;
  readonly store: ReconciliationStore;
  readonly gateway: BillGateway;
  readonly mchid: string;
  readonly spawn: SpawnWorker;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (what: "days" | "progress") => void;
}

export interface OpenReconciliation {
  readonly reconciler: Reconciler;
  stop(): void;
}

/** The gateway's bills beside our books: the worker that reads them, the room they lie in, and who has it done daily. */
export function openReconciliation(parts: ReconciliationParts): OpenReconciliation {
  const { config, dataDir, store, gateway, clock, log, onChange } = parts;
  const worker = createWorker({ spawn: parts.spawn, clock, log: (what, facts) => log.warn(what, facts) });
  const room = createBillRoom({
    folder: join(dataDir, "bills"),
    salesDb: join(dataDir, "sales.db"),
    gateway,
    worker,
    mchid: parts.mchid,
    till: { storeCode: config.store.code, terminalId: config.terminalId },
    log: (what, facts) => log.info(what, facts),
  });
  const reconciler = new Reconciler({ store, room, clock, onChange, log: (what, facts) => log.warn(what, facts) });
  return {
    reconciler,
    stop() {
      reconciler.stop();
      worker.stop();
    },
  };
}
