/// <reference lib="dom" />
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import type { Locale } from "#contract/config/terminal.ts";
import { setBillScene } from "#tests/support/bill-scene.ts";
import { billScreens } from "#tests/support/bill-screens.ts";
import { everyScreen } from "#tests/support/every-screen.ts";
import { openOffice } from "#tests/support/head-office.ts";
import { officeScreens } from "#tests/support/office-screens.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { keepPictures } from "#tests/support/outcome-pictures.ts";
import { paymentOutcomes } from "#tests/support/payment-outcomes.ts";
import { until } from "#tests/support/poll.ts";
import { returnScreens } from "#tests/support/return-screens.ts";
import { refundOutcomes } from "#tests/support/refund-outcomes.ts";
import { linesOnScreen, moneyWord, part } from "#tests/support/sale-screen.ts";
import { openShop, quickTiming } from "#tests/support/shop.ts";
import { weighingScreens } from "#tests/support/weighing-screens.ts";
import { buildIfStale } from "./build.ts";
import { projectRoot } from "./electron-runtime.ts";
import { shootGuide } from "./guide-pictures.ts";
import { shootPages } from "./page-pictures.ts";
import { keepPicture } from "./pictures.ts";
import { openScreen } from "./screen.ts";

// npm run screenshots: sells on the real till in both languages and writes what every screen looks like into docs/images
// where a page shows it, else into out/pictures, as NAME.LOCALE.WIDTHxHEIGHT.png: the till at 1280 × 800, the customer display as small as they come, both also large.
// Then each end of a payment and of a refund, both windows, into docs/images/payments; `-- payments` for these alone, `-- weighing` for
// the weighing dialog, `-- bench` for the demo store, `-- sync` for head office's pages into docs/images/sync,
// `-- returns` for returns and exchanges, `-- guide` for the pictures of the guides, `-- pages` for those of a manager in
// both themes and sizes, to look at.

const usual = { width: 1_280, height: 800 };
const large = { width: 1_920, height: 1_080 };
const locales: readonly Locale[] = ["zh-CN", "en"];
const alsoLarge = new Set(["sale", "display-selling", "settings", "setup-merchant-key"]);
/** Small dialogs that look like others, and the demo store's own sign-in screen says more. */
const leftOut = new Set(["quantity", "hold", "rounding", "void-sale", "sign-in"]);
/** Their pictures are made by `npm run screenshots:devices`. */
const isOfDevices = (name: string): boolean => /^(?:devices?(?:-|$)|self-test$)/.test(name);

await buildIfStale();
const screen = await openScreen();
Object.assign(process.env, screen.env);
try {
  if (process.argv.includes("guide")) for (const locale of locales) await shootGuide(locale, projectRoot);
  else if (process.argv.includes("pages")) for (const locale of locales) await shootPages(locale, projectRoot);
  else await shootAll();
} finally {
  screen.close();
}

/** All pictures, or those of one part. */
async function shootAll(): Promise<void> {
  const only = (name: string): boolean => process.argv.includes(name);
  if (only("bench")) await shootDemo();
  if (only("returns")) for (const locale of locales) await shootReturns(locale);
  if (only("sync")) for (const locale of locales) await shootOffice(locale);
  if (!only("payments") && !only("bench") && !only("sync") && !only("returns"))
    for (const locale of locales) await shootWeighing(locale);
  if (!only("payments") && !only("weighing") && !only("bench") && !only("sync") && !only("returns")) {
    for (const locale of locales) {
      await shootReturns(locale);
      await shootDay(locale);
      await shootBills(locale);
      await shootOffice(locale);
    }
    await shootDemo();
  }
  for (const locale of only("weighing") || only("bench") || only("sync") || only("returns") ? [] : locales) {
    for await (const outcome of paymentOutcomes(locale)) await keepPictures(outcome, locale, true);
    for await (const screen of refundOutcomes(locale)) await keepPictures(screen, locale, true);
  }
}

/** Every screen of a shop's day, and its receipt by itself. */
async function shootDay(locale: Locale): Promise<void> {
  const shop = await openShop({ locale }, { ...quickTiming, codepayDeadlineMs: 120_000, nativeDeadlineMs: 120_000 });
  const till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
  try {
    await till.page.setViewportSize(usual);
    for await (const { name, page } of everyScreen({ till, shop, cashierId: "cashier-1", managerId: "manager-1" })) {
      if (!leftOut.has(name) && !isOfDevices(name)) await shoot(page, name, locale);
      if (name === "manager-sale") await shootReceipt(page, locale);
      if (!alsoLarge.has(name)) continue;
      const before = await sizeOf(page);
      await page.setViewportSize(large);
      await shoot(page, name, locale);
      await page.setViewportSize(before);
    }
  } finally {
    await till.close();
    await shop.close();
  }
}

