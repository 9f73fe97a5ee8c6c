import { type BrowserWindow, dialog } from "electron";

/** Lets the person choose a list of goods; null when they change their mind. Only main ever sees the path. */
export async function askForList(over: BrowserWindow | null): Promise<string | null> {
  const options = {
    filters: [{ name: "CSV, XLSX", extensions: ["csv", "xlsx", "txt"] }],
    properties: ["openFile", "dontAddToRecent"],
  } satisfies Electron.OpenDialogOptions;
  const answer = await (over === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(over, options));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
