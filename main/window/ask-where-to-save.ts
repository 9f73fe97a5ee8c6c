import { join } from "node:path";
import { app, type BrowserWindow, dialog } from "electron";

/** The system's own question where to save; null when it is closed. Only main ever sees the path. */
export async function askWhereToSave(over: BrowserWindow | null, suggestedName: string): Promise<string | null> {
  const extension = suggestedName.split(".").at(-1) ?? "csv";
  const options = {
    defaultPath: join(app.getPath("documents"), suggestedName),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    properties: ["showOverwriteConfirmation", "createDirectory"],
  } satisfies Electron.SaveDialogOptions;
  const answer = over === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(over, options);
  return answer.canceled || answer.filePath === "" ? null : answer.filePath;
}
