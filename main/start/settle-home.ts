import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app } from "electron";
import { showStartFault } from "#main/window/start-fault.ts";
import { homeFaultWords } from "./start-fault-words.ts";
import { homeRefusal } from "./try-home.ts";

/** Where Chromium may keep what a window needs while it says that the till's own folder cannot be used; the first that can. */
const places = [tmpdir(), "/dev/shm"];
const prefix = "tillway-start-";

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
    removeOld(place);
    useFor(mkdtempSync(join(place, prefix)));
  }
  void app.whenReady().then(() => showStartFault(homeFaultWords(homeDir, code)));
  // Nothing here has an end to come to, and an orderly quit was seen to wait for ever.
  app.once("before-quit", () => app.exit(1));
  return false;
}

/** What starts before this one have left: Chromium writes to the last, so none of them can clear up after itself. */
function removeOld(place: string): void {
  for (const name of readdirSync(place).filter((one) => one.startsWith(prefix))) {
    try {
      rmSync(join(place, name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}

function useFor(folder: string): void {
  app.setPath("userData", folder);
  app.setPath("sessionData", join(folder, "chromium"));
}
