/// <reference lib="dom" />
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "#contract/config/terminal.ts";
import { setBillScene } from "#tests/support/bill-scene.ts";
import { billScreens } from "#tests/support/bill-screens.ts";
import { everyScreen, type ScreenSeen } from "#tests/support/every-screen.ts";
import { openOffice } from "#tests/support/head-office.ts";
import { officeScreens, sell } from "#tests/support/office-screens.ts";
import { beginSelling, openTill } from "#tests/support/open-till.ts";
import { otherSystemsScreens } from "#tests/support/other-systems-screens.ts";
import { returnScreens } from "#tests/support/return-screens.ts";
import { openShop, quickTiming } from "#tests/support/shop.ts";
import { weighingScreens } from "#tests/support/weighing-screens.ts";
import { picturesOf } from "./guide-names.ts";
import { smallPng } from "./small-png.ts";

/** Pictures of the guides: docs/images/guide/NAME.LOCALE.png, each with at most 256 colours. */
export async function shootGuide(locale: Locale, root: string): Promise<void> {
  const keep = guideKeeper(locale, root);
  for await (const seen of guideScreens(locale)) await keep(seen);
}

/** Keeps the picture of a screen that the guide of this language shows; passes over every other. */
export function guideKeeper(locale: Locale, root: string): (seen: ScreenSeen) => Promise<void> {
  const wanted = new Set(picturesOf(join(root, "docs", locale === "en" ? "GUIDE.md" : "GUIDE.zh-CN.md")));
  const folder = join(root, "docs", "images", "guide");
  mkdirSync(folder, { recursive: true });
  return async ({ name, page }: ScreenSeen): Promise<void> => {
    const file = `${name}.${locale}.png`;
    if (!wanted.has(file)) return;
    await page.setViewportSize({ width: 1_280, height: 800 });
    await page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
    writeFileSync(join(folder, file), smallPng(shot));
    console.log(`docs/images/guide/${file}`);
  };
}

/** Every walk that passes a screen of the guides. */
export async function* guideScreens(locale: Locale): AsyncGenerator<ScreenSeen> {
  yield* beyondTheDay(locale);
  yield* dayOf(locale);
  yield* weighingScreens(locale);
}

async function* dayOf(locale: Locale): AsyncGenerator<ScreenSeen> {
  const shop = await openShop({ locale }, { ...quickTiming, codepayDeadlineMs: 120_000, nativeDeadlineMs: 120_000 });
  const till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
  try {
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    yield* everyScreen({ till, shop, cashierId: "cashier-1", managerId: "manager-1" });
  } finally {
    await till.close();
    await shop.close();
  }
}

/** Yesterday's bill, goods that come back, head office, and other systems of the shop: each on a till of its own. */
async function* beyondTheDay(locale: Locale): AsyncGenerator<ScreenSeen> {
  for (const walk of ["bills", "returns", "office", "other-systems"] as const) {
    const shop = await openShop({ locale });
    const scene = walk === "bills" ? await setBillScene(shop) : null;
    const office = walk === "office" ? await openOffice() : null;
    const till = await openTill({ dataDir: shop.dataDir });
    try {
      await till.page.setViewportSize({ width: 1_280, height: 800 });
      if (scene === null) await beginSelling(till, "manager-1");
      if (scene !== null) yield* billScreens(till, scene, "manager-1");
      else if (office !== null) yield* officeScreens(till, office);
      else if (walk === "returns") yield* returnScreens(till);
      else {
        for (const code of ["6920536012350", "6910111010871", "6920536012350"]) await sell(till, [code]);
        yield* otherSystemsScreens(till);
      }
    } finally {
      await till.close();
      await shop.close();
      await office?.close();
    }
  }
}
