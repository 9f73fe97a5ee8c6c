import { PNG } from "pngjs";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { ScreenView } from "#contract/ipc/settings-intents.ts";
import type { Picture } from "#core/picture/dots.ts";
import type { TillMachine } from "#main/till/ports/till-settings.ts";
import { createSettings, type LiveSettings } from "#main/settings/create-settings.ts";

/** What the person chooses when asked for a logo; null closes the question. */
export interface LogoChoice {
  chosen: { readonly path: string; readonly bytes: Uint8Array | null } | null;
}

const screensThere: readonly ScreenView[] = [
  { id: 11, number: 1, widthPx: 1_280, heightPx: 800, isMain: true },
  { id: 22, number: 2, widthPx: 1_024, heightPx: 600, isMain: false },
];

/** A machine that is nobody's alone and starts no till. */
const plainMachine: TillMachine = {
  view: () => ({ kiosk: "off", isKioskForced: false, startsItself: null }),
  openKiosk: () => {},
  lockKiosk: () => {},
  setStartsItself: () => ({ ok: false, fault: "autostart-unwritable" }),
};

/** The settings of a till outside Electron: real files, PNGs decoded by another hand than the till's. */
export function testSettings(
  dataDir: string,
  base: TerminalConfig,
  now: () => number,
  logo: LogoChoice = { chosen: null },
  machine: TillMachine = plainMachine,
): LiveSettings {
  return createSettings({
    ...{ dataDir, base, now, decode: decodePng, logFault: () => {} },
    askForLogo: () => Promise.resolve(logo.chosen),
    screens: { screens: () => screensThere, identifyScreens: () => {}, machine },
  });
}

function decodePng(bytes: Uint8Array): Picture | null {
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
    return { width, height, rgba: data };
  } catch {
    return null;
  }
}

/** A PNG with a bar of a quarter of its height at the top, black unless told otherwise, on white. */
export function barPng(width: number, height: number, barShade = 0): Buffer {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const shade = y < height / 4 ? barShade : 255;
      png.data.set([shade, shade, shade, 255], (y * width + x) * 4);
    }
  return PNG.sync.write(png);
}
