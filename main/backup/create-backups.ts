import { basename, join } from "node:path";
import type { DryRun, RestoreRefusal } from "#contract/backup/dry-run.ts";
import type { BackupReason } from "#contract/backup/manifest.ts";
import type { Locale } from "#contract/config/terminal.ts";
import type { BackupTrouble, FoundBackup, MadeBackup, MakeBackupJob } from "#contract/worker/backup-messages.ts";
import { isDailyDue } from "#core/backup/daily.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import type { Backups } from "#main/till/ports/backups.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { type BackupSettings, readBackupSettings, writeBackupSettings } from "./backup-settings.ts";
import { dropRestore, orderRestore } from "./put-back.ts";

export interface BackupParts {
  readonly dataDir: string;
  readonly worker: Pick<Worker, "run">;
  readonly clock: Clock;
  /** Who and what is backed up, as it is now; the minutes are the shop's clock, east of UTC. */
  readonly of: () => Pick<MakeBackupJob["of"], "madeBy" | "terminalId" | "shop" | "isDemo" | "pinMark"> & {
    readonly utcOffsetMinutes: number;
  };
  readonly askForFolder: (locale: Locale) => Promise<string | null>;
  readonly askForFile: (locale: Locale) => Promise<string | null>;
  /** For the journal, once it is made. */
  readonly onMade: (made: MadeBackup, why: BackupReason, by: string | null) => void;
  readonly logFault: (what: string, cause: unknown) => void;
  readonly restart: () => void;
}

/** How often it is asked whether one is due; and how long after a failure the next is tried. Milliseconds. */
const lookEveryMs = 60_000;
const againAfterMs = 10 * 60_000;
/** A shop may be closed for a day without anybody having to look. Milliseconds. */
const overdueAfterMs = 2 * 86_400_000 + 3_600_000;

/** The till's backups: when they are due, what became of them, and the way back. Ended with its clock. */
export class OpenBackups implements Backups {
  readonly #parts: BackupParts;
  #settings: BackupSettings;
  #share: number | null = null;
  #byHand: string | null = null;
  /** Asked for while one was made, whose picture may be older. */
  #askedMeanwhile: BackupReason | null = null;
  #notBeforeMs = 0;
  #endLooking = (): void => {};
  #examined: DryRun | null = null;
  #prepared: readonly string[] | null = null;

  constructor(parts: BackupParts) {
    this.#parts = parts;
    this.#settings = readBackupSettings(parts.dataDir);
  }

  /** Looks now and then whether one is due; whatever was missed is caught up. */
  start(): void {
    this.#look();
  }

  stop(): void {
    this.#endLooking();
  }

