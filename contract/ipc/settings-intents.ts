import { z } from "zod";
import {
  dayRule,
  languageFields,
  lookFields,
  screensSchema,
  storeFields,
  type ScreensSetting,
  type TextPercent,
  type Theme,
} from "#contract/config/shop-settings.ts";
import type { Locale, ReceiptLanguage } from "#contract/config/terminal.ts";
import type { Rounding } from "#core/cart/cart.ts";
import type { KeyAction, KeyMap } from "#core/keys/key-map.ts";
import type { PaperColumns, PrintLine } from "#core/receipt/document.ts";
import type { StoreWord, StoreWords } from "#core/receipt/store-words.ts";
import type { DaySchedule } from "#core/sale/day-rule.ts";

const none = z.strictObject({});
const pin = z.string().regex(/^\d{4,8}$/);
const columns = z.union([z.literal(48), z.literal(42), z.literal(32)]);
/** What a form holds before it is saved: too long or empty is told beside the field, not refused here. */
const draft = z.strictObject(
  // Each field of the table, as any text of a bounded length.
  Object.fromEntries(Object.keys(storeFields).map((field) => [field, z.string().max(1_000)])) as {
    [K in keyof typeof storeFields]: z.ZodString;
  },
);

/** The settings of the shop and of this till: a manager's, asked again in main for each. */
export const settingsSchemas = {
  "settings-page": none,
  /** The shop's words and its receipt. */
  "save-store": z.strictObject(storeFields),
  /** Asks for a file; the logo is in use at once. */
  "choose-logo": none,
  "remove-logo": none,
  /** A receipt as it would print with these words. */
  "preview-receipt": z.strictObject({ store: draft, columns, language: languageFields.receiptLanguage }),
  /** The same on paper, on this till's printer, with the words as they are entered. */
  "print-sample": z.strictObject({ store: draft, language: languageFields.receiptLanguage }),
  /** From the next business day on. */
  "save-day": dayRule,
  "save-language": z.strictObject(languageFields).partial(),
  "save-look": z.strictObject(lookFields).partial(),
  "save-screens": screensSchema,
  "identify-screens": none,
  /** Locks the machine to the till, now and at every start; a PIN takes the lock off. */
  "save-kiosk": z.strictObject({ isKiosk: z.boolean(), approvalPin: pin.optional() }),
  /** A manager's door out of the locked windows, until the next start or until they are locked again. */
  "open-kiosk": z.strictObject({ approvalPin: pin }),
  "lock-kiosk": none,
  /** Whether the till starts with the machine. */
  "save-autostart": z.strictObject({ isOn: z.boolean() }),
  /** Gives an action another key; with `swap` the one that has it gets this one's. */
  "set-key": z.strictObject({ action: z.string().max(32), key: z.string().min(1).max(32), swap: z.boolean() }),
  "reset-keys": none,
} as const;

export interface ScreenView {
  readonly id: number;
  /** As shown on it while screens are told apart: 1, 2, 3 … */
  readonly number: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isMain: boolean;
}

/** How the till looks, sounds and hears, for the window. */
export interface LookView {
  /** Null where nobody has set one: the cashier's own choice holds. */
  readonly theme: Theme | null;
  readonly volumePercent: number;
  readonly keys: KeyMap;
}

/** `open`: locked again at the next start. */
export type KioskState = "off" | "locked" | "open";

export interface MachineView {
  readonly kiosk: KioskState;
  /** By the command line: the next start is locked whatever is set here. */
  readonly isKioskForced: boolean;
  /** Null: only an installed till can. */
  readonly startsItself: boolean | null;
}

export interface SettingsPageView {
  readonly store: StoreWords;
  /** Set by head office: shown, and not to be changed here. */
  readonly ofOffice: readonly StoreWord[];
  /** What the person knows the logo by; null: none. */
  readonly logoName: string | null;
  readonly paperColumns: PaperColumns;
  readonly hasPrinter: boolean;
  readonly day: DaySchedule;
  /** The open business day, which ends by the rule it began with. */
  readonly today: string;
  readonly locale: Locale;
  readonly receiptLanguage: ReceiptLanguage;
  readonly rounding: Rounding;
  readonly theme: Theme | null;
  readonly textPercent: TextPercent;
  readonly volumePercent: number;
  readonly keys: KeyMap;
  readonly screens: ScreensSetting;
  readonly screensThere: readonly ScreenView[];
  readonly machine: MachineView;
  /** What was set before could not be read, and lies beside. */
  readonly isSetAside: boolean;
}

/** A picture of dots, as the paper parts of the window draw it. */
export interface LogoView {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bitsBase64: string;
}

export interface ReceiptPreview {
  readonly columns: PaperColumns;
  readonly lines: readonly PrintLine[];
  readonly logo: LogoView | null;
}

type AnswersPage = Exclude<keyof typeof settingsSchemas, "preview-receipt" | "print-sample" | "identify-screens">;
export interface SettingsAnswers extends Record<AnswersPage, SettingsPageView> {
  "preview-receipt": ReceiptPreview;
}

export type PlainSettingsFault =
  | "settings-unwritable"
  | "set-by-office"
  /** Days would begin more than a whole day later. */
  | "day-would-go-back"
  | "sample-not-printed"
  | "no-such-screen"
  | "autostart-unwritable"
  | "logo-not-a-picture"
  | "logo-damaged"
  | "logo-file-too-large"
  | "logo-too-many-pixels"
  | "logo-blank"
  | "logo-unreadable"
  | "logo-unkept"
  | "key-typed-by-scanners"
  | "key-is-fixed";

export type SettingsFault = { readonly kind: "key-taken"; readonly by: KeyAction };
