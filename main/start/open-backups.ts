import { app, type BrowserWindow } from "electron";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { OpenBackups } from "#main/backup/create-backups.ts";
import type { OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { Backups } from "#main/till/ports/backups.ts";
import { askForBackupFile, askForBackupFolder } from "#main/window/ask-for-backup.ts";
import { openWorker, type WorkerPlace } from "./open-worker.ts";

/** The till is open and painted before the first look: what is owed waits so long. Milliseconds. */
const firstLookMs = 20_000;

/** Backups with a worker of their own: a stick that does not answer keeps nobody's report waiting. */
export function openBackups(
  parts: WorkerPlace & {
    readonly dataDir: string;
    /** Read at every use. */
    readonly config: () => TerminalConfig;
    readonly isDemo: boolean;
    readonly pinMark: string;
    readonly store: Pick<OpenSalesStore, "appendJournal">;
    readonly window: () => BrowserWindow | null;
    readonly restart: () => void;
  },
): Backups {
  const { dataDir, clock, isDemo, pinMark, store, window, restart, endings } = parts;
  const log = parts.log.child("backup");
  const backups = new OpenBackups({
    ...{ dataDir, clock, restart, worker: openWorker({ ...parts, log }) },
    of() {
      const { terminalId, store: shop } = parts.config();
      const { code, nameZh, nameEn, utcOffsetMinutes } = shop;
      return {
        madeBy: app.getVersion(),
        terminalId,
        shop: { code, nameZh, nameEn },
        isDemo,
        pinMark,
        utcOffsetMinutes,
      };
    },
    askForFolder: (locale) => askForBackupFolder(window(), locale),
    askForFile: (locale) => askForBackupFile(window(), locale),
    onMade({ name, size, journal, saleCount, removed }, why, by) {
      log.info("backed up", { name, size, saleCount, removed });
      const { epoch, seq, hash } = journal;
      store.appendJournal({ kind: "backup-made", body: { name, size, why, by, through: { epoch, seq, hash } } });
    },
    logFault: (what, cause) => log.warn(what, { cause }),
  });
  endings.push(clock.after(firstLookMs, () => backups.start()));
  endings.push(() => backups.stop());
  return backups;
}
