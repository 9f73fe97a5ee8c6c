/// <reference lib="dom" />
import type { Page } from "playwright";
import type { Locale } from "#contract/config/terminal.ts";
import type { ScreenSeen } from "#tests/support/every-screen.ts";
import { labelScreens } from "#tests/support/label-screens.ts";
import { memberScreens } from "#tests/support/member-screens.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { otherSystemsScreens } from "#tests/support/other-systems-screens.ts";
import { part } from "#tests/support/sale-screen.ts";
import { settingsScreens } from "#tests/support/settings-screens.ts";
import { openShop } from "#tests/support/shop.ts";
import { stockScreens } from "#tests/support/stock-screens.ts";
import { keepPicture } from "./pictures.ts";

const sizes = [
  { width: 1_280, height: 800 },
  { width: 1_920, height: 1_080 },
  // A screen of 1280 x 800 at twice the text size.
  { width: 640, height: 400 },
] as const;

/** The pages of a manager in both themes and three sizes, to look at them: out/pictures/pages/NAME.LOCALE.SCHEME.WxH.png. */
export async function shootPages(locale: Locale, root: string): Promise<void> {
  const shop = await openShop({ locale });
  const till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
  try {
    await till.page.setViewportSize(sizes[0]);
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
    for await (const { name, page } of managersPages(till)) {
      if (page !== till.page) continue;
      for (const scheme of ["light", "dark"] as const)
        await shoot(root, page, `pages/${name}.${locale}.${scheme}`, scheme);
      await wear(page, "light");
    }
  } finally {
    await till.close();
    await shop.close();
  }
}

async function* managersPages(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "manager").waitFor();
  yield { name: "manager-empty", page };
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor({ state: "detached" });
  yield* stockScreens(till);
  yield* labelScreens(page);
  yield* memberScreens(till, await till.window("display.html"));
  yield* settingsScreens(till);
  yield* otherSystemsScreens(till);
}

async function shoot(root: string, page: Page, name: string, scheme: "light" | "dark"): Promise<void> {
  await wear(page, scheme);
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
    console.log(keepPicture(root, `${name}.${size.width}x${size.height}.png`, shot));
  }
  await page.setViewportSize(sizes[0]);
}

/** For the picture alone: nothing of the till's own settings is changed. */
async function wear(page: Page, scheme: "light" | "dark"): Promise<void> {
  await page.evaluate((name) => document.documentElement.setAttribute("data-mantine-color-scheme", name), scheme);
}
