import { storeFields } from "#contract/config/shop-settings.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { keyMapOf } from "#core/keys/key-map.ts";
import type { StoreWord, StoreWords } from "#core/receipt/store-words.ts";
import type { DaySchedule } from "#core/sale/day-rule.ts";
import type { TillContext } from "#main/till/context.ts";
import type { TillSettings } from "#main/till/ports/till-settings.ts";
import { columnsOf, paperLanguage } from "#main/till/receipt/lay-out-receipt.ts";
import { today } from "#main/till/today.ts";
import { hasPrinter } from "#main/till/view/status-view.ts";

export function settingsPageView(till: TillContext, settings: TillSettings): SettingsPageView {
  const { config } = till.deps;
  const set = settings.current();
  const { theme = null, volumePercent = 100, textPercent = 100, keys = {} } = set;
  return {
    store: storeFieldsOf(config.store),
    ofOffice: settings.ofOffice(),
    logoName: set.logo?.name ?? null,
    paperColumns: columnsOf(till),
    hasPrinter: hasPrinter(till),
    day: scheduleOf(settings),
    today: today(till),
    locale: config.locale,
    receiptLanguage: paperLanguage(till),
    rounding: config.rounding ?? "none",
    ...{ theme, volumePercent, textPercent, keys: keyMapOf(keys) },
    screens: set.screens ?? { till: null, customer: null, isFullScreen: false },
    screensThere: settings.screens(),
    machine: settings.machine.view(),
    isSetAside: settings.isSetAside,
  };
}

export function storeFieldsOf(store: TerminalConfig["store"]): StoreWords {
  const { nameZh, nameEn, address, phone, footerZh, footerEn } = store;
  const { taxNumber = "", headerZh = "", headerEn = "" } = store;
  return { nameZh, nameEn, address, phone, taxNumber, headerZh, headerEn, footerZh, footerEn };
}

/** The rule that terminal.json begins with, where none was set here. */
export function scheduleOf(settings: TillSettings): DaySchedule {
  const { utcOffsetMinutes, dayCutOffMinutes } = settings.base.store;
  return settings.current().day ?? { rule: { utcOffsetMinutes, dayCutOffMinutes }, next: null };
}

/** Of the texts of a form, those that may be saved as they are, and what stands in the place of the others. */
export function savable(typed: StoreWords, otherwise: StoreWords): StoreWords {
  const judged = Object.entries(storeFields).map(([name, schema]) => {
    // A key of the table.
    const field = name as StoreWord;
    return [field, schema.safeParse(typed[field]).success ? typed[field] : otherwise[field]];
  });
  // The same fields.
  return Object.fromEntries(judged) as StoreWords;
}