  view(): ReturnType<Backups["view"]> {
    const { folder, isSameDisk, dailyAtMinutes, last, trouble } = this.#settings;
    const isOverdue = last === null || this.#parts.clock.now() - last.atMs > overdueAfterMs;
    const needsLook = folder === null || trouble !== null || (isOverdue && this.#share === null);
    return { folder, isSameDisk, dailyAtMinutes, share: this.#share, last, trouble, needsLook };
  }

  async list(): Promise<Result<readonly FoundBackup[], BackupTrouble | "failed">> {
    const { folder } = this.#settings;
    if (folder === null) return ok([]);
    const { terminalId, isDemo } = this.#parts.of();
    const listed = await this.#parts.worker.run({ kind: "backup-list", folder, terminalId: isDemo ? "" : terminalId });
    if (listed.ok && listed.value.of === "backup-list") return ok(listed.value.found);
    return fail(listed.ok || listed.fault.kind !== "backup" ? "failed" : listed.fault.trouble);
  }

  async chooseFolder(locale: Locale): ReturnType<Backups["chooseFolder"]> {
    const { dataDir, worker } = this.#parts;
    const folder = await this.#parts.askForFolder(locale);
    if (folder === null) return ok(null);
    const checked = await worker.run({ kind: "backup-check", folder, dataDir });
    if (!checked.ok || checked.value.of !== "backup-check")
      return fail(checked.ok || checked.fault.kind !== "backup" ? "failed" : checked.fault.trouble);
    const { isSameDisk } = checked.value;
    const kept = this.#keep({ folder, isSameDisk, trouble: null, owed: "by-hand" });
    this.#notBeforeMs = 0;
    if (kept.ok) this.#look();
    return kept;
  }

  setDailyTime(dailyAtMinutes: number): Result<null, "unkept"> {
    return this.#keep({ dailyAtMinutes });
  }

  backUpNow(by: string): void {
    this.#byHand = by;
    this.#owe("by-hand");
  }

  shiftClosed(): void {
    this.#owe("shift-close");
  }

  async examine(name: string | null, locale: Locale): Promise<Result<DryRun, RestoreRefusal> | null> {
    const { dataDir, clock, worker } = this.#parts;
    const { folder } = this.#settings;
    this.leave();
    const file = name === null ? await this.#parts.askForFile(locale) : join(folder ?? "", basename(name));
    if (file === null) return null;
    const { terminalId, isDemo, pinMark } = this.#parts.of();
    const job = { kind: "backup-stage", file, dataDir, terminalId, isDemo, pinMark, nowMs: clock.now() } as const;
    const staged = await worker.run(job);
    if (!staged.ok || staged.value.of !== "backup-stage") {
      this.#parts.logFault("a backup could not be examined", staged.ok ? null : staged.fault);
      return fail({ kind: "unreadable", code: "failed" });
    }
    const { end } = staged.value;
    if (end.kind === "refused") return fail(end.why);
    this.#examined = end.dryRun;
    return ok(end.dryRun);
  }

  examined(): DryRun | null {
    return this.#examined;
  }

  leave(): void {
    this.#examined = null;
    this.#prepared = null;
    try {
      dropRestore(this.#parts.dataDir);
    } catch (cause) {
      this.#parts.logFault("what a dry run has unpacked could not be taken away", cause);
    }
  }

  async prepare({ by, withGoods, pinHash }: Parameters<Backups["prepare"]>[0]): ReturnType<Backups["prepare"]> {
    const { dataDir, worker, clock } = this.#parts;
    const examined = this.#examined;
    if (examined === null) return fail("restore-failed");
    const sealed = await worker.run({
      ...({ kind: "backup-seal", dataDir, nowMs: clock.now(), by, pinHash } as const),
      ...{ withGoods: withGoods || examined.goods === "must-bring", isNewMachine: examined.isNewMachine },
    });
    // Books that were made ready once have their epoch: only a new dry run begins again.
    this.#examined = null;
    if (sealed.ok && sealed.value.of === "backup-seal") {
      this.#prepared = sealed.value.names;
      return ok(null);
    }
    this.#parts.logFault("a restore could not be prepared", sealed.ok ? null : sealed.fault);
    return fail("restore-failed");
  }

  order(): Result<null, "restore-failed"> {
    const { dataDir, clock } = this.#parts;
    if (this.#prepared === null) return fail("restore-failed");
    try {
      orderRestore(dataDir, this.#prepared, clock.now());
      return ok(null);
    } catch (cause) {
      this.#parts.logFault("a restore could not be ordered", cause);
      return fail("restore-failed");
    }
  }

  restart(): void {
    this.#parts.restart();
  }

  /** Remembered first: a till that is switched off after closing makes it at its next start. */
  #owe(why: BackupReason): void {
    if (this.#share !== null) this.#askedMeanwhile = why;
    this.#keep({ owed: why });
    this.#notBeforeMs = 0;
    this.#look();
  }

  #look(): void {
    this.#endLooking();
    this.#endLooking = this.#parts.clock.after(lookEveryMs, () => this.#look());
    const nowMs = this.#parts.clock.now();
    const { folder, owed, last, dailyAtMinutes } = this.#settings;
    if (folder === null || this.#share !== null || nowMs < this.#notBeforeMs) return;
    const { utcOffsetMinutes } = this.#parts.of();
    const why = owed ?? (isDailyDue(nowMs, last?.atMs ?? null, dailyAtMinutes, utcOffsetMinutes) ? "daily" : null);
    if (why !== null) void this.#make(folder, why, nowMs);
  }

  async #make(folder: string, why: BackupReason, madeAtMs: number): Promise<void> {
    const { dataDir, worker, logFault, onMade } = this.#parts;
    const { utcOffsetMinutes, ...of } = this.#parts.of();
    const by = why === "by-hand" ? this.#byHand : null;
    this.#share = 0;
    this.#askedMeanwhile = null;
    const onProgress = (share: number): void => {
      this.#share = share;
    };
    const job = { kind: "backup-make", dataDir, folder, utcOffsetMinutes, of: { ...of, madeAtMs, why } } as const;
    const end = await worker
      .run(job, { onProgress })
      .catch((cause: unknown) => fail({ kind: "failed" as const, error: String(cause) }));
    this.#share = null;
    if (end.ok && end.value.of === "backup-make") {
      const { name, size, saleCount, lastSaleNumber } = end.value;
      const last = { atMs: madeAtMs, name, size, why, saleCount, lastSaleNumber };
      this.#keep({ last, owed: this.#askedMeanwhile, trouble: null });
      onMade(end.value, why, by);
      if (this.#askedMeanwhile !== null) this.#look();
      return;
    }
    if (!end.ok && end.fault.kind === "cancelled") return;
    const kind = end.ok || end.fault.kind !== "backup" ? "failed" : end.fault.trouble;
    logFault("no backup was made", end.ok ? null : end.fault);
    this.#notBeforeMs = this.#parts.clock.now() + againAfterMs;
    this.#keep({ trouble: { kind, sinceMs: this.#settings.trouble?.sinceMs ?? madeAtMs }, owed: why });
  }

  #keep(change: Partial<BackupSettings>): Result<null, "unkept"> {
    const next = { ...this.#settings, ...change };
    try {
      writeBackupSettings(this.#parts.dataDir, next);
    } catch (cause) {
      this.#parts.logFault("backup.json could not be written", cause);
      // What is only remembered is better than what is forgotten; what a person chooses must be kept.
      if (change.folder !== undefined || change.dailyAtMinutes !== undefined) return fail("unkept");
      this.#settings = next;
      return fail("unkept");
    }
    this.#settings = next;
    return ok(null);
  }
}
