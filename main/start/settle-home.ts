import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app } from "electron";
import { showStartFault } from "#main/window/start-fault.ts";
import { homeFaultWords } from "./start-fault-words.ts";
import { homeRefusal } from "./try-home.ts";

/** Where Chromium may keep what a window needs while it says that the till's own folder cannot be used; the first that can. */
const places = [tmpdir(), "/dev/shm"];

/**
 * Chromium's folders and the lock of the single instance go into the till's folder. Where that cannot be written, which
 * Electron's lock would answer as if another till were open, the reason is shown instead of a till.
 * @returns false where there will be no till
 */
export function settleHome(homeDir: string): boolean {
  const code = homeRefusal(homeDir);
  if (code === null) {
    useFor(homeDir);
    return true;
  }
  const place = places.find((one) => homeRefusal(one) === null);
  if (place !== undefined) {
    const profile = mkdtempSync(join(place, "tillway-start-"));
    useFor(profile);
    app.once("quit", () => rmSync(profile, { recursive: true, force: true }));
  }
  void app.whenReady().then(() => {
    showStartFault(homeFaultWords(homeDir, code));
    process.exitCode = 1;
  });
  return false;
}

function useFor(folder: string): void {
  app.setPath("userData", folder);
  app.setPath("sessionData", join(folder, "chromium"));
}
