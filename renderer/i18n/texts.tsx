import { useMemo } from "react";
import { createIntl, createIntlCache } from "react-intl";
import type { Locale } from "#contract/config/terminal.ts";
import { useLocale } from "./locale.tsx";

/** What may stand in a message's `{place}`. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Looks a message up by its key and fills its places; keys of another area do not compile. */
export type TextOf<Key extends string> = (key: Key, values?: TextValues) => string;

type Messages<Key extends string> = Readonly<Record<Key, string>>;

/**
 * The texts of one area, such as `resources/locales/{zh-CN,en}/till.json`. The Chinese file says which keys there are;
 * a key that the English file lacks does not compile. `usual` fills places that mean the same in every message. Messages are ICU: `{count, plural, one {# item} other {# items}}`.
 */
export function areaTexts<Key extends string>(
  messages: Readonly<Record<Locale, Messages<Key>>>,
  usual?: () => TextValues,
) {
  const cache = createIntlCache();
  const made = new Map<Locale, TextOf<Key>>();

  function textOf(locale: Locale): TextOf<Key> {
    const known = made.get(locale);
    if (known !== undefined) return known;
    const intl = createIntl({ locale, messages: messages[locale] }, cache);
    const text: TextOf<Key> = (key, values) =>
      intl.formatMessage({ id: key }, usual === undefined ? values : { ...usual(), ...values });
    made.set(locale, text);
    return text;
  }

  return {
    textOf,
    useText(): TextOf<Key> {
      const locale = useLocale();
      return useMemo(() => textOf(locale), [locale]);
    },
  };
}
