import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ChainRead } from "#core/health/judge-till.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import type { BackupStatus } from "#main/till/ports/backup-status.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import { diskSpace, writeProbe } from "./disk.ts";
import { logFolder } from "./log-folder.ts";

/** Entries of the journal's end that are checked with every look: a day of a busy till. */
const entriesAtEnd = 5_000;
/** Behind every entry: the worker then only says how many there are. */
const behindAll = Number.MAX_SAFE_INTEGER;

export interface MachineParts {
  /** Holds the books and, in `logs`, the log. */
  readonly dataDir: string;
  /** Of its own: nobody's import or report waits for a check, and no check for them. */
  readonly worker: Pick<Worker, "run">;
  /** Of the connection that books sales. */
  readonly durability: () => { readonly journalMode: string; readonly synchronous: number };
  /** The machine's calendar and time that only goes on; how often it has slept. */
  readonly now: () => number;
  readonly steady: { nowMs(): number; sleeps(): number };
  /** What each of the till's processes has in memory, and what the machine has left; bytes. */
  readonly memory: MachineHealth["memory"];
  readonly versions: Readonly<Record<string, string>>;
  readonly backup: () => BackupStatus;
}

/** The machine's side of the health page: files by the system's own threads, databases by the worker. */
export function createMachineHealth(parts: MachineParts): MachineHealth {
  const { dataDir, worker, now, steady } = parts;
  const salesDb = join(dataDir, "sales.db");
  const logs = join(dataDir, "logs");
  const opened = { wallMs: now(), steadyMs: steady.nowMs(), sleeps: steady.sleeps() };

  /** From a position to the end, stretch by stretch. */
  async function verify(from: number): Promise<Result<ChainRead, "failed">> {
    for (let after = from; ;) {
      const step = await worker.run({ kind: "verify-journal", salesDb, after });
      if (!step.ok || step.value.of !== "verify-journal") return fail("failed");
      const { through, total, broken } = step.value;
      if (broken !== null || through >= total)
        return ok({ checked: through - from, total, brokenAt: broken === null ? null : broken.seq });
      after = through;
    }
  }

  return {
    diskSpace: () => diskSpace(dataDir),
    diskWrite: () => writeProbe(dataDir),
    sinceOpened: () => ({
      wallMs: now() - opened.wallMs,
      steadyMs: Math.round(steady.nowMs() - opened.steadyMs),
      hasSlept: steady.sleeps() > opened.sleeps,
    }),
    async database() {
      const looked = await worker.run({ kind: "check-database", salesDb });
      return looked.ok && looked.value.of === "check-database" ? ok(looked.value) : fail("failed");
    },
    async durability() {
      const walBytes = await stat(`${salesDb}-wal`).then(
        ({ size }) => size,
        () => 0,
      );
      return { ...parts.durability(), walBytes };
    },
    async journalEnd() {
      const counted = await worker.run({ kind: "verify-journal", salesDb, after: behindAll });
      if (!counted.ok || counted.value.of !== "verify-journal") return fail("failed");
      return verify(Math.max(counted.value.total - entriesAtEnd, 0));
    },
    journalWhole: () => verify(0),
    memory: parts.memory,
    log: () => logFolder(logs),
    versions: () => parts.versions,
    backup: parts.backup,
    async bundle(files, target) {
      const catalogDb = join(dataDir, "catalog.db");
      const made = await worker.run({
        ...{ kind: "support-bundle", salesDb, catalogDb, logFolder: logs, target },
        files: files.map(({ name, text }) => ({ name, text })),
      });
      if (made.ok) return made.value.of === "support-bundle" ? ok(made.value) : fail("failed");
      return fail(made.fault.kind === "cannot-write" ? "cannot-write" : "failed");
    },
  };
}
