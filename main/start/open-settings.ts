import type { ShopSettings } from "#contract/config/shop-settings.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { fail } from "#core/result.ts";
import type { CommandLine } from "#main/settings/command-line.ts";
import { readShopSettings } from "#main/settings/shop-settings-file.ts";
import type { TillMachine } from "#main/till/ports/till-settings.ts";
import { createKiosk } from "#main/window/kiosk.ts";
import { openAutostart } from "./this-program.ts";
import { createSettings, type LiveSettings } from "#main/settings/create-settings.ts";
import { mostLogoBytes } from "#main/settings/pictures/take-logo.ts";
import { askForFile } from "#main/window/ask-for-file.ts";
import { decodePicture } from "#main/window/decode-picture.ts";
import { identifyScreens, machineScreens } from "#main/window/machine-screens.ts";
import { showSettings } from "#main/window/show-settings.ts";
import type { TillWindows } from "#main/window/till-windows.ts";
import type { Log } from "#main/log/open-log.ts";

/** The machine as its settings and its command line want it: locked to the till or not, started by itself or not. */
function openMachine({ windows, homeDir, commandLine, log }: Parameters<typeof openSettings>[0]) {
  const kiosk = createKiosk([windows.till, windows.display, windows.bench]);
  const autostart = openAutostart(commandLine.dataDir, log);
  let isWanted = commandLine.isKiosk || readShopSettings(homeDir).settings.isKiosk === true;
  kiosk.set(isWanted);
  return {
    /** Only a lock that was set or taken off changes anything: through the door, other settings lock nothing. */
    follow({ isKiosk = false }: ShopSettings): void {
      const before = isWanted;
      isWanted = commandLine.isKiosk || isKiosk;
      if (isWanted !== before) kiosk.set(isWanted);
    },
    port: {
      view: () => ({
        kiosk: kiosk.state(),
        isKioskForced: commandLine.isKiosk,
        startsItself: autostart?.isOn() ?? null,
      }),
      openKiosk: kiosk.open,
      lockKiosk() {
        if (isWanted) kiosk.set(true);
      },
      setStartsItself: (isOn) => autostart?.set(isOn) ?? fail("autostart-unwritable"),
    } satisfies TillMachine,
  };
}

/** What was set on the till's pages, in force in its windows from here on. */
export function openSettings(parts: {
  readonly dataDir: string;
  readonly base: TerminalConfig;
  readonly now: () => number;
  readonly windows: TillWindows;
  /** The till's own folder, also while it is in training: the machine is locked or not as it says. */
  readonly homeDir: string;
  readonly commandLine: CommandLine;
  readonly log: Log;
}): LiveSettings {
  const { dataDir, base, now, windows, log } = parts;
  const machine = openMachine(parts);
  const settings: LiveSettings = createSettings({
    ...{ dataDir, base, now, decode: decodePicture },
    logFault: (what, cause) => log.error(what, { cause }),
    askForLogo: () =>
      askForFile(
        windows.till,
        settings.config().locale === "en" ? "The shop's logo: PNG, JPEG or BMP" : "店铺标志图片：PNG、JPEG 或 BMP",
        mostLogoBytes,
      ),
    screens: { screens: machineScreens, identifyScreens, machine: machine.port },
  });
  if (settings.isSetAside) log.error("settings.json could not be read and was set aside", {});
  settings.onChange(showSettings(windows));
  // In training the pages write training's own settings, which lock nothing.
  if (dataDir === parts.homeDir) settings.onChange(machine.follow);
  return settings;
}
