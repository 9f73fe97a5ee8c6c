import { basename } from "node:path";
import type { ImportStanding, ImportTrouble } from "#contract/ipc/catalog-intents.ts";
import type { ImportJob } from "#contract/worker/catalog-messages.ts";
import type { JobFault, JobResult } from "#contract/worker/messages.ts";
import { fail, ok } from "#core/result.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import type { ImportDesk, ListAsk } from "#main/till/ports/import-desk.ts";

type Imported = Extract<JobResult, { of: "import-items" }>;

export interface ImportDeskParts {
  readonly worker: Worker;
  readonly catalogDb: string;
  /** Null when the manager changes their mind. */
  readonly chooseFile: () => Promise<string | null>;
  /** A list was taken in: goods and notes have changed. */
  readonly onApplied: () => void;
  readonly logFault: (what: string, cause: unknown) => void;
}

export interface OpenImportDesk extends ImportDesk {
  /** True while a list is being written. */
  isImporting(): boolean;
}

/** What is under way with the chosen file, and what the last look at it said. */
interface Work {
  path: string | null;
  asked: ListAsk | null;
  checked: Imported | null;
  standing: ImportStanding;
  running: AbortController | null;
  isWriting: boolean;
}

/** One list at a time: chosen, checked as often as its columns are changed, and then taken in as it was checked. */
export function createImportDesk(parts: ImportDeskParts): OpenImportDesk {
  const { worker, catalogDb, logFault } = parts;
  const nothing = { path: null, asked: null, checked: null, standing: { kind: "none" } } as const;
  const work: Work = { ...nothing, running: null, isWriting: false };

  const check = (ask: ListAsk): boolean => {
    if (work.path === null || work.running !== null) return false;
    Object.assign(work, { asked: ask, checked: null });
    void run(parts, work, "checking", jobOf(ask, work.path, catalogDb, {}));
    return true;
  };

  return {
    standing: () => work.standing,
    isImporting: () => work.isWriting,
    check,
    async choose(ask) {
      if (work.running !== null) return;
      const chosen = await parts.chooseFile();
      // Somebody may have begun another meanwhile.
      if (chosen === null || work.running !== null) return;
      work.path = chosen;
      check(ask);
    },
    apply(mode, locale, cashierId) {
      const { path, asked, checked, running } = work;
      if (path === null || asked === null || checked === null || running !== null) return false;
      if (checked.isApplied || checked.refusal !== null) return false;
      const { sha256, columns } = checked;
      const job = jobOf({ ...asked, columns, locale }, path, catalogDb, { sha256, mode, cashierId });
      void run(parts, work, "applying", job);
      return true;
    },
    cancel: () => work.running?.abort(),
    discard() {
      if (work.isWriting) return;
      work.running?.abort();
      Object.assign(work, nothing, { running: null });
    },
    async writeReport(target, locale) {
      const { path, asked, checked, running } = work;
      if (path === null || asked === null || checked === null || running !== null) return fail("no-import");
      const { sha256, columns, wrong } = checked;
      const job = jobOf({ ...asked, columns, locale }, path, catalogDb, { sha256, report: target });
      const ended = await worker.run(job);
      if (!ended.ok) logFault("write the report of an import", ended.fault);
      return ended.ok ? ok(wrong) : fail("cannot-write");
    },
    async exportTo(target, format, locale) {
      const ended = await worker.run({ kind: "export-items", catalogDb, target, format, locale });
      if (ended.ok && ended.value.of === "export-items") return ok(ended.value.rowCount);
      if (!ended.ok) logFault("export goods", ended.fault);
      return fail(!ended.ok && ended.fault.kind === "too-many-items" ? "too-many-items" : "cannot-write");
    },
  };
}

/** Has the worker do it, and keeps how it stands; what was discarded meanwhile changes nothing any more. */
async function run(
  { worker, onApplied, logFault }: ImportDeskParts,
  work: Work,
  kind: "checking" | "applying",
  job: ImportJob,
): Promise<void> {
  const fileName = basename(job.file);
  const mine = new AbortController();
  Object.assign(work, { running: mine, isWriting: kind === "applying", standing: { kind, fileName, share: 0 } });
  const onProgress = (share: number): void => {
    if (work.running === mine) work.standing = { kind, fileName, share };
  };
  const ended = await worker.run(job, { signal: mine.signal, onProgress }).catch((cause: unknown) => {
    logFault("import goods", cause);
    return fail<JobFault>({ kind: "failed", error: "" });
  });
  if (work.running !== mine) return;
  Object.assign(work, { running: null, isWriting: false, checked: null });
  if (!ended.ok || ended.value.of !== "import-items") {
    if (!ended.ok && ended.fault.kind !== "cancelled") logFault("import goods", ended.fault);
    work.standing = { kind: "failed", fileName, why: ended.ok ? "failed" : troubleOf(ended.fault) };
    return;
  }
  const { of: _, isApplied, sha256: __, delimiter: ___, ...list } = ended.value;
  work.checked = ended.value;
  work.standing = { kind: isApplied ? "applied" : "checked", fileName, list, newCategories: job.newCategories };
  if (isApplied) onApplied();
}

function jobOf(ask: ListAsk, file: string, catalogDb: string, change: Partial<ImportJob>): ImportJob {
  const { columns, newCategories, locale } = ask;
  const base = { kind: "import-items", file, catalogDb, sha256: null, mode: "check", report: null } as const;
  return { ...base, columns, newCategories, locale, cashierId: "", ...change };
}

function troubleOf(fault: JobFault): ImportTrouble {
  switch (fault.kind) {
    case "cancelled":
    case "unreadable-file":
    case "file-changed":
    case "catalog-closed":
      return fault.kind;
    default:
      return "failed";
  }
}
