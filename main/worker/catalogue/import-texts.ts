import type { Locale } from "#contract/config/terminal.ts";
import en from "../../../resources/locales/en/catalogue.json" with { type: "json" };
import zh from "../../../resources/locales/zh-CN/catalogue.json" with { type: "json" };

export type CatalogueKey = keyof typeof zh;

/** The words of the page of goods, for its files; those used here have no places to fill. */
export function catalogueTexts(locale: Locale): (key: CatalogueKey) => string {
  const texts: Readonly<Record<CatalogueKey, string>> = locale === "en" ? en : zh;
  return (key) => texts[key];
}
