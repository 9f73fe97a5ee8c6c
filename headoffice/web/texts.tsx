import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { createIntl, createIntlCache } from "react-intl";
import en from "./locales/en.json";
import zh from "./locales/zh-CN.json";

export type OfficeLocale = "zh-CN" | "en";
export type TextKey = keyof typeof zh;
export type TextOf = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

/** A key that the English file lacks does not compile. Messages are ICU. */
const messages: Readonly<Record<OfficeLocale, Readonly<Record<TextKey, string>>>> = { "zh-CN": zh, en };
const cache = createIntlCache();

interface Words {
  readonly locale: OfficeLocale;
  readonly text: TextOf;
  setLocale(locale: OfficeLocale): void;
}
const WordsContext = createContext<Words | null>(null);
const storageKey = "tillway-office-language";

/** The page's language: the one chosen last in this browser, else the browser's own. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [locale, setLocale] = useState<OfficeLocale>(firstLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
    localStorage.setItem(storageKey, locale);
  }, [locale]);
  const words = useMemo((): Words => {
    const intl = createIntl({ locale, messages: messages[locale] }, cache);
    return { locale, setLocale, text: (key, values) => intl.formatMessage({ id: key }, values) };
  }, [locale]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

function firstLocale(): OfficeLocale {
  const chosen = localStorage.getItem(storageKey) ?? navigator.language;
  return chosen.startsWith("zh") ? "zh-CN" : "en";
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("broken promise: the page stands inside its words");
  return words;
}
