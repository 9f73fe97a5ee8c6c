import { createContext, useContext, useEffect, type ReactNode } from "react";
import type { Locale } from "#contract/config/terminal.ts";

const LocaleContext = createContext<Locale>("zh-CN");

/** Gives a page its language; screen readers and the browser's fonts hear of it by `<html lang>`. */
export function LocaleProvider({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) {
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/** The name of anything that has one in both languages; an item without a translation keeps the other one. */
export function localName(named: { readonly nameZh: string; readonly nameEn: string }, locale: Locale): string {
  const [wanted, other] = locale === "zh-CN" ? [named.nameZh, named.nameEn] : [named.nameEn, named.nameZh];
  return wanted === "" ? other : wanted;
}
