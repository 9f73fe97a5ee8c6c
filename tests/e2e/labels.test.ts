import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { leaveLabels, openLabels } from "#tests/support/label-screens.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { readBars } from "#tests/support/read-bars.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { scan } from "#tests/support/shop-day.ts";

const cola = "6920536012350";
const chips = "6910111010871";

describe.each(["zh-CN", "en"] as const)("The page of shelf labels in %s", (locale) => {
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  const skuOf = async (barcode: string): Promise<string> => {
    const found = await till.send("catalog-page", { text: barcode, categoryId: null, afterSku: null, limit: 1 });
    if (!found.ok || found.value[0] === undefined) throw new Error(`no item of ${barcode}`);
    return found.value[0].sku;
  };
  const dueCount = async (): Promise<number> => Number(await part(till.page, "labels-due").getAttribute("data-count"));

  it("has nothing to replace in a shop that has just opened, and the label of a price that a manager changes", async () => {
    const { page } = till;
    await openLabels(page);
    await part(page, "labels-none").waitFor();
    expect(await dueCount()).toBe(0);
    await leaveLabels(page);
    const item = await till.send("catalog-item", { sku: await skuOf(cola) });
    if (!item.ok) throw new Error(item.fault.kind);
    await till.send("save-item", {
      isNew: false,
      item: { ...item.value, codes: [...item.value.codes], priceFen: 1_234 },
    });
    await openLabels(page);
    await part(page, "label-row").waitFor();
    expect(await dueCount()).toBe(1);
    expect(await part(page, "paper").getByTestId("paper-barcode").count()).toBe(1);
  });

  it("prints the strip by keyboard alone, and the label leaves the list by a person's word", async () => {
    const { page } = till;
    await part(page, "labels-print").focus();
    await page.keyboard.press("Enter");
    await part(page, "labels-handed").waitFor();
    const lines = await until("the label is on paper", async () => {
      // The twins' own answer.
      const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
      const last = papers.at(-1);
      return last?.complete === true ? plainLines(last.elements, 48) : null;
    });
    expect(lines.join("\n")).toContain("￥12.34");
    expect(await dueCount()).toBe(1);
    await part(page, "labels-hang").focus();
    await page.keyboard.press("Enter");
    await part(page, "labels-none").waitFor();
    expect(await dueCount()).toBe(0);
  });

  it("collects what the scanner reads, and nothing of it comes into the cart", async () => {
    const { page } = till;
    await part(page, "labels-by-scan").click();
    await part(page, "labels-none").waitFor();
    const rows = part(page, "label-row");
    // Until the page has asked for scans for the first time they would be sales.
    await till.send("labels-scanned", {});
    await scan(shop, cola);
    await until("the first scan is listed", async () => (await rows.count()) === 1);
    await scan(shop, chips);
    await scan(shop, chips);
    await until("each scan is a label", async () => (await rows.first().getAttribute("data-copies")) === "2");
    expect(await rows.count()).toBe(2);
    expect((await till.view()).sale.lines).toEqual([]);
  });

  it("lays them on A4, three beside each other, and each code is read back off the sheet", async () => {
    const { page } = till;
    await part(page, "labels-sheet").click();
    await part(page, "sheet-preview").waitFor();
    const pdf = await till.app.evaluate(async ({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes("index.html"));
      const bytes = await window?.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
      return bytes?.toString("latin1") ?? "";
    });
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    // A4 in points, as the named page of the style sheet says.
    expect(pdf).toMatch(/MediaBox\s*\[\s*0 0 59[45](?:\.\d+)? 84[12]/);
    const read = await Promise.all(
      [0, 1, 2].map(async (at) =>
        readBars(await part(page, "sheet-preview").getByTestId("shelf-bars").nth(at).innerHTML()),
      ),
    );
    expect(read).toEqual([chips, chips, cola]);
    const tops = await part(page, "sheet-preview")
      .getByTestId("shelf-bars")
      .evaluateAll((bars) => bars.map((one) => Math.round(one.getBoundingClientRect().left)));
    expect(new Set(tops).size).toBe(3);
    await leaveLabels(page);
  });

  it("takes no more onto a strip than a minute's paper, and says what to do", async () => {
    const { page } = till;
    await openLabels(page);
    await part(page, "labels-by-text").click();
    await type(page, "a");
    await part(page, "label-row").first().waitFor();
    await part(page, "labels-all").click();
    await part(page, "labels-hint").waitFor();
    expect(await part(page, "labels-print").isDisabled()).toBe(true);
    await part(page, "labels-sheet").click();
    await part(page, "labels-hint").waitFor({ state: "detached" });
    expect(await part(page, "labels-print").isDisabled()).toBe(false);
    await leaveLabels(page);
  });
});
