import { homedir } from "node:os";
import { join } from "node:path";
import { app } from "electron";
import type { Log } from "#main/log/open-log.ts";
import { ownVersions } from "#main/update/self-check.ts";
import { type Autostart, desktopAutostart, loginItemAutostart, type StartCommand } from "#main/machine/autostart.ts";

/**
 * Starting with the machine, of an installed till; null of one that runs from its source, which is nobody's shop.
 * @param dataDir as it was named at the start, or null
 */
export function openAutostart(dataDir: string | null, log: Log): Autostart | null {
  if (!app.isPackaged) return null;
  const command = startCommand(dataDir);
  if (process.platform !== "linux") return loginItemAutostart(app, command);
  return desktopAutostart(process.env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), command, log);
}

/** What lasts over an update: an AppImage's own file, and of a folder of versions its launcher. */
function startCommand(dataDir: string | null): StartCommand {
  const args = dataDir === null ? [] : ["--data-dir", dataDir];
  return { program: process.env["APPIMAGE"] ?? ownVersions()?.launcher ?? process.execPath, args };
}
