import { z } from "zod";
import { dryRun, restoreRefusal } from "#contract/backup/dry-run.ts";
import { backupManifest, backupReasons } from "#contract/backup/manifest.ts";

const path = z.string().min(1).max(4_096);
const count = z.int().min(0);
const terminalId = z.string().max(8);

/** What stops a backup, by what somebody can do about it. */
export const backupTroubles = [
  /** The folder is not there: the stick is out, the share is away. */
  "folder-away",
  "folder-read-only",
  "folder-full",
  /** It is there and does not take or give what was asked: a cable, a dying stick. */
  "folder-broken",
  /** Chosen inside the till's own data: whatever harms that harms the backup. */
  "folder-inside",
  /** What was read back is not what was written. */
  "not-as-written",
  /** This machine's own disk has no room for the copy. */
  "no-room-here",
  /** The till's own books do not stand a check. */
  "books-damaged",
] as const;
export type BackupTrouble = (typeof backupTroubles)[number];

export const backupFault = z.strictObject({ kind: z.literal("backup"), trouble: z.enum(backupTroubles) });

export const checkFolderJob = z.strictObject({ kind: z.literal("backup-check"), folder: path, dataDir: path });

export const makeBackupJob = z.strictObject({
  kind: z.literal("backup-make"),
  dataDir: path,
  folder: path,
  utcOffsetMinutes: z.int().min(-720).max(840),
  of: backupManifest.pick({
    madeBy: true,
    terminalId: true,
    shop: true,
    isDemo: true,
    madeAtMs: true,
    why: true,
    pinMark: true,
  }),
});
export type MakeBackupJob = z.infer<typeof makeBackupJob>;

export const listBackupsJob = z.strictObject({ kind: z.literal("backup-list"), folder: path, terminalId });

export const stageRestoreJob = z.strictObject({
  kind: z.literal("backup-stage"),
  file: path,
  dataDir: path,
  terminalId,
  /** The demo store takes its own backups, and any real till's: this machine has no shop of its own yet. */
  isDemo: z.boolean(),
  pinMark: z.string().max(16),
  nowMs: count,
});
export type StageRestoreJob = z.infer<typeof stageRestoreJob>;

export const sealRestoreJob = z.strictObject({
  kind: z.literal("backup-seal"),
  dataDir: path,
  nowMs: count,
  /** Whose word it is; null where the till could not open and nobody could sign in. */
  by: z.string().max(64).nullable(),
  withGoods: z.boolean(),
  /** For the first manager, where PINs do not come along; null where they do. */
  pinHash: z.string().max(512).nullable(),
  isNewMachine: z.boolean(),
});
export type SealRestoreJob = z.infer<typeof sealRestoreJob>;

export const backupJobs = [checkFolderJob, makeBackupJob, listBackupsJob, stageRestoreJob, sealRestoreJob] as const;
export type AnyBackupJob = z.infer<(typeof backupJobs)[number]>;

/** A backup as it lies in the folder. */
export const foundBackup = z.strictObject({
  name: z.string().max(255),
  size: count,
  madeAtMs: count,
  why: z.enum(backupReasons),
  saleCount: count,
  lastSaleNumber: z.string().max(32).nullable(),
  terminalId,
  /** Its manifest and its length are right; a restore reads every byte. */
  isWhole: z.boolean(),
});
export type FoundBackup = z.infer<typeof foundBackup>;
/** Newest first; far above what rotation keeps of many tills. */
export const mostFound = 500;

export const madeBackup = z.strictObject({
  name: z.string().max(255),
  size: count,
  saleCount: count,
  lastSaleNumber: z.string().max(32).nullable(),
  journal: backupManifest.shape.journal,
  /** Older ones that went. */
  removed: count,
});
export type MadeBackup = z.infer<typeof madeBackup>;

export const backupResults = [
  z.strictObject({ of: z.literal("backup-check"), isSameDisk: z.boolean(), freeBytes: count }),
  madeBackup.extend({ of: z.literal("backup-make") }),
  z.strictObject({ of: z.literal("backup-list"), found: z.array(foundBackup).max(mostFound) }),
  z.strictObject({
    of: z.literal("backup-stage"),
    end: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("fits"), dryRun }),
      z.strictObject({ kind: z.literal("refused"), why: restoreRefusal }),
    ]),
  }),
  z.strictObject({
    of: z.literal("backup-seal"),
    names: z.array(z.string().max(255)).max(64),
    epoch: z.string().max(64),
  }),
] as const;
