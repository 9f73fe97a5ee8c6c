import type { Locale } from "#contract/config/terminal.ts";

/** In the language of the screen where there is a name in it. */
export function nameOf(named: { readonly nameZh: string; readonly nameEn: string }, locale: Locale): string {
  if (locale === "en") return named.nameEn === "" ? named.nameZh : named.nameEn;
  return named.nameZh === "" ? named.nameEn : named.nameZh;
}
