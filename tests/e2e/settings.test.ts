import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PaperElement } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part } from "#tests/support/sale-screen.ts";
import { openSerialPrinter, type SerialPrinter } from "#tests/support/serial-printer.ts";
import { chooseLogo, openSettingsPage, paperSays } from "#tests/support/settings-screens.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { barPng } from "#tests/support/test-settings.ts";

const cola = "6920536011247";
const usual = { width: 1_280, height: 800 };
let shop: Shop;
let printer: SerialPrinter | null = null;
let till: TillUnderTest;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-settings-"));
});
afterEach(async () => {
  await till.close();
  await printer?.unplug();
  printer = null;
  await shop.close();
  rmSync(folder, { recursive: true });
});

async function sell(): Promise<void> {
  await ringUp(till, cola);
  await till.send("take-payment", {});
  expect(await till.send("pay-cash", { receivedFen: 1_000 })).toEqual({ ok: true, value: null });
  await until("the receipt is on paper", async () => (await till.view()).payment?.done?.receipt === "printed");
  await till.send("next-sale", {});
}

/** How many dots of a picture on the paper are black, row by row. */
function blackRows(raster: Extract<PaperElement, { kind: "raster" }>): readonly number[] {
  const bytes = Buffer.from(raster.bitsBase64, "base64");
  const rowBytes = Math.ceil(raster.widthDots / 8);
  return Array.from({ length: raster.heightDots }, (_, y) =>
    bytes
      .subarray(y * rowBytes, (y + 1) * rowBytes)
      .reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0),
  );
}

describe.each([
  { locale: "zh-CN", header: "headerZh", footer: "footerZh", words: ["三十年老店", "天天新鲜", "欢迎再来"] },
  { locale: "en", header: "headerEn", footer: "footerEn", words: ["Since 1996", "Fresh every day", "Come again"] },
] as const)("In $locale", ({ locale, header, footer, words: [first, second, last] }) => {
  it("a header, a footer and a logo that a manager sets are on the next receipt, read from the printer's bytes", async () => {
    printer = await openSerialPrinter(48);
    const transport = { kind: "serial", path: printer.path, baudRate: 115_200 } as const;
    shop = await openShop({ locale, devices: { printer: { id: "printer-1", transport, columns: 48, drawer: {} } } });
    till = await openTill({ dataDir: shop.dataDir });
    const { page } = till;
    await page.setViewportSize(usual);
    await beginSelling(till, "manager-1");
    await part(page, "empty-cart").waitFor();
    await openSettingsPage(page, "shop");
    await part(page, `word-${header}`).fill(`${first}\n${second}`);
    await part(page, `word-${footer}`).fill(last);
    // The paper beside the form follows before anything is saved.
    await paperSays(page, `${first}${second}`);
    await part(page, "shop-save").click();
    await part(page, "shop-saved").waitFor();

    const logo = join(folder, "logo.png");
    writeFileSync(logo, barPng(304, 80));
    writeFileSync(join(folder, "logo.jpg"), Buffer.from("ffd8ffe000104a46494600", "hex"));
    await chooseLogo(till, join(folder, "logo.jpg"));
    await part(page, "trouble").waitFor();
    await chooseLogo(till, logo);
    await part(page, "logo-remove").waitFor();
    await part(page, "receipt-preview").locator("svg[aria-label='304 × 80']").waitFor();
    expect((await lookAt(page, "settings-shop")).barriers).toEqual([]);
    await part(page, "settings-leave").click();

    await sell();
    const elements = printer.decoded();
    const lines = plainLines(elements, 48).map((line) => line.trim());
    expect(lines).toEqual(expect.arrayContaining([first, second, last]));
    expect(lines.indexOf(first)).toBeLessThan(lines.indexOf(last));
    const raster = elements.find((element) => element.kind === "raster");
    if (raster?.kind !== "raster") throw new Error("no logo on the paper");
    // A bar of a quarter of its height, all black, and white below: what the file shows.
    expect(blackRows(raster)).toEqual([
      ...Array.from({ length: 20 }, () => 304),
      ...Array.from({ length: 60 }, () => 0),
    ]);
    expect(elements.indexOf(raster)).toBeLessThan(elements.findIndex((element) => element.kind === "text"));

    // The same till tomorrow.
    await till.close();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await beginSelling(till, "manager-1");
    const before = printer.decoded().length;
    await sell();
    const again = printer.decoded().slice(before);
    expect(plainLines(again, 48).map((line) => line.trim())).toContain(first);
    expect(again.filter(({ kind }) => kind === "raster")).toEqual([raster]);
  });

  it("a key that was given another action does it, and its cap says so", async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    const { page } = till;
    await page.setViewportSize(usual);
    await beginSelling(till, "manager-1");
    await part(page, "empty-cart").waitFor();
    await openSettingsPage(page, "keys");
    await part(page, "key-ask-hold").click();
    await page.keyboard.press("7");
    await part(page, "trouble").waitFor();
    await page.keyboard.press("F6");
    await part(page, "key-swap-hold").click();
    await page.locator("[data-testid=key-row-hold][data-key=F6]").waitFor();
    await part(page, "key-ask-pay").click();
    await page.keyboard.press("Pause");
    await page.locator("[data-testid=key-row-pay][data-key=Pause]").waitFor();
    expect((await lookAt(page, "settings-keys")).barriers).toEqual([]);
    await page.keyboard.press("Escape");
    await part(page, "settings").waitFor({ state: "detached" });

    await ringUp(till, cola);
    await linesOnScreen(page, 1);
    expect(await part(page, "key-F5").locator("kbd").innerText()).toBe("F6");
    expect(await part(page, "pay").locator("kbd").innerText()).toBe("Pause");
    await page.keyboard.press("F6");
    await part(page, "hold").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "hold").waitFor({ state: "detached" });
    await page.keyboard.press("Pause");
    await part(page, "pay-qr").waitFor();
  });

  it("another theme and larger text hold at once and after a restart, with nothing in anybody's way", async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
    await till.page.setViewportSize(usual);
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
    await openSettingsPage(till.page, "till");
    for (const theme of ["dark", "contrast"] as const) {
      await part(till.page, `theme-${theme}`).click();
      const scheme = theme === "dark" ? "dark" : "light";
      await till.page.locator(`:root[data-mantine-color-scheme=${scheme}]`).waitFor();
      expect([theme, (await lookAt(till.page, theme)).barriers]).toEqual([theme, []]);
    }
    await till.page.locator(":root[data-till-contrast=high]").waitFor();
    const isZoomed = (): Promise<boolean> => till.page.evaluate(() => window.devicePixelRatio > 1.2);
    expect(await isZoomed()).toBe(false);
    await part(till.page, "text-size-125").click();
    await until("the text is larger", isZoomed);
    expect((await lookAt(till.page, "large")).barriers).toEqual([]);
    // The customer's screen is not the cashier's.
    const display = await till.window("display.html");
    expect(await display.evaluate(() => window.devicePixelRatio)).toBe(1);

    await till.close();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await part(till.page, "person").first().waitFor();
    await till.page.locator(":root[data-till-contrast=high]").waitFor();
    await until("the text is as large after the restart", isZoomed);
    const isShown = (): Promise<boolean> =>
      till.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().some((one) => one.getTitle() === "Tillway" && one.isVisible()),
      );
    await until("the window is shown", isShown);
  });
});
