import { join } from "node:path";
import type { DevicesConfig } from "#contract/config/devices.ts";
import type { ShopSettings } from "#contract/config/shop-settings.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { Dots } from "#core/picture/dots.ts";
import type { StoreWord } from "#core/receipt/store-words.ts";
import { fail, ok, type Result } from "#core/result.ts";
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
  /** What a person is told in a sentence, with its cause. */
  readonly logFault: (what: string, cause: unknown) => void;
  readonly screens: Pick<TillSettings, "screens" | "identifyScreens" | "machine">;
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
  return new SettingsInForce(parts);
}

class SettingsInForce implements LiveSettings {
  readonly base: TerminalConfig;
  readonly isSetAside: boolean;
  readonly screens: TillSettings["screens"];
  readonly identifyScreens: TillSettings["identifyScreens"];
  readonly machine: TillSettings["machine"];
  readonly #parts: SettingsParts;
  readonly #logos: LogoRoom;
  readonly #listeners: ((settings: ShopSettings) => void)[] = [];
  #set: ShopSettings;
  #office: () => OfficeStore = () => nothingSet;
  #made: { readonly of: ShopSettings; readonly office: OfficeStore; untilMs: number; config: TerminalConfig } | null =
    null;

  constructor(parts: SettingsParts) {
    const { settings, isSetAside } = readShopSettings(parts.dataDir);
    this.base = parts.base;
    this.isSetAside = isSetAside;
    this.screens = parts.screens.screens;
    this.identifyScreens = parts.screens.identifyScreens;
    this.machine = parts.screens.machine;
    this.#parts = parts;
    this.#set = settings;
    this.#logos = new LogoRoom(parts.dataDir, parts.decode);
  }

  current(): ShopSettings {
    return this.#set;
  }

  ofOffice(): readonly StoreWord[] {
    // Its keys are those that head office may set, all of them the shop's words.
    return Object.keys(this.#office()) as StoreWord[];
  }

  /** Asked many times for every scan, so it is made anew only where something is another. */
  config(): TerminalConfig {
    const set = this.#set;
    const [nowMs, office] = [this.#parts.now(), this.#office()];
    const made = this.#made;
    if (made !== null && made.of === set && made.office === office && nowMs < made.untilMs) return made.config;
    const next = set.day?.next ?? null;
    const untilMs = next !== null && nowMs < next.fromMs ? next.fromMs : Number.POSITIVE_INFINITY;
    const config = withOfficeStore(withShopSettings(this.base, set, nowMs), office);
    this.#made = { of: set, office, untilMs, config };
    return config;
  }

  followOffice(read: () => OfficeStore): void {
    this.#office = read;
  }

  save(next: ShopSettings): Result<null, "settings-unwritable"> {
    try {
      writeShopSettings(this.#parts.dataDir, next);
    } catch (cause) {
      this.#parts.logFault("settings.json could not be written", cause);
      return fail("settings-unwritable");
    }
    this.#set = next;
    this.#logos.keepOnly(next.logo?.file ?? null);
    for (const listener of this.#listeners) listener(next);
    return ok(null);
  }

  async chooseLogo(): ReturnType<TillSettings["chooseLogo"]> {
    const chosen = await this.#parts.askForLogo();
    if (chosen === null) return ok(null);
    if (chosen.bytes === null) return fail("logo-unreadable");
    const taken = takeLogo(chosen.bytes, this.#parts.decode);
    if (!taken.ok) return taken;
    try {
      this.#logos.put(taken.value);
    } catch (cause) {
      this.#parts.logFault("the logo could not be kept", cause);
      return fail("logo-unkept");
    }
    return ok({ file: taken.value.file, name: nameOf(chosen.path) });
  }

  logoDots(paperDots: number): Dots | null {
    const { logo } = this.#set;
    const path = logo === undefined ? (this.base.devices.printer?.logo ?? "") : join(this.#parts.dataDir, logo.file);
    return this.#logos.dots(path, paperDots);
  }

  withLogo(devices: DevicesConfig): DevicesConfig {
    const { logo } = this.#set;
    if (devices.printer === undefined || logo === undefined) return devices;
    return { ...devices, printer: { ...devices.printer, logo: join(this.#parts.dataDir, logo.file) } };
  }

  followLogo<D extends { configure(devices: DevicesConfig): void }>(client: D): D {
    let last = this.base.devices;
    let shown = this.#set.logo?.file;
    const configure = client.configure.bind(client);
    client.configure = (devices) => {
      last = devices;
      configure(this.withLogo(devices));
    };
    this.#listeners.push(({ logo }) => {
      if (logo?.file === shown) return;
      shown = logo?.file;
      configure(this.withLogo(last));
    });
    return client;
  }

  onChange(listener: (settings: ShopSettings) => void): void {
    this.#listeners.push(listener);
    listener(this.#set);
  }
}

const nothingSet: OfficeStore = {};

/** The last part of a path of either kind, as much of it as the settings keep. */
function nameOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? "").slice(0, 255);
}
