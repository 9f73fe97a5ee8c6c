import { describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import type { ScreenSeen } from "./every-screen.ts";
import { drawn, isHeldToLargeText, largeTextTroubles } from "./large-text.ts";
import { lookAt, type ScreenLook } from "./look-at-screen.ts";
import { within } from "./poll.ts";
import { arePicturesWanted, pictureIfWanted } from "./wanted-pictures.ts";

interface Look extends ScreenLook {
  readonly screen: string;
  /** What cannot be read or reached at twice the text size. */
  readonly lostWhenLarge: readonly string[];
}

/** A walk over screens, in either language. */
export interface Walk {
  /** As a sentence. */
  readonly name: string;
  /** Some of what it comes past; all of it is the same in both languages. */
  readonly passes: readonly string[];
  /** Opens what it walks on, and closes it in the end. */
  screens(locale: Locale): AsyncIterable<ScreenSeen>;
}

const locales: readonly Locale[] = ["zh-CN", "en"];
/** Some fifty pictures, a second or two each; several times that on a busy machine. Milliseconds. */
const walkMs = 600_000;
const pictureSizes = [
  { width: 1_280, height: 800 },
  { width: 1_920, height: 1_080 },
] as const;

/** Declares the tests: each walk in both languages, then what is asked of every screen on the way. */
export function judgeWalks(walks: readonly Walk[]): void {
  /** What each walk saw; a walk that is walked again begins with nothing. */
  const seen: Record<Locale, Map<Walk, readonly Look[]>> = { "zh-CN": new Map(), en: new Map() };
  for (const locale of locales) {
    describe(`In ${locale}`, () => {
      it.each(walks.map((walk) => [walk.name, walk] as const))(
        "%s",
        async (_, walk) => {
          const looks: Look[] = [];
          seen[locale].set(walk, looks);
          for await (const screen of walk.screens(locale)) {
            looks.push(await look(screen));
            await keep(screen, locale);
          }
        },
        walkMs,
      );
    });
  }
  describe("Every screen on the way", () => {
    judge(walks, seen);
  });
}

async function look({ name, page }: ScreenSeen): Promise<Look> {
  await within(`less motion at ${name}`, () => page.emulateMedia({ reducedMotion: "reduce" }));
  const seen = await lookAt(page, name);
  const lostWhenLarge = isHeldToLargeText(name) ? await largeTextTroubles(page, name) : [];
  return { screen: name, ...seen, lostWhenLarge };
}

/** Where pictures are wanted: out/pictures/walks/NAME.LOCALE.WxH.png, to look at them in the usual sizes. */
async function keep({ name, page }: ScreenSeen, locale: Locale): Promise<void> {
  if (!arePicturesWanted || name.startsWith("display-")) return;
  const before = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  for (const { width, height } of pictureSizes) {
    await page.setViewportSize({ width, height });
    await drawn(page);
    await pictureIfWanted(page, `walks/${name}.${locale}.${width}x${height}`);
  }
  await page.setViewportSize(before);
  await drawn(page);
}

function judge(walks: readonly Walk[], seen: Readonly<Record<Locale, ReadonlyMap<Walk, readonly Look[]>>>): void {
  const looksIn = (locale: Locale): readonly Look[] => [...seen[locale].values()].flat();
  /** What is found in either language or in one, with the screen it was found on. */
  const allOf = (find: (look: Look) => readonly string[], among = locales): readonly string[] =>
    among.flatMap((locale) =>
      looksIn(locale).flatMap((one) => find(one).map((text) => `${locale} ${one.screen}: ${text}`)),
    );

  it("was seen in both languages", () => {
    const names = looksIn("zh-CN").map(({ screen }) => screen);
    expect(names).toEqual(expect.arrayContaining(walks.flatMap(({ passes }) => passes)));
    expect(looksIn("en").map(({ screen }) => screen)).toEqual(names);
  });

  it("shows no Chinese in English but names, and no English sentence in Chinese", () => {
    expect(allOf(({ words }) => words.filter((text) => chinese.test(nameless(text))), ["en"])).toEqual([]);
    // Words of a sentence; a single word may be a key, a unit or a brand.
    expect(allOf(({ words }) => words.filter((text) => /[A-Za-z]{2,} [a-z]{2,} /.test(text)), ["zh-CN"])).toEqual([]);
  });

  it("changes every worded text with the language", () => {
    const isWorded = (text: string): boolean => chinese.test(nameless(text)) || /[A-Za-z]{6,}/.test(nameless(text));
    const wordsOf = (screen: string): readonly string[] =>
      looksIn("zh-CN").find((one) => one.screen === screen)?.words ?? [];
    const isSame = (one: Look, text: string): boolean => isWorded(text) && wordsOf(one.screen).includes(text);
    expect(allOf((one) => one.words.filter((text) => isSame(one, text)), ["en"])).toEqual([]);
  });

  it("shows no name of a text instead of the text", () => {
    const isId = (text: string): boolean => /^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/.test(text);
    expect(allOf(({ words }) => words.filter(isId))).toEqual([]);
  });

  it("puts nothing serious in the way of those who see, hear or point badly", () => {
    expect(allOf(({ barriers }) => barriers)).toEqual([]);
  });

  it("fits its window", () => {
    expect(allOf(({ isTooWide }) => (isTooWide ? ["too wide"] : []))).toEqual([]);
  });

  it("loses no text and no key at twice the text size, on a screen of 1280 × 800 and on one of 1920 × 1080", () => {
    expect(allOf(({ lostWhenLarge }) => lostWhenLarge)).toEqual([]);
  });
}

/** Names: of people and their initials, of the shop, of goods, and of the other language on its key; and what people typed. */
const names = ["收银员 1", "店长", "收", "店", "蜂鸟便利 · 人民路店", "Hummingbird Mart", "中文"];
const chinese = /[\u3400-\u9fff]/;

function nameless(text: string): string {
  return names.includes(text)
    ? ""
    : text.replaceAll(/收银员 1|店长|蜂鸟便利总部|王芳|近保质期|节日|伊利纯牛奶 250ml盒|华南饮料批发/g, "");
}
