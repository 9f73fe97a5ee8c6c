import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawn } from "#tests/support/large-text.ts";
import { openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { largeTextWindows, textTroubles } from "#tests/support/text-fit.ts";

/*
 * Text at twice its size. The window is enlarged as a whole, so every screen is looked at in the half of its width and
 * height: tests/e2e/every-screen.test.ts does that on its walks, in both languages. Here: that half the window is what
 * twice the size is, that the measure notices what is wrong, and that a till of that size still sells.
 */

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop({ locale: "en" });
  till = await openTill({ dataDir: shop.dataDir });
  await part(till.page, "person").first().waitFor();
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

describe("Text at twice its size", () => {
  it("is the same page in a window of half its width and height", async () => {
    const { page } = till;
    const size = (): Promise<readonly [number, number]> => page.evaluate(() => [innerWidth, innerHeight]);
    const zoom = (factor: number): Promise<void> =>
      till.app.evaluate(({ BrowserWindow }, to) => {
        for (const window of BrowserWindow.getAllWindows())
          if (window.webContents.getURL().includes("index.html")) window.webContents.setZoomFactor(to);
      }, factor);
    const [width, height] = await size();
    await zoom(2);
    await until("everything is twice as large", () => page.evaluate(() => devicePixelRatio >= 2));
    const [half, halfHeight] = await size();
    expect(Math.abs(half - width / 2)).toBeLessThanOrEqual(1);
    expect(Math.abs(halfHeight - height / 2)).toBeLessThanOrEqual(1);
    await zoom(1);
    await until("everything is as before", async () => (await size())[0] === width);
  });

  it.each(largeTextWindows)("has nothing cut off on the sign-in screen of a $screen screen", async (window) => {
    await till.page.setViewportSize(window);
    await drawn(till.page);
    expect(await textTroubles(till.page, "sign-in")).toEqual([]);
  });

  it("is noticed where it is cut off, out of the window, on other text or in a key nobody can reach", async () => {
    const { page } = till;
    await page.setViewportSize({ width: 640, height: 400 });
    await page.evaluate(() => {
      const planted = document.createElement("div");
      planted.id = "planted";
      planted.innerHTML = `
        <p style="width: 60px; overflow: hidden; white-space: nowrap">A sentence far too long for this</p>
        <p style="position: fixed; left: 600px; white-space: nowrap">Half of it beyond the edge</p>
        <p style="position: fixed; left: 10px; top: 10px">One upon</p>
        <p style="position: fixed; left: 14px; top: 12px">the other</p>
        <button style="position: fixed; left: -200px; width: 60px">Away</button>`;
      document.querySelector(".sign-in-desk")?.append(planted);
    });
    const troubles = (await textTroubles(page, "planted")).join("\n");
    expect(troubles).toMatch(/“A sentence far too long for this” .* is cut off at the side/);
    expect(troubles).toMatch(/“Half of it beyond the edge” .* is out of the window at the side/);
    expect(troubles).toMatch(/“One upon” .* and “the other” .* stand on each other/);
    expect(troubles).toMatch(/the control “Away” .* is out of the window at the side/);
    await page.evaluate(() => document.querySelector("#planted")?.remove());
    expect(await textTroubles(page, "sign-in")).toEqual([]);
  });

  it("still sells: every key of a cash sale can be come to by finger", async () => {
    const { page } = till;
    await page.setViewportSize({ width: 640, height: 400 });
    const pin = await until("the PIN", () => till.pins.get("cashier-1"));
    await page.locator("[data-testid=person][data-person-id=cashier-1]").click();
    for (const digit of pin) await page.locator(`[data-testid=pin-key][data-key="${digit}"]`).click();
    await part(page, "sign-in").click();
    await page.locator("[data-testid=pad-key][data-key='2']").click();
    await part(page, "open-shift").click();
    await part(page, "tile").first().click();
    await linesOnScreen(page, 1);
    await part(page, "pay").click();
    await part(page, "pay-qr").waitFor();
    const dueFen = (await till.view()).payment?.leftFen ?? 0;
    expect(dueFen).toBeGreaterThan(0);
    await part(page, "cash-quick").first().click();
    await until("it is paid", async () => (await till.view()).payment?.done !== undefined);
    await part(page, "next-sale").click();
    await part(page, "empty-cart").waitFor();
  });
});
