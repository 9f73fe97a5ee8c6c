import { readdirSync, readFileSync } from "node:fs";
import { createIntl } from "react-intl";
import { describe, expect, test } from "vitest";
import { areaTexts } from "./texts.tsx";

const locales = new URL("../../resources/locales/", import.meta.url);
// Receipts are worded in main, by another reader.
const areas = readdirSync(new URL("zh-CN/", locales)).filter((file) => file !== "receipt.json");

type Messages = Readonly<Record<string, string>>;

function messagesOf(locale: string, area: string): Messages {
  return JSON.parse(readFileSync(new URL(`${locale}/${area}`, locales), "utf8")) as Messages;
}

/** The names that stand in a message's braces, in order of the alphabet. */
function placesOf(message: string): readonly string[] {
  return [...new Set([...message.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ""))].filter(isPlace).toSorted();
}

/** The words of a plural's branch stand in braces too, but start with `#` or hold more than a name. */
function isPlace(name: string): boolean {
  return /^[a-z]+$/i.test(name);
}

describe.each(areas)("the texts of %s", (area) => {
  const chinese = messagesOf("zh-CN", area);
  const english = messagesOf("en", area);

  test("exist in both languages", () => {
    expect(Object.keys(english).toSorted()).toEqual(Object.keys(chinese).toSorted());
  });

  test("are never empty", () => {
    expect(
      [...Object.entries(chinese), ...Object.entries(english)].filter(([, message]) => message.trim() === ""),
    ).toEqual([]);
  });

  test("fill the same places in both languages", () => {
    const differing = Object.keys(chinese).filter((key) => {
      const wanted = placesOf(chinese[key] ?? "");
      // English plurals name a place twice and have words of their own; every place of the Chinese must be there.
      return !wanted.every((place) => placesOf(english[key] ?? "").includes(place));
    });
    expect(differing).toEqual([]);
  });

  test.each(["zh-CN", "en"] as const)("can all be formatted in %s, and say what ICU makes of them", (locale) => {
    const messages = messagesOf(locale, area);
    const faults: string[] = [];
    const intl = createIntl({ locale, messages, onError: (error) => faults.push(error.message) });
    const text = areaTexts({ "zh-CN": messages, en: messages }).textOf(locale);
    const [said, wanted]: [string[], string[]] = [[], []];
    for (const [key, message] of Object.entries(messages)) {
      const values = Object.fromEntries(placesOf(message).map((place) => [place, 2]));
      wanted.push(intl.formatMessage({ id: key }, values));
      said.push(text(key, values));
    }
    expect(faults).toEqual([]);
    expect(said).toEqual(wanted);
  });
});
