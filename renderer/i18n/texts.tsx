import { useMemo } from "react";
import { createIntl, createIntlCache } from "react-intl";
import type { Locale } from "#contract/config/terminal.ts";
import { useLocale } from "./locale.tsx";

/** What may stand in a message's `{place}`. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Looks a message up by its key and fills its places; keys of another area do not compile. */
export type TextOf<Key extends string> = (key: Key, values?: TextValues) => string;

type Messages<Key extends string> = Readonly<Record<Key, string>>;

/** Whatever means something to ICU; a message without any of it is its own text. */
const icuMarks = /[{}<>']/u;

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
    const before = made.get(locale);
    if (before !== undefined) return before;
    const known = messages[locale];
    const intl = createIntl({ locale, messages: known }, cache);
    const text: TextOf<Key> = (key, values) => {
      // Most messages have no place to fill, and a screen asks for dozens at every drawing.
      const message = known[key];
      if (!icuMarks.test(message)) return message;
      return intl.formatMessage({ id: key }, usual === undefined ? values : { ...usual(), ...values });
    };
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
