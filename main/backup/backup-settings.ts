import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { backupReasons } from "#contract/backup/manifest.ts";
import { backupTroubles } from "#contract/worker/backup-messages.ts";
import { writeDurably } from "#main/secret/write-durably.ts";

const atMs = z.int().min(0);

/**
 * backup.json: where this machine backs up to and how the last ones went. It is about this machine, so no backup has it and
 * no restore changes it.
 */
const backupSettings = z.strictObject({
  version: z.literal(1),
  folder: z.string().min(1).max(4_096).nullable(),
  isSameDisk: z.boolean().nullable(),
  dailyAtMinutes: z.int().min(0).max(1_439),
  last: z
    .strictObject({
      atMs,
      name: z.string().max(255),
      size: z.int().min(0),
      why: z.enum(backupReasons),
      saleCount: z.int().min(0),
      lastSaleNumber: z.string().max(32).nullable(),
    })
    .nullable(),
  /** Due since before this start: a shift was closed and its backup is not made. */
  owed: z.enum(backupReasons).nullable(),
  trouble: z.strictObject({ kind: z.enum([...backupTroubles, "failed"]), sinceMs: atMs }).nullable(),
});
export type BackupSettings = z.infer<typeof backupSettings>;

/** In the middle of a shop's day: the till is on, and a stick that was forgotten is still to be had. */
const defaultDailyMinutes = 14 * 60;

const nothingSet: BackupSettings = {
  version: 1,
  ...{ folder: null, isSameDisk: null, dailyAtMinutes: defaultDailyMinutes, last: null, owed: null, trouble: null },
};

/** What a file that is missing or unreadable means: nothing was chosen, and the manager is reminded. */
export function readBackupSettings(dataDir: string): BackupSettings {
  try {
    return backupSettings.parse(JSON.parse(readFileSync(join(dataDir, "backup.json"), "utf8")));
  } catch {
    return nothingSet;
  }
}

/** Durable when it returns. Throws what the disk says. */
export function writeBackupSettings(dataDir: string, settings: BackupSettings): void {
  writeDurably(join(dataDir, "backup.json"), `${JSON.stringify(settings, null, 2)}\n`);
}
