import type { ShopSettings } from "#contract/config/shop-settings.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { ruleAt } from "#core/sale/day-rule.ts";
import { defined } from "./defined.ts";

/** terminal.json with what was set on the till's pages over it, as it holds at this moment (epoch milliseconds). */
export function withShopSettings(base: TerminalConfig, settings: ShopSettings, nowMs: number): TerminalConfig {
  const { locale, receiptLanguage, rounding, day } = settings;
  const store = {
    ...base.store,
    ...defined(settings.store ?? {}),
    ...(day === undefined ? {} : ruleAt(day, nowMs)),
  };
  return { ...base, store, ...defined({ locale, receiptLanguage, rounding }) };
}
