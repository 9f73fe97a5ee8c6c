import { z } from "zod";
import type { DryRun, RestoreRefusal } from "#contract/backup/dry-run.ts";
import type { BackupReason } from "#contract/backup/manifest.ts";
import type { BackupTrouble, FoundBackup } from "#contract/worker/backup-messages.ts";

const approvalPin = z.string().regex(/^\d{4,8}$/);

/** Backups and restores: a manager's, asked again in main for each. Only main ever sees a path from outside. */
export const backupSchemas = {
  /** Asked every moment while the page is open. */
  backups: z.strictObject({}),
  /** What lies in the folder; a slow stick takes a while to say. */
  "list-backups": z.strictObject({}),
  /** Asks where to; an unsuitable folder changes nothing. */
  "choose-backup-folder": z.strictObject({}),
  /** Minutes after the shop's midnight. */
  "set-backup-time": z.strictObject({ dailyAtMinutes: z.int().min(0).max(1_439) }),
  /** Begins one; `backups` tells how far it is. */
  "back-up-now": z.strictObject({}),
  /** A dry run of one in the folder, or of a file the person chooses (null); changes nothing. */
  "examine-backup": z.strictObject({ name: z.string().min(1).max(255).nullable() }),
  "leave-restore": z.strictObject({}),
  /** Restores what was examined last, by a manager's PIN, and starts the till again. */
  "restore-backup": z.strictObject({ approvalPin, withGoods: z.boolean() }),
} as const;

export interface LastBackup {
  readonly atMs: number;
  readonly name: string;
  readonly size: number;
  readonly why: BackupReason;
  readonly saleCount: number;
  readonly lastSaleNumber: string | null;
}

export interface BackupsView {
  /** Where to; null: nothing was chosen yet, and nothing is backed up. */
  readonly folder: string | null;
  /** On the disk the till's data is on: it does not outlive that disk. Null while nobody has looked. */
  readonly isSameDisk: boolean | null;
  readonly dailyAtMinutes: number;
  /** How far the one under way is, 0 to 1; null where none is. */
  readonly share: number | null;
  readonly last: LastBackup | null;
  /** What the last try met, and since when; it is tried again by itself. Null after one that went well. */
  readonly trouble: { readonly kind: BackupTrouble | "failed"; readonly sinceMs: number } | null;
  /** A manager has something to see to: no folder, a trouble, or no backup for more than two days. */
  readonly needsLook: boolean;
}

/** What an examined backup came to; null: the question which file was closed. */
export type Examined =
  | { readonly kind: "fits"; readonly dryRun: DryRun }
  | { readonly kind: "refused"; readonly why: RestoreRefusal }
  | null;

export interface BackupAnswers {
  backups: BackupsView;
  "list-backups": readonly FoundBackup[];
  "choose-backup-folder": BackupsView;
  "set-backup-time": BackupsView;
  "back-up-now": BackupsView;
  "examine-backup": Examined;
}

export type BackupFaultKind =
  | `backup-${BackupTrouble | "failed"}`
  /** backup.json could not be written: the choice does not hold. */
  | "backup-unkept"
  /** Nothing was examined, or it was another's turn meanwhile. */
  | "restore-not-examined"
  /** A basket or a payment is open: it would be set aside with the present books. */
  | "restore-sale-open"
  /** The disk did not take it; everything is as it was. */
  | "restore-failed";
