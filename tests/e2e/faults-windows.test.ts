import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moneyByPayment, readBooks } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { processOf, windowAgain, windowNow } from "#tests/support/window-by-main.ts";

const [cola, water] = ["6920536012350", "6920536011247"] as const;
const lines = (count: number) => `document.querySelectorAll("[data-testid=cart-line]").length === ${count}`;
const word = (said: string) => `document.querySelector("[data-testid=money-word]")?.dataset.word === "${said}"`;

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

const log = (): string => readFileSync(join(shop.dataDir, "logs", "till.log"), "utf8");
const soldFen = (): readonly number[] => readBooks(shop.dataDir).sales.map(({ totalFen }) => totalFen);
/** What main says, whatever became of the page that Playwright knew. */
const tell = (script: string) => windowNow(till, "index.html", script);
const send = (intent: string, args: object) => tell(`tillway.send(${JSON.stringify(intent)}, ${JSON.stringify(args)})`);
const pidOf = async (page: string): Promise<number> => (await windowNow(till, page))?.pid ?? 0;

/** Screens as Electron would tell of them after a plug; Xvfb has one however it is started. */
async function plug(change: "display-added" | "display-removed"): Promise<void> {
  await till.app.evaluate(({ screen }, happened) => {
    const main = screen.getPrimaryDisplay();
    const bounds = { x: main.bounds.x, y: main.bounds.y, width: 1_024, height: 600 };
    const second = { ...main, id: 4_711, bounds, workArea: bounds };
    screen.getAllDisplays = () => (happened === "display-added" ? [main, second] : [main]);
    screen.emit(happened, {}, second);
  }, change);
}

describe("The cashier's window", () => {
  it("that stands still is loaded again within seconds, and what was scanned meanwhile is in the cart", async () => {
    await ringUp(till, cola);
    const before = await pidOf("index.html");
    await till.app.evaluate(({ BrowserWindow }) => {
      const open = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes("index.html"));
      // It never settles: the loop is its own.
      void open?.webContents.executeJavaScript("for (;;);");
    });
    const hungAtMs = performance.now();
    await shop.control("POST", "/scanner/scan", { text: water });
    await windowAgain(till, "index.html", before, lines(2));
    // Chromium alone would notice half a minute after somebody has pressed a key.
    expect(performance.now() - hungAtMs).toBeLessThan(30_000);
    expect(log()).toContain("page hangs");
  });

  it("whose process dies while a customer pays comes back with the payment, which is booked once", async () => {
    await send("take-payment", {});
    await send("show-qr", { amountFen: null });
    const codeUrl = await until("the QR is there", async () => {
      const view = (await tell(`tillway.send("look", {}).then((now) => now.value.payment?.attempt?.codeUrl ?? null)`))
        ?.answer;
      return typeof view === "string" && view;
    });
    await shop.control("POST", "/wallet/scan-qr", { codeUrl });
    const before = await pidOf("index.html");
    process.kill(before, "SIGKILL");
    await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
    await windowAgain(till, "index.html", before, word("paid"));
    expect(soldFen()).toEqual([630]);
    const { charged, booked } = await moneyByPayment(shop);
    expect(booked).toEqual(charged);
    await send("next-sale", {});
  });

  it("comes back however often its process dies, at a pace, and sells", async () => {
    for (let death = 0; death < 4; death += 1) {
      const before = await until("the window is there", () => pidOf("index.html"));
      process.kill(before, "SIGKILL");
      await windowAgain(till, "index.html", before, "'tillway' in globalThis && document.body.innerText.length > 0");
    }
    await shop.control("POST", "/scanner/scan", { text: cola });
    await until("the scan is in the cart", async () => (await tell(lines(1)))?.answer === true);
    await send("take-payment", {});
    await send("pay-cash", { receivedFen: 350 });
    expect(soldFen()).toEqual([630, 350]);
    await send("next-sale", {});
  });

  it("goes on through the death of Chromium's process for drawing, which is logged", async () => {
    const before = await pidOf("index.html");
    const gpu = await until("the process for drawing", () => processOf(till, "GPU"));
    process.kill(gpu, "SIGKILL");
    await until("another one draws", async () => {
      const now = await processOf(till, "GPU");
      return now !== null && now !== gpu;
    });
    await shop.control("POST", "/scanner/scan", { text: cola });
    await until("the scan is in the cart", async () => (await tell(lines(1)))?.answer === true);
    expect(await pidOf("index.html")).toBe(before);
    expect(log()).toContain('"type":"GPU"');
  });
});

describe("The customer's screen", () => {
  it("that is plugged in while the till is open gets its window, in full", async () => {
    expect(await windowNow(till, "display.html")).toBe(null);
    await plug("display-added");
    const shown = await until("the customer's window", async () => {
      const now = await windowNow(till, "display.html", "document.body.innerText.includes('3.50')");
      return now !== null && now.isVisible && now.answer === true && now;
    });
    expect(shown.pid).not.toBe(0);
  });

  it("whose page dies shows the sale again", async () => {
    const before = await pidOf("display.html");
    process.kill(before, "SIGKILL");
    await windowAgain(till, "display.html", before, "document.body.innerText.includes('3.50')");
  });

  it("that is unplugged leaves no window over the till's, and has its own back once it is plugged in", async () => {
    await plug("display-removed");
    await until("the customer's window is hidden", async () => {
      const now = await windowNow(till, "display.html");
      return now !== null && !now.isVisible && !now.isFullScreen;
    });
    expect(await windowNow(till, "index.html")).toMatchObject({ isVisible: true });
    await shop.control("POST", "/scanner/scan", { text: water });
    await until("the till sells on", async () => (await tell(lines(2)))?.answer === true);
    await plug("display-added");
    await until("the customer's window shows what was sold meanwhile", async () => {
      const now = await windowNow(till, "display.html", "document.body.innerText.includes('6.30')");
      return now !== null && now.isVisible && now.answer === true;
    });
    await send("take-payment", {});
    await send("pay-cash", { receivedFen: 630 });
    expect(soldFen()).toEqual([630, 350, 630]);
    await send("next-sale", {});
  });
});
