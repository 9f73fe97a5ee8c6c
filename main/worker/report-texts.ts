import type { Locale } from "#contract/config/terminal.ts";
import en from "../../resources/locales/en/reports.json" with { type: "json" };
import zh from "../../resources/locales/zh-CN/reports.json" with { type: "json" };

export type ReportKey = keyof typeof zh;

/** The words of the reports' page, for its files; those used here have no places to fill. */
export function reportTexts(locale: Locale): (key: ReportKey) => string {
  const texts: Readonly<Record<ReportKey, string>> = locale === "en" ? en : zh;
  return (key) => texts[key];
}
