import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { openStock } from "#tests/support/stock-screens.ts";

/* Stock as a shop keeps it: a delivery, a count while the till sells, what is low and what is not there. */

// Coca-Cola 500 ml, ¥3.50.
const cola = "6920536012350";

describe.each(["zh-CN", "en"] as const)("Stock in %s", (locale) => {
  let shop: Shop;
  let till: TillUnderTest;
  let sku: string;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
    const found = await till.send("search-items", { text: cola, limit: 1 });
    sku = found.ok ? (found.value.items[0]?.sku ?? "") : "";
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  async function level(): Promise<number | null> {
    const item = await till.send("stock-item", { sku });
    return item.ok ? item.value.levelMilli : null;
  }

  async function sellOne(): Promise<void> {
    await ringUp(till, cola);
    await till.send("take-payment", {});
    await till.send("pay-cash", { receivedFen: 1_000 });
    await till.send("next-sale", {});
  }

  async function leave(): Promise<void> {
    await till.page.keyboard.press("Escape");
    await part(till.page, "stock").waitFor({ state: "detached" });
  }

  async function typeManagersPin(): Promise<void> {
    await part(till.page, "approval").waitFor();
    await type(till.page, till.pins.get("manager-1") ?? "");
    await till.page.keyboard.press("Enter");
    await part(till.page, "approval").waitFor({ state: "detached" });
  }

  it("takes a delivery in by the scanner, keeps it over a power cut, and books it in one entry with a slip", async () => {
    const before = (await level()) ?? 0;
    await openStock(till);
    await part(till.page, "stock-tab-receiving").click();
    await part(till.page, "receipt-new").click();
    await part(till.page, "stock-heard").waitFor();
    await scan(shop, cola);
    await part(till.page, "receipt-line").waitFor();
    await scan(shop, cola);
    await until("two are on the line", async () => (await part(till.page, "line-quantity").inputValue()) === "2");
    await scan(shop, "6999999999997");
    await till.page.locator("[data-testid=stock-heard][data-kind=unknown]").waitFor();
    expect((await till.view()).sale.lines).toEqual([]);
    const pins = till.pins;
    await till.kill();
    till = await openTill({ dataDir: shop.dataDir, pins });
    await beginSelling(till, "manager-1");
    await openStock(till);
    await part(till.page, "stock-tab-receiving").click();
    await till.page.locator("[data-testid=receipt-row][data-state=draft]").first().click();
    await part(till.page, "receipt-line").waitFor();
    await part(till.page, "receipt-book").click();
    await till.page.locator("[data-testid=receipt][data-state=booked]").waitFor();
    expect(await level()).toBe(before + 2_000);
    expect(journalBodies(shop.dataDir, "goods-received").at(-1)).toMatchObject({
      lines: [{ sku, quantityMilli: 2_000 }],
      cashierId: "manager-1",
    });
    await until("the slip is out", async () => {
      const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
      return papers.some(({ elements }) =>
        plainLines(elements, 48)
          .join("\n")
          .includes(locale === "en" ? "Goods received" : "收货单"),
      );
    });
    await leave();
  });

  it("counts while the till sells, and books the difference to the moment of the count", async () => {
    const before = (await level()) ?? 0;
    await openStock(till);
    await part(till.page, "stock-tab-takes").click();
    await part(till.page, "take-new").click();
    await part(till.page, "stock-heard").waitFor();
    for (let piece = 1; piece <= 3; piece += 1) {
      await scan(shop, cola);
      await till.page.locator(`[data-testid=count][data-counted="${piece * 1_000}"]`).waitFor();
    }
    await leave();
    await sellOne();
    await openStock(till);
    await part(till.page, "stock-tab-takes").click();
    await till.page.locator("[data-testid=take-row][data-state=open]").first().click();
    await part(till.page, "take-differences").click();
    await till.page.locator(`[data-testid=difference][data-difference="${3_000 - before}"]`).waitFor();
    await part(till.page, "take-book").click();
    await till.page.locator("[data-testid=take][data-state=booked]").waitFor();
    expect(await level()).toBe(2_000);
    await leave();
  });

  it("leads from a level to the sale behind it with its paper, and writes what is low to a file", async () => {
    const { page } = till;
    await openStock(till);
    await part(page, "stock-search").fill(cola);
    await until("one item is found", async () => (await part(page, "stock-row").count()) === 1);
    await part(page, "stock-row").click();
    await part(page, "stock-reorder").fill("5");
    await page.keyboard.press("Enter");
    await until("it is low", async () => /\d/.test((await part(page, "stock-low").textContent()) ?? ""));
    await page.locator("[data-testid=stock-move][data-kind=sale]").first().click();
    await part(page, "paper").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "paper").waitFor({ state: "detached" });
    const target = join(shop.dataDir, "..", `low-${locale}.csv`);
    await till.app.evaluate(({ dialog }, filePath) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
    }, target);
    await part(page, "stock-low").click();
    await part(page, "low-export").click();
    await page.locator("[data-testid=low-written][data-rows='1']").waitFor();
    expect(existsSync(target)).toBe(true);
    expect(readFileSync(target, "utf8")).toMatch(new RegExp(`${sku},.*,piece,2,5,3\r\n`, "u"));
    await leave();
  });

  it("stops what the books have not where the shop wants to be asked, and a manager's PIN sells it", async () => {
    const { page } = till;
    await openStock(till);
    await part(page, "policy-refuse").click();
    await typeManagersPin();
    await page.locator("[data-testid=stock-policy][data-policy=refuse]").waitFor();
    await leave();
    await till.send("sign-out", {});
    await beginSelling(till, "cashier-1");
    await part(page, "empty-cart").waitFor();
    await scan(shop, cola);
    await scan(shop, cola);
    await scan(shop, cola);
    await part(page, "notice-sell-short").waitFor();
    expect((await till.view()).sale.lines).toMatchObject([{ quantity: 2_000 }]);
    await part(page, "notice-sell-short").click();
    await typeManagersPin();
    await until("it is in the sale", async () => (await till.view()).sale.lines[0]?.quantity === 3_000);
    expect(journalBodies(shop.dataDir, "short-stock-sold")).toMatchObject([
      { sku, levelMilli: 2_000, wantedMilli: 3_000, cashierId: "cashier-1", approvedBy: "manager-1" },
    ]);
  });
});
