import { describe, expect, it, onTestFinished } from "vitest";
import { largeTextTroubles } from "#tests/support/large-text.ts";
import { lookAt, type ScreenLook } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part, type } from "#tests/support/sale-screen.ts";
import {
  openWeighingShop,
  pickBananas,
  poleRows,
  put,
  trayIs,
  weighingScreens,
} from "#tests/support/weighing-screens.ts";

const chinese = /[\u3400-\u9fff]/;
/** The shop and the people of a first start have Chinese names in either language. */
const nameless = (text: string): string => text.replaceAll("收银员 1", "").replaceAll("蜂鸟便利 · 人民路店", "");

async function walk(locale: "zh-CN" | "en") {
  const looks: (ScreenLook & { readonly name: string; readonly lostWhenLarge: readonly string[] })[] = [];
  for await (const { name, page } of weighingScreens(locale)) {
    await page.emulateMedia({ reducedMotion: "reduce" });
    looks.push({ name, ...(await lookAt(page)), lostWhenLarge: await largeTextTroubles(page, name) });
  }
  return looks;
}

describe("the weighing dialog in real Electron", () => {
  it.each(["zh-CN", "en"] as const)(
    "comes to each of its states in %s, in that language, without a barrier, and whole at twice the text size",
    async (locale) => {
      const looks = await walk(locale);
      expect(looks.map(({ name }) => name)).toEqual([
        ...["weigh-empty", "weigh-moving", "weigh-too-light", "weigh-over", "weigh-tare", "weigh-ready"],
        ...["weigh-same-again", "weigh-typed", "weigh-away", "weighed-lines"],
      ]);
      expect(looks.flatMap(({ name, barriers }) => barriers.map((barrier) => `${name}: ${barrier}`))).toEqual([]);
      expect(looks.filter(({ isTooWide }) => isTooWide)).toEqual([]);
      expect(looks.flatMap(({ name, lostWhenLarge }) => lostWhenLarge.map((lost) => `${name}: ${lost}`))).toEqual([]);
      const foreign = looks.flatMap(({ words }) =>
        words.filter((text) =>
          locale === "en" ? chinese.test(nameless(text)) : /[A-Za-z]{2,} [a-z]{2,} /.test(nameless(text)),
        ),
      );
      expect(foreign).toEqual([]);
    },
    // Ten screens, each looked at by axe; a busy machine takes seconds for one.
    400_000,
  );

  it("sells what the scale weighed by mouse and keys, tells the customer on the pole, and books who weighed it", async () => {
    const shop = await openWeighingShop("en");
    onTestFinished(() => shop.close());
    const till = await openTill({ dataDir: shop.dataDir });
    onTestFinished(() => till.close());
    await beginSelling(till);
    const idle = ["Hummingbird Mart    ", " ".repeat(20)];
    await until("the pole shows the shop", async () => String(await poleRows(shop)) === String(idle));

    await pickBananas(till);
    await put(shop, 1_250);
    await trayIs(till, "ready");
    expect(await part(till.page, "weigh-grams").textContent()).toContain("1.250kg");
    expect(await part(till.page, "weigh-amount").textContent()).toBe("¥11.00");
    const weighed = ["Banana              ", "1.250kg        11.00"];
    await until("the pole shows the goods", async () => String(await poleRows(shop)) === String(weighed));
    await part(till.page, "weigh-take").click();
    await linesOnScreen(till.page, 1);
    const rungUp = ["Banana         11.00", "Total          11.00"];
    await until("the pole shows the line", async () => String(await poleRows(shop)) === String(rungUp));

    // The next goods weigh the same: the tray was not seen to change, and Enter alone does not say so.
    await pickBananas(till);
    await trayIs(till, "same-again");
    await till.page.keyboard.press("Enter");
    await part(till.page, "weigh-take-again").click();
    await linesOnScreen(till.page, 2);

    await shop.control("POST", "/scale/switches", { stalled: true });
    await pickBananas(till);
    await part(till.page, "weigh-no-scale").waitFor();
    await type(till.page, "0.5");
    await till.page.keyboard.press("Enter");
    await linesOnScreen(till.page, 3);
    const { sale } = await till.view();
    expect(sale.lines.map(({ quantity, amountFen, weighing }) => ({ quantity, amountFen, weighing }))).toEqual([
      { quantity: 1250, amountFen: 1100, weighing: { by: "scale", grossGrams: 1250, tareGrams: 0 } },
      { quantity: 1250, amountFen: 1100, weighing: { by: "scale", grossGrams: 1250, tareGrams: 0 } },
      { quantity: 500, amountFen: 440, weighing: { by: "typed", grossGrams: 500, tareGrams: 0 } },
    ]);
  });
});
