/// <reference lib="dom" />
import type { Page } from "playwright";
import type { Locale } from "#contract/config/terminal.ts";
import { buildIfStale } from "#scripts/build.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { keepPicture } from "#scripts/pictures.ts";
import { openScreen } from "#scripts/screen.ts";
import { deviceScreens, showPluggedIn } from "#tests/support/device-screens.ts";
import { foundForShow } from "#tests/support/found-for-show.ts";
import { beginSelling, openTill } from "#tests/support/open-till.ts";
import { openShop } from "#tests/support/shop.ts";

// npm run screenshots:devices: the pages of devices in both languages and sizes, into docs/images/devices where a page
// shows them, else into out/pictures/devices.

const sizes = [
  { width: 1_280, height: 800 },
  { width: 1_920, height: 1_080 },
];

await buildIfStale();
const screen = await openScreen();
Object.assign(process.env, screen.env);
try {
  for (const locale of ["zh-CN", "en"] as const) await shootIn(locale);
} finally {
  screen.close();
}

async function shootIn(locale: Locale): Promise<void> {
  const shop = await openShop({ locale });
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    await beginSelling(till, "manager-1");
    await showPluggedIn(till, foundForShow);
    for await (const { name, page } of deviceScreens(till, shop)) {
      for (const size of sizes) await shoot(page, name, locale, size);
      await page.setViewportSize({ width: 1_280, height: 800 });
    }
  } finally {
    await till.close();
    await shop.close();
  }
}

async function shoot(page: Page, name: string, locale: Locale, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  const file = `${name}.${locale}.${size.width}x${size.height}.png`;
  const shot = await page.screenshot({ animations: "disabled", caret: "hide" });
  console.log(keepPicture(projectRoot, `devices/${file}`, shot));
}
