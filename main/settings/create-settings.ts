import { isAbsolute, join } from "node:path";
import type { DevicesConfig } from "#contract/config/devices.ts";
import type { ShopSettings } from "#contract/config/shop-settings.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { StoreWord } from "#core/receipt/store-words.ts";
import { fail, ok } from "#core/result.ts";
import type { TillSettings } from "#main/till/ports/till-settings.ts";
import { withShopSettings } from "./apply-settings.ts";
import { type OfficeStore, withOfficeStore } from "./office-settings.ts";
import { LogoRoom } from "./pictures/logo-room.ts";
import { type DecodePicture, takeLogo } from "./pictures/take-logo.ts";
import { readShopSettings, writeShopSettings } from "./shop-settings-file.ts";

export interface SettingsParts {
  readonly dataDir: string;
  /** terminal.json's, or the demo store's. */
  readonly base: TerminalConfig;
  readonly now: () => number;
  /** Null when the question was closed; `bytes` null where the file cannot be read. */
  readonly askForLogo: () => Promise<{ readonly path: string; readonly bytes: Uint8Array | null } | null>;
  readonly decode: DecodePicture;
  readonly screens: Pick<TillSettings, "screens" | "identifyScreens">;
}

export interface LiveSettings extends TillSettings {
  /** What the till runs on: terminal.json, over it what was set here, over that head office's words. Read at every use. */
  config(): TerminalConfig;
  /** Head office's words are read here from now on. */
  followOffice(read: () => OfficeStore): void;
  /** The devices as they are to run: the printer with the shop's logo. */
  withLogo(devices: DevicesConfig): DevicesConfig;
  /** Has devices configured with the logo, now and whenever it changes. */
  followLogo<D extends { configure(devices: DevicesConfig): void }>(client: D): D;
  /** Told after every change; and at once. */
  onChange(listener: (settings: ShopSettings) => void): void;
}

/** What is set on the till's own pages: in settings.json first, then in force, without a restart. */
export function createSettings(parts: SettingsParts): LiveSettings {
  const { dataDir, base, now } = parts;
  const { settings, isSetAside } = readShopSettings(dataDir);
  const logos = new LogoRoom(dataDir, parts.decode);
  const listeners: ((settings: ShopSettings) => void)[] = [];
  let set = settings;
  let office: () => OfficeStore = () => ({});
  let cached: {
    readonly of: ShopSettings;
    readonly office: OfficeStore;
    untilMs: number;
    config: TerminalConfig;
  } | null = null;

  const logoPath = (): string => {
    const { printer } = base.devices;
    if (set.logo !== undefined) return join(dataDir, set.logo.file);
    return printer === undefined || printer.logo === "" || !isAbsolute(printer.logo) ? "" : printer.logo;
  };
  const withLogo = (devices: DevicesConfig): DevicesConfig =>
    devices.printer === undefined || set.logo === undefined
      ? devices
      : { ...devices, printer: { ...devices.printer, logo: join(dataDir, set.logo.file) } };

  return {
    base,
    isSetAside,
    ...parts.screens,
    current: () => set,
    // Its keys are those that head office may set, all of them the shop's words.
    ofOffice: () => Object.keys(office()) as StoreWord[],
    config() {
      const [nowMs, words] = [now(), office()];
      if (cached !== null && cached.of === set && cached.office === words && nowMs < cached.untilMs)
        return cached.config;
      const next = set.day?.next ?? null;
      const untilMs = next !== null && nowMs < next.fromMs ? next.fromMs : Number.POSITIVE_INFINITY;
      cached = { of: set, office: words, untilMs, config: withOfficeStore(withShopSettings(base, set, nowMs), words) };
      return cached.config;
    },
    followOffice(read) {
      office = read;
    },
    save(next) {
      const written = writeShopSettings(dataDir, next);
      if (!written.ok) return written;
      set = next;
      logos.keepOnly(next.logo?.file ?? null);
      for (const listener of listeners) listener(next);
      return ok(null);
    },
    async chooseLogo() {
      const chosen = await parts.askForLogo();
      if (chosen === null) return ok(null);
      if (chosen.bytes === null) return fail("logo-unreadable");
      const taken = takeLogo(chosen.bytes, parts.decode);
      if (!taken.ok) return taken;
      if (!logos.put(taken.value)) return fail("logo-unkept");
      return ok({ file: taken.value.file, name: nameOf(chosen.path) });
    },
    logoDots: (paperDots) => logos.dots(logoPath(), paperDots),
    withLogo,
    followLogo(client) {
      let last = base.devices;
      let shown = set.logo?.file;
      const configure = client.configure.bind(client);
      client.configure = (devices) => {
        last = devices;
        configure(withLogo(devices));
      };
      listeners.push(() => {
        if (set.logo?.file === shown) return;
        shown = set.logo?.file;
        configure(withLogo(last));
      });
      return client;
    },
    onChange(listener) {
      listeners.push(listener);
      listener(set);
    },
  };
}

/** The last part of a path of either kind, as much of it as the settings keep. */
function nameOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? "").slice(0, 255);
}
