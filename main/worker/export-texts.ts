import type { Locale } from "#contract/config/terminal.ts";
import en from "../../resources/locales/en/reconciliation.json" with { type: "json" };
import zh from "../../resources/locales/zh-CN/reconciliation.json" with { type: "json" };

export type ExportKey = keyof typeof zh;

/** The words of the manager's page, for its file; those used here have no places to fill. */
export function exportTexts(locale: Locale): (key: ExportKey) => string {
  const texts: Readonly<Record<ExportKey, string>> = locale === "en" ? en : zh;
  return (key) => texts[key];
}
