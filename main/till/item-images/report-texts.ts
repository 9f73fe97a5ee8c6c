import type { Locale } from "#contract/config/terminal.ts";
import en from "../../../resources/locales/en/item-images.json" with { type: "json" };
import zh from "../../../resources/locales/zh-CN/item-images.json" with { type: "json" };

export type ImageTextKey = keyof typeof zh;

/** The words of the page of images, for its report; those used here have no places to fill. */
export function imageReportTexts(locale: Locale): (key: ImageTextKey) => string {
  const texts: Readonly<Record<ImageTextKey, string>> = locale === "en" ? en : zh;
  return (key) => texts[key];
}
