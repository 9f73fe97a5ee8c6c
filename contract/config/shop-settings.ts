import { z } from "zod";
import { type StoreWord, storeWordProblem } from "#core/receipt/store-words.ts";
import { terminalConfigSchema } from "./terminal.ts";

/**
 * settings.json: what a manager has set on the till's own pages, over terminal.json. Only what was changed stands in it.
 * Written by the till alone; docs/CONFIG.md says what wins over what.
 */

const word = (name: StoreWord) => z.string().refine((text) => storeWordProblem(name, text) === null);
const oneLine = (name: StoreWord) => word(name).trim();

/** What the page of the shop and its receipt sets. */
export const storeFields = {
  nameZh: oneLine("nameZh"),
  nameEn: oneLine("nameEn"),
  address: oneLine("address"),
  phone: oneLine("phone"),
  taxNumber: oneLine("taxNumber"),
  headerZh: word("headerZh"),
  headerEn: word("headerEn"),
  footerZh: word("footerZh"),
  footerEn: word("footerEn"),
} as const satisfies Readonly<Record<StoreWord, z.ZodString>>;

const { utcOffsetMinutes } = terminalConfigSchema.shape.store.shape;
export const dayRule = z.strictObject({
  utcOffsetMinutes: utcOffsetMinutes.unwrap(),
  /** Before noon: at noon in the westernmost zone a day would begin a whole day late. */
  dayCutOffMinutes: z.int().min(0).max(719),
});

export const themes = ["light", "dark", "system", "contrast"] as const;
export const textPercents = [100, 125, 150, 200] as const;

/** How the till looks and sounds. */
export const lookFields = {
  theme: z.enum(themes),
  textPercent: z.union(textPercents.map((percent) => z.literal(percent))),
  /** 0 is silent. */
  volumePercent: z.int().min(0).max(100),
} as const;

export const languageFields = {
  locale: z.enum(["zh-CN", "en"]),
  receiptLanguage: z.enum(["zh-CN", "en", "both"]),
  rounding: z.enum(["none", "jiao", "yuan"]),
} as const;

/** Electron's number of a screen; the machine keeps it as long as the screen hangs where it hangs. */
const screenId = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const screensSchema = z.strictObject({
  /** null: the main screen. */
  till: screenId.nullable(),
  /** null: the first other screen, where there is one; "none": no customer display. */
  customer: z.union([screenId, z.literal("none")]).nullable(),
  isFullScreen: z.boolean(),
});

export const keysSchema = z.record(z.string().max(32), z.string().min(1).max(32));

export const shopSettingsSchema = z.strictObject({
  store: z.strictObject(storeFields).partial().optional(),
  day: z.strictObject({ rule: dayRule, next: dayRule.extend({ fromMs: z.int().min(0) }).nullable() }).optional(),
  ...z.strictObject(languageFields).partial().shape,
  ...z.strictObject(lookFields).partial().shape,
  logo: z
    .strictObject({
      /** Below the data directory, named after what is in it. */
      file: z.string().regex(/^logo-[0-9a-f]{16}\.png$/),
      /** As the person knows it. */
      name: z.string().max(255),
    })
    .optional(),
  screens: screensSchema.optional(),
  /** The till is all there is on the machine; a manager's PIN is the way out. */
  isKiosk: z.boolean().optional(),
  keys: keysSchema.optional(),
});

export type ShopSettings = z.infer<typeof shopSettingsSchema>;
export type Theme = (typeof themes)[number];
export type TextPercent = (typeof textPercents)[number];
export type ScreensSetting = z.infer<typeof screensSchema>;
