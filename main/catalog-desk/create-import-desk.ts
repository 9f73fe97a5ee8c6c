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

/** One list at a time: chosen, checked as often as its columns are changed, and then taken in as it was checked. */
export function createImportDesk(parts: ImportDeskParts): OpenImportDesk {
  let path: string | null = null;
  let asked: ListAsk | null = null;
  let checked: Imported | null = null;
  let standing: ImportStanding = { kind: "none" };
  let running: AbortController | null = null;
  let isWriting = false;

  function begin(kind: "checking" | "applying", job: ImportJob): void {
    const fileName = basename(job.file);
    const mine = new AbortController();
    running = mine;
    isWriting = kind === "applying";
    standing = { kind, fileName, share: 0 };
    const onProgress = (share: number): void => {
      if (running === mine) standing = { kind, fileName, share };
    };
    void parts.worker
      .run(job, { signal: mine.signal, onProgress })
      .catch((cause: unknown) => {
        parts.logFault("import goods", cause);
        return fail<JobFault>({ kind: "failed", error: "" });
      })
      .then((ended) => {
        if (running !== mine) return;
        running = null;
        isWriting = false;
        if (!ended.ok || ended.value.of !== "import-items") {
          checked = null;
          standing = { kind: "failed", fileName, why: ended.ok ? "failed" : troubleOf(ended.fault) };
          return;
        }
        const { of: _, isApplied, sha256: __, delimiter: ___, ...list } = ended.value;
        checked = ended.value;
        standing = { kind: isApplied ? "applied" : "checked", fileName, list, newCategories: job.newCategories };
        if (isApplied) parts.onApplied();
      });
  }

  function jobOf(ask: ListAsk, file: string, change: Partial<ImportJob>): ImportJob {
    const { columns, newCategories, locale } = ask;
    const { catalogDb } = parts;
    const base = { kind: "import-items", file, catalogDb, sha256: null, mode: "check", report: null } as const;
    return { ...base, columns, newCategories, locale, cashierId: "", ...change };
  }

  const check = (ask: ListAsk): boolean => {
    if (path === null || running !== null) return false;
    asked = ask;
    checked = null;
    begin("checking", jobOf(ask, path, {}));
    return true;
  };

  return {
    standing: () => standing,
    isImporting: () => isWriting,
    check,
    async choose(ask) {
      if (running !== null) return;
      const chosen = await parts.chooseFile();
      // Somebody may have begun another meanwhile.
      if (chosen === null || running !== null) return;
      path = chosen;
      check(ask);
    },
    apply(mode, locale, cashierId) {
      if (path === null || asked === null || checked === null || running !== null) return false;
      if (checked.isApplied || checked.rows === 0) return false;
      const { sha256, columns } = checked;
      begin("applying", jobOf({ ...asked, columns, locale }, path, { sha256, mode, cashierId }));
      return true;
    },
    cancel: () => running?.abort(),
    discard() {
      if (isWriting) return;
      running?.abort();
      running = null;
      [path, asked, checked] = [null, null, null];
      standing = { kind: "none" };
    },
    async writeReport(target, locale) {
      if (path === null || asked === null || checked === null || running !== null) return fail("no-import");
      const { sha256, columns, wrong } = checked;
      const ended = await parts.worker.run(jobOf({ ...asked, columns, locale }, path, { sha256, report: target }));
      if (!ended.ok) parts.logFault("write the report of an import", ended.fault);
      return ended.ok ? ok(wrong) : fail("cannot-write");
    },
    async exportTo(target, format, locale) {
      const { catalogDb } = parts;
      const ended = await parts.worker.run({ kind: "export-items", catalogDb, target, format, locale });
      if (ended.ok && ended.value.of === "export-items") return ok(ended.value.rowCount);
      if (!ended.ok) parts.logFault("export goods", ended.fault);
      return fail(!ended.ok && ended.fault.kind === "too-many-items" ? "too-many-items" : "cannot-write");
    },
  };
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
