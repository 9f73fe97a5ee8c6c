import { freemem, release } from "node:os";
import { app, powerMonitor } from "electron";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createMachineHealth } from "#main/health/create-machine-health.ts";
import { createLatency, type LiveLatency } from "#main/latency/create-latency.ts";
import { timedCommits } from "#main/latency/timed.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { BackupStatus } from "#main/till/ports/backup-status.ts";
import type { Backups } from "#main/till/ports/backups.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import { openWorker, type WorkerPlace } from "./open-worker.ts";
import { steadyClock } from "./steady-clock.ts";

/** What the till deps take of it: the store whose commits are timed, the times, and the machine's word of itself. */
export interface OpenHealth {
  readonly store: OpenSalesStore;
  readonly latency: LiveLatency;
  readonly machine: MachineHealth;
}

/** The times of the day from here on, and what the till can say of the machine and its files, with a worker of its own. */
export function openHealth(
  parts: WorkerPlace & {
    readonly dataDir: string;
    /** Whose day it is. */
    readonly settings: { config(): Pick<TerminalConfig, "store"> };
    readonly store: OpenSalesStore;
    /** Null in training, of which nothing is backed up. */
    readonly backups: Pick<Backups, "view"> | null;
  },
): OpenHealth {
  const { dataDir, settings, store, clock, backups } = parts;
  const latency = createLatency({ now: clock.now, turns: () => settings.config().store });
  const machine = createMachineHealth({
    ...{ dataDir, now: clock.now, memory, versions, backup: () => statusOf(backups) },
    worker: openWorker({ ...parts, log: parts.log.child("health") }),
    durability: () => store.durability(),
    steady: steadyClock(powerMonitor),
  });
  return { store: timedCommits(store, latency), latency, machine };
}

/** One is only counted as made once it was read back (main/worker/backup). */
function statusOf(backups: Pick<Backups, "view"> | null): BackupStatus {
  if (backups === null) return null;
  const { folder, last } = backups.view();
  return folder === null ? null : { folder, lastVerifiedAt: last?.atMs ?? null };
}

const memory: MachineHealth["memory"] = async () => ({
  // Electron says kilobytes.
  processes: app.getAppMetrics().map(({ type, memory }) => ({ kind: type, bytes: memory.workingSetSize * 1_024 })),
  freeBytes: freemem(),
});

const versions = {
  till: app.getVersion(),
  electron: process.versions.electron,
  chrome: process.versions.chrome,
  node: process.versions.node,
  system: `${process.platform} ${process.arch} ${release()}`,
  packaged: String(app.isPackaged),
};
