import { createContext, useContext, useEffect, useMemo, type ReactNode } from "react";
import type { Locale } from "#contract/config/terminal.ts";
import type { ClockPlace } from "./formats.ts";

const PlaceContext = createContext<ClockPlace>({ locale: "zh-CN", utcOffsetMinutes: 480 });

/** Gives a page its language and its clock; screen readers and the browser's fonts hear of it by `<html lang>`. */
export function PlaceProvider(props: ClockPlace & { readonly children: ReactNode }) {
  const { locale, utcOffsetMinutes, children } = props;
  const place = useMemo(() => ({ locale, utcOffsetMinutes }), [locale, utcOffsetMinutes]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

export function useLocale(): Locale {
  return useContext(PlaceContext).locale;
}

/** Where the page's clocks hang, for `formatClock` and its like. */
export function useClockPlace(): ClockPlace {
  return useContext(PlaceContext);
}

/** The name of anything that has one in both languages; an item without a translation keeps the other one. */
export function localName(named: { readonly nameZh: string; readonly nameEn: string }, locale: Locale): string {
  const [wanted, other] = locale === "zh-CN" ? [named.nameZh, named.nameEn] : [named.nameEn, named.nameZh];
  return wanted === "" ? other : wanted;
}