/** An item over the scale, in each state of the dialog. */
async function shootWeighing(locale: Locale): Promise<void> {
  for await (const { name, page } of weighingScreens(locale)) {
    await page.setViewportSize(usual);
    await shoot(page, name, locale);
    if (name !== "weigh-ready") continue;
    await page.setViewportSize(large);
    await shoot(page, name, locale);
    await page.setViewportSize(usual);
  }
}

/** Goods that come back, and goods that are exchanged. */
async function shootReturns(locale: Locale): Promise<void> {
  const shop = await openShop({ locale });
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await beginSelling(till, "manager-1");
    for await (const { name, page } of returnScreens(till)) {
      for (const size of [usual, large]) {
        await page.setViewportSize(size);
        await shoot(page, name, locale);
      }
    }
  } finally {
    await till.close();
    await shop.close();
  }
}

/** Yesterday's bill beside the books. */
async function shootBills(locale: Locale): Promise<void> {
  const shop = await openShop({ locale });
  const scene = await setBillScene(shop);
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await till.page.setViewportSize(usual);
    for await (const { name, page } of billScreens(till, scene, "manager-1")) await shoot(page, name, locale);
  } finally {
    await till.close();
    await shop.close();
  }
}

/** Everything the till shows of its head office, in both sizes. */
async function shootOffice(locale: Locale): Promise<void> {
  const shop = await openShop({ locale });
  const office = await openOffice();
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await till.page.setViewportSize(usual);
    await beginSelling(till, "manager-1");
    for await (const { name, page } of officeScreens(till, office)) {
      for (const size of [usual, large]) {
        await page.setViewportSize(size);
        await shoot(page, `sync/${name}`, locale);
      }
      await page.setViewportSize(usual);
    }
  } finally {
    await till.close();
    await shop.close();
    await office.close();
  }
}

/** What only the demo store has: PINs on the sign-in screen, and the Device bench. */
async function shootDemo(): Promise<void> {
  // The demo store is in China, and so are its clocks.
  process.env["TZ"] = "Asia/Shanghai";
  const dataDir = mkdtempSync(join(tmpdir(), "tillway-demo-"));
  const till = await openTill({ dataDir });
  try {
    await part(till.page, "demo-pin").first().waitFor();
    for (const locale of locales) {
      await till.send("set-locale", { locale });
      await until("the page speaks it", () =>
        till.page.evaluate((lang) => document.documentElement.lang === lang, locale),
      );
      await shoot(till.page, "sign-in", locale);
    }
    await sellInDemo(till);
    const bench = await till.window("bench.html");
    await part(bench, "paper").first().waitFor();
    for (const locale of locales) {
      await bench
        .getByText(locale === "en" ? "English" : "中文", { exact: true })
        .first()
        .click();
      await until("the bench speaks it", () =>
        bench.evaluate((lang) => document.documentElement.lang === lang, locale),
      );
      await shoot(bench, "bench", locale);
    }
  } finally {
    await till.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function sellInDemo(till: TillUnderTest): Promise<void> {
  await beginSelling(till);
  await ringUp(till, "6920536011247", "6910111010871", "2110001011818");
  await linesOnScreen(till.page, 3);
  await till.send("take-payment", {});
  const bench = await till.window("bench.html");
  await part(bench, "phone-present").click();
  await until("it is paid", async () => (await moneyWord(till.page)) === "paid");
}

async function shoot(page: Page, name: string, locale: Locale): Promise<void> {
  await settle(page);
  const { width, height } = await sizeOf(page);
  const file = `${name}.${locale}.${width}x${height}.png`;
  console.log(keepPicture(projectRoot, file, await page.screenshot({ animations: "disabled", caret: "hide" })));
}

/** The paper by itself, in a window so high that nothing of it has to be scrolled to. */
async function shootReceipt(page: Page, locale: Locale): Promise<void> {
  const before = await sizeOf(page);
  await page.setViewportSize({ width: before.width, height: 2_000 });
  await settle(page);
  const shot = await part(page, "paper").first().screenshot({ animations: "disabled" });
  keepPicture(projectRoot, `receipt.${locale}.png`, shot);
  await page.setViewportSize(before);
}

function sizeOf(page: Page): Promise<{ readonly width: number; readonly height: number }> {
  return page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
}

/** Fonts and pictures there, and a frame painted with them. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}
