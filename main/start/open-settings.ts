import type { TerminalConfig } from "#contract/config/terminal.ts";
import { createSettings, type LiveSettings } from "#main/settings/create-settings.ts";
import { mostLogoBytes } from "#main/settings/pictures/take-logo.ts";
import { askForFile } from "#main/window/ask-for-file.ts";
import { decodePicture } from "#main/window/decode-picture.ts";
import { identifyScreens, machineScreens } from "#main/window/machine-screens.ts";
import { showSettings } from "#main/window/show-settings.ts";
import type { TillWindows } from "#main/window/till-windows.ts";
import type { Log } from "#main/log/open-log.ts";

/** What was set on the till's pages, in force in its windows from here on. */
export function openSettings(parts: {
  readonly dataDir: string;
  readonly base: TerminalConfig;
  readonly now: () => number;
  readonly windows: TillWindows;
  readonly log: Log;
}): LiveSettings {
  const { dataDir, base, now, windows, log } = parts;
  const settings: LiveSettings = createSettings({
    ...{ dataDir, base, now, decode: decodePicture },
    logFault: (what, cause) => log.error(what, { cause }),
    askForLogo: () =>
      askForFile(
        windows.till,
        settings.config().locale === "en" ? "The shop's logo: PNG, JPEG or BMP" : "店铺标志图片：PNG、JPEG 或 BMP",
        mostLogoBytes,
      ),
    screens: { screens: machineScreens, identifyScreens },
  });
  if (settings.isSetAside) log.error("settings.json could not be read and was set aside", {});
  settings.onChange(showSettings(windows));
  return settings;
}
