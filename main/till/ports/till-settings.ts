import type { ShopSettings } from "#contract/config/shop-settings.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { MachineView, ScreenView } from "#contract/ipc/settings-intents.ts";
import type { Dots } from "#core/picture/dots.ts";
import type { StoreWord } from "#core/receipt/store-words.ts";
import type { Result } from "#core/result.ts";

/** Why a file cannot be the shop's logo. */
export type LogoFault =
  | "logo-not-a-picture"
  | "logo-damaged"
  | "logo-file-too-large"
  | "logo-too-many-pixels"
  | "logo-blank"
  | "logo-unreadable"
  /** The disk did not take what it became. */
  | "logo-unkept";

/** The machine as the till has it to itself, or not. */
export interface TillMachine {
  view(): MachineView;
  /** Until the next start, or `lockKiosk`. */
  openKiosk(): void;
  lockKiosk(): void;
  setStartsItself(isOn: boolean): Result<null, "autostart-unwritable">;
}

/** What is set on the till's own pages, as the use cases see it; who may set it is theirs. */
export interface TillSettings {
  /** terminal.json, without anything that was set here. */
  readonly base: TerminalConfig;
  /** A file was there that could not be read: what it set is gone. */
  readonly isSetAside: boolean;
  /** Only what was set. */
  current(): ShopSettings;
  /** Of the shop's words, what head office has set: it wins. */
  ofOffice(): readonly StoreWord[];
  /** On the disk and in force when it returns. */
  save(settings: ShopSettings): Result<null, "settings-unwritable">;
  /** Asks for a file and keeps what it becomes; null when the question was closed. Saves nothing. */
  chooseLogo(): Promise<Result<NonNullable<ShopSettings["logo"]> | null, LogoFault>>;
  /** The logo as papers of this width print it; null where there is none, or none that can be read. */
  logoDots(paperDots: number): Dots | null;
  /** The screens of this machine; the first is its main one. */
  screens(): readonly ScreenView[];
  /** Shows each screen its number for a few seconds. */
  identifyScreens(): void;
  readonly machine: TillMachine;
}
