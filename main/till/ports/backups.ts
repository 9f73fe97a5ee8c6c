import type { DryRun, RestoreRefusal } from "#contract/backup/dry-run.ts";
import type { Locale } from "#contract/config/terminal.ts";
import type { BackupsView } from "#contract/ipc/backup-intents.ts";
import type { BackupTrouble, FoundBackup } from "#contract/worker/backup-messages.ts";
import type { Result } from "#core/result.ts";

/** Backups of the till's data and their restore, as the use cases see them; who may is theirs. */
export interface Backups {
  view(): BackupsView;
  list(): Promise<Result<readonly FoundBackup[], BackupTrouble | "failed">>;
  /** Asks where to, looks whether it takes files, and keeps it. Null: the question was closed. */
  chooseFolder(locale: Locale): Promise<Result<null, BackupTrouble | "failed" | "unkept">>;
  setDailyTime(minutes: number): Result<null, "unkept">;
  /** Begins one where none is under way; returns at once. */
  backUpNow(by: string): void;
  /** A shift was closed and that is on the disk: one is due. Returns at once. */
  shiftClosed(): void;
  /** A dry run. Null: the question which file was closed. */
  examine(name: string | null, locale: Locale): Promise<Result<DryRun, RestoreRefusal> | null>;
  /** The one examined last and not given up; null for none. */
  examined(): DryRun | null;
  leave(): void;
  /** Makes what was examined ready to be put in place; the till goes on meanwhile. */
  prepare(choice: {
    readonly by: string;
    readonly withGoods: boolean;
    readonly pinHash: string | null;
  }): Promise<Result<null, "restore-failed">>;
  /** From the next start on the prepared books are the till's. Durable when it answers. */
  order(): Result<null, "restore-failed">;
  restart(): void;
}
