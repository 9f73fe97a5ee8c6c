import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, moneyWord, part, totalOnScreen } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const [cola, water] = ["6920536012350", "6920536011247"] as const;

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

async function startAgain(): Promise<void> {
  till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
  await beginSelling(till);
}

async function payByKeys(): Promise<void> {
  await till.page.keyboard.press("Space");
  await until("the payment is open", () => part(till.page, "payment").isVisible());
  await till.page.keyboard.press("+");
  await until("the sale is paid", async () => (await moneyWord(till.page)) === "paid");
}

const soldFen = (): readonly number[] => readBooks(shop.dataDir).sales.map(({ totalFen }) => totalFen);

/**
 * The renderer's process ends as a fault in it would end it. Playwright lets go of a page that crashed, so what the window
 * shows afterwards is asked of the window itself.
 */
async function crashWindow(): Promise<number> {
  return till.app.evaluate(({ BrowserWindow }) => {
    const open = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes("index.html"));
    if (open === undefined) throw new Error("the till has a window");
    const { webContents } = open;
    const pid = webContents.getOSProcessId();
    webContents.forcefullyCrashRenderer();
    return pid;
  });
}

function windowShows(): Promise<{ readonly pid: number; readonly lines: number; readonly totalFen: number }> {
  return till.app.evaluate(async ({ BrowserWindow }) => {
    const open = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes("index.html"));
    if (open === undefined) throw new Error("the till has a window");
    const pid = open.webContents.getOSProcessId();
    if (pid === 0 || open.webContents.isLoading()) return { pid: 0, lines: 0, totalFen: 0 };
    const look = `[document.querySelectorAll("[data-testid=cart-line]").length,
      Number(document.querySelector("[data-testid=total]")?.dataset.fen ?? 0)]`;
    // Two numbers, by the line above.
    const looked = open.webContents.executeJavaScript(look) as Promise<[number, number]>;
    // A page that is being put in the place of another may never answer: it is asked again.
    const nothing = new Promise<[number, number]>((resolve) => {
      AbortSignal.timeout(1_000).addEventListener("abort", () => resolve([0, 0]));
    });
    const [lines, totalFen] = await Promise.race([looked, nothing]);
    return { pid, lines, totalFen };
  });
}

describe("What the till keeps", () => {
  it("is on the disk when the screen says paid: the power goes that moment, and the sale is there (odoo#267799)", async () => {
    await ringUp(till, cola);
    await linesOnScreen(till.page, 1);
    await payByKeys();
    await till.kill();
    expect(soldFen()).toEqual([350]);
    await startAgain();
    await linesOnScreen(till.page, 0);
    expect((await till.view()).lastSales.map(({ totalFen }) => totalFen)).toEqual([350]);
  });

  it("is not in the browser's storage: with all of that gone after a power cut nothing is missing (odoo#125037, odoo#284790)", async () => {
    await ringUp(till, cola, water);
    await till.send("hold-sale", { label: "红衣服" });
    await ringUp(till, water);
    await linesOnScreen(till.page, 1);
    await till.kill();
    const profile = join(shop.dataDir, "chromium");
    expect(readdirSync(profile)).toContain("Local Storage");
    rmSync(profile, { recursive: true });
    await startAgain();
    expect(existsSync(profile)).toBe(true);
    await linesOnScreen(till.page, 1);
    expect(await totalOnScreen(till.page)).toBe(280);
    const view = await till.view();
    expect(view.held).toMatchObject([{ label: "红衣服", lineCount: 2, totalFen: 630 }]);
    expect(view.lastSales.map(({ totalFen }) => totalFen)).toEqual([350]);
    await payByKeys();
    expect(soldFen()).toEqual([350, 280]);
  });

  it("outlives the window: one that crashes with a basket on it comes back with the same basket", async () => {
    await till.page.keyboard.press("Space");
    await part(till.page, "done").waitFor({ state: "detached" });
    await ringUp(till, cola, water);
    await linesOnScreen(till.page, 2);
    const sold = soldFen();
    const before = await crashWindow();
    const shown = await until("the window is there again", async () => {
      const now = await windowShows();
      return now.lines === 2 ? now : null;
    });
    expect(shown.totalFen).toBe(630);
    expect(shown.pid).not.toBe(before);
    expect(soldFen()).toEqual(sold);
  });
});
