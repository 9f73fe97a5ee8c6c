import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import { writeDurably } from "#main/secret/write-durably.ts";

/** Whether the till starts with the machine. What the system itself has written down is the one truth; nothing is kept twice. */
export interface Autostart {
  isOn(): boolean;
  /** Lasts over a power cut when it returns. */
  set(isOn: boolean): Result<null, "autostart-unwritable">;
}

/** What starts the till: its program or launcher, and the arguments it was started with. */
export interface StartCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** What Electron asks the system on Windows and macOS; of `app`. */
export interface LoginItems {
  setLoginItemSettings(settings: { openAtLogin: boolean; path: string; args: string[] }): void;
  getLoginItemSettings(settings: { path: string; args: string[] }): { readonly openAtLogin: boolean };
}

/** Windows' and macOS' own list of what starts when its user signs in. */
export function loginItemAutostart(items: LoginItems, { program, args }: StartCommand): Autostart {
  const command = { path: program, args: [...args] };
  const isOn = (): boolean => items.getLoginItemSettings(command).openAtLogin;
  return {
    isOn,
    set(openAtLogin) {
      items.setLoginItemSettings({ openAtLogin, ...command });
      // The system does not say why it refuses, but it says what holds.
      return isOn() === openAtLogin ? ok(null) : fail("autostart-unwritable");
    },
  };
}

/**
 * A desktop entry in the user's autostart folder, which every Linux desktop reads at sign-in (Desktop Application Autostart
 * Specification). An entry that a person has switched off there counts as off.
 * @param configHome `XDG_CONFIG_HOME`, or `~/.config` where it is not set
 * @param log is told why an entry could not be written or removed; the cashier is only told that it could not
 */
export function desktopAutostart(configHome: string, command: StartCommand, log: Pick<Log, "warn">): Autostart {
  const path = join(configHome, "autostart", "tillway.desktop");
  return {
    isOn() {
      if (!existsSync(path)) return false;
      const lines = readFileSync(path, "utf8").split("\n");
      return !lines.includes("Hidden=true") && !lines.includes("X-GNOME-Autostart-enabled=false");
    },
    set(isOn) {
      try {
        if (isOn) {
          mkdirSync(dirname(path), { recursive: true });
          writeDurably(path, desktopEntry(command));
        } else {
          rmSync(path, { force: true });
        }
        return ok(null);
      } catch (cause) {
        log.warn("starting with the machine could not be changed", { path, isOn, cause });
        return fail("autostart-unwritable");
      }
    },
  };
}

/** The entry's text. Source: Desktop Entry Specification 1.5, "The Exec key" and "Values". */
export function desktopEntry({ program, args }: StartCommand): string {
  const exec = [program, ...args].map(quoted).join(" ");
  const lines = ["[Desktop Entry]", "Type=Application", "Name=Tillway", `Exec=${exec}`, "Terminal=false"];
  return `${lines.join("\n")}\n`;
}

/**
 * One argument: in double quotes, with what a shell would read inside them kept from it; a backslash is doubled once more
 * because the whole value is a string of its own, and `%` because it begins a field code.
 */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll(/["`$\\]/g, String.raw`\$&`);
  return `"${inQuotes.replaceAll("\\", String.raw`\\`).replaceAll("%", "%%")}"`;
}
