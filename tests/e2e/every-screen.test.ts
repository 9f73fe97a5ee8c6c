import { describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { setBillScene } from "#tests/support/bill-scene.ts";
import { billScreens } from "#tests/support/bill-screens.ts";
import { everyScreen, type ScreenSeen } from "#tests/support/every-screen.ts";
import { openOffice } from "#tests/support/head-office.ts";
import { largeTextTroubles, screensForLargeText } from "#tests/support/large-text.ts";
import { lookAt, type ScreenLook } from "#tests/support/look-at-screen.ts";
import { officeScreens } from "#tests/support/office-screens.ts";
import { beginSelling, openTill } from "#tests/support/open-till.ts";
import { within } from "#tests/support/poll.ts";
import { returnScreens } from "#tests/support/return-screens.ts";
import { openShop, quickTiming } from "#tests/support/shop.ts";

interface Look extends ScreenLook {
  readonly screen: string;
  /** What cannot be read or reached at twice the text size. */
  readonly lostWhenLarge: readonly string[];
}

type Walk = "day" | "reconciliation" | "head office" | "returns";

/** What each walk saw; a walk that is walked again begins with nothing. */
const walks: Record<Locale, Map<Walk, readonly Look[]>> = { "zh-CN": new Map(), en: new Map() };
/** Some ninety pictures, a second or two each; several times that on a busy machine. Milliseconds. */
const walkMs = 600_000;

async function lookAtAll(locale: Locale, walk: Walk, screens: AsyncIterable<ScreenSeen>): Promise<void> {
  const seen: Look[] = [];
  walks[locale].set(walk, seen);
  for await (const screen of screens) seen.push(await look(screen));
}

async function look({ name, page }: ScreenSeen): Promise<Look> {
  await within(`less motion at ${name}`, () => page.emulateMedia({ reducedMotion: "reduce" }));
  const seen = await lookAt(page, name);
  const lostWhenLarge = screensForLargeText.includes(name) ? await largeTextTroubles(page, name) : [];
  return { screen: name, ...seen, lostWhenLarge };
}

function looksIn(locale: Locale): readonly Look[] {
  return [...walks[locale].values()].flat();
}

describe.each(["zh-CN", "en"] as const)("In %s", (locale) => {
  it(
    "a whole day is walked, with a customer who may take time",
    async () => {
      const shop = await openShop(
        { locale },
        { ...quickTiming, codepayDeadlineMs: 120_000, nativeDeadlineMs: 120_000 },
      );
      const till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
      try {
        const counter = { till, shop, cashierId: "cashier-1", managerId: "manager-1" };
        await lookAtAll(locale, "day", everyScreen(counter));
      } finally {
        await till.close();
        await shop.close();
      }
    },
    walkMs,
  );

  it(
    "the page of reconciliation is walked, in a shop that had a yesterday",
    async () => {
      const shop = await openShop({ locale });
      const scene = await setBillScene(shop);
      const till = await openTill({ dataDir: shop.dataDir });
      try {
        await lookAtAll(locale, "reconciliation", billScreens(till, scene, "manager-1"));
      } finally {
        await till.close();
        await shop.close();
      }
    },
    walkMs,
  );

  it(
    "the pages of head office are walked, on a till that gets to know one",
    async () => {
      const shop = await openShop({ locale });
      const office = await openOffice();
      const till = await openTill({ dataDir: shop.dataDir });
      try {
        await beginSelling(till, "manager-1");
        await lookAtAll(locale, "head office", officeScreens(till, office));
      } finally {
        await till.close();
        await shop.close();
        await office.close();
      }
    },
    walkMs,
  );
});

describe.each(["zh-CN", "en"] as const)("In %s", (locale) => {
  it(
    "goods that come back and goods that are exchanged are walked",
    async () => {
      const shop = await openShop({ locale });
      const till = await openTill({ dataDir: shop.dataDir });
      try {
        await beginSelling(till, "manager-1");
        await lookAtAll(locale, "returns", returnScreens(till));
      } finally {
        await till.close();
        await shop.close();
      }
    },
    walkMs,
  );
});

/** Names: of people and their initials, of the shop, of goods, and of the other language on its key; and what people typed. */
const names = ["收银员 1", "店长", "收", "店", "蜂鸟便利 · 人民路店", "Hummingbird Mart", "中文"];
const chinese = /[\u3400-\u9fff]/;

function nameless(text: string): string {
  return names.includes(text)
    ? ""
    : text.replaceAll(/收银员 1|店长|蜂鸟便利总部|王芳|近保质期|节日|伊利纯牛奶 250ml盒|华南饮料批发/g, "");
}

/** What is found in either language or in one, with the screen it was found on. */
function allOf(
  find: (look: Look) => readonly string[],
  locales: readonly Locale[] = ["zh-CN", "en"],
): readonly string[] {
  return locales.flatMap((locale) =>
    looksIn(locale).flatMap((look) => find(look).map((text) => `${locale} ${look.screen}: ${text}`)),
  );
}

function wordsIn(locale: Locale, screen: string): readonly string[] {
  return looksIn(locale).find((look) => look.screen === screen)?.words ?? [];
}

describe("Every screen of the till and the customer display", () => {
  it("was seen in both languages", () => {
    const names = looksIn("zh-CN").map((look) => look.screen);
    expect(names).toEqual(
      expect.arrayContaining([
        "sign-in",
        "sale",
        "payment-qr",
        "display-paid",
        "manager-day",
        "stock-take",
        "shift-result",
        "reconciliation",
        "sync-offline",
        "return-chosen",
      ]),
    );
    expect(names.length).toBeGreaterThanOrEqual(28);
    expect(looksIn("en").map((look) => look.screen)).toEqual(names);
  });

  it("shows no Chinese in English but names, and no English sentence in Chinese", () => {
    expect(allOf((look) => look.words.filter((text) => chinese.test(nameless(text))), ["en"])).toEqual([]);
    // Words of a sentence; a single word may be a key, a unit or a brand.
    expect(allOf((look) => look.words.filter((text) => /[A-Za-z]{2,} [a-z]{2,} /.test(text)), ["zh-CN"])).toEqual([]);
  });

  it("changes every worded text with the language", () => {
    const isWorded = (text: string): boolean => chinese.test(nameless(text)) || /[A-Za-z]{6,}/.test(nameless(text));
    const isSame = (look: Look, text: string): boolean =>
      isWorded(text) && wordsIn("zh-CN", look.screen).includes(text);
    expect(allOf((look) => look.words.filter((text) => isSame(look, text)), ["en"])).toEqual([]);
  });

  it("shows no name of a text instead of the text", () => {
    const isId = (text: string): boolean => /^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/.test(text);
    expect(allOf((look) => look.words.filter(isId))).toEqual([]);
  });

  it("puts nothing serious in the way of those who see, hear or point badly", () => {
    expect(allOf((look) => look.barriers)).toEqual([]);
  });

  it("fits its window", () => {
    expect(allOf((look) => (look.isTooWide ? ["too wide"] : []))).toEqual([]);
  });

  it("loses no text and no key at twice the text size, on a screen of 1280 × 800 and on one of 1920 × 1080", () => {
    expect(screensForLargeText.filter((name) => !looksIn("en").some(({ screen }) => screen === name))).toEqual([]);
    expect(allOf((look) => look.lostWhenLarge)).toEqual([]);
  });
});
