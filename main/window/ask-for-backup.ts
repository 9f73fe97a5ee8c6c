import { type BrowserWindow, dialog } from "electron";
import type { Locale } from "#contract/config/terminal.ts";

/** Lets the person choose where backups go; null when they change their mind. Only main ever sees the path. */
export async function askForBackupFolder(over: BrowserWindow | null, locale: Locale): Promise<string | null> {
  return ask(over, {
    title: locale === "en" ? "Folder for backups" : "备份文件夹",
    properties: ["openDirectory", "createDirectory", "dontAddToRecent"],
  });
}

/** The same for a backup's file. */
export async function askForBackupFile(over: BrowserWindow | null, locale: Locale): Promise<string | null> {
  return ask(over, {
    title: locale === "en" ? "Backup to restore" : "要恢复的备份",
    filters: [{ name: "tillway-*.tar", extensions: ["tar"] }],
    properties: ["openFile", "dontAddToRecent"],
  });
}

/** The same for the folder that another system of the shop shares with the till. */
export async function askForLegacyFolder(over: BrowserWindow | null, locale: Locale): Promise<string | null> {
  return ask(over, {
    title: locale === "en" ? "Folder shared with another system" : "与其他系统共用的文件夹",
    properties: ["openDirectory", "createDirectory", "dontAddToRecent"],
  });
}

async function ask(over: BrowserWindow | null, options: Electron.OpenDialogOptions): Promise<string | null> {
  const answer = await (over === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(over, options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
