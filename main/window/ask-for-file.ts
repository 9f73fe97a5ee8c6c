import { readFileSync, statSync } from "node:fs";
import { type BrowserWindow, dialog } from "electron";

/** Lets the person choose one file. Null when they change their mind; `bytes` is null for a file that cannot be read. */
export async function askForFile(
  window: BrowserWindow | null,
  title: string,
  mostBytes: number,
): Promise<{ readonly path: string; readonly bytes: Uint8Array | null } | null> {
  const options = { title, properties: ["openFile" as const, "dontAddToRecent" as const] };
  const chosen = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
  const [path] = chosen.filePaths;
  if (chosen.canceled || path === undefined) return null;
  try {
    // A film chosen by mistake is not read to find out that it is no key; one byte too many says so.
    const isTooLarge = statSync(path).size > mostBytes;
    return { path, bytes: isTooLarge ? new Uint8Array(mostBytes + 1) : readFileSync(path) };
  } catch {
    return { path, bytes: null };
  }
}
