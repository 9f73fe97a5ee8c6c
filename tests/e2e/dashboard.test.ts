import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { parse } from "csv-parse/sync";
import readExcel from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { inYuan, plainYuan, reportByJournal } from "#tests/support/report-by-journal.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const [cola, apples, pack, other] = ["6920536011247", "2110001011818", "6910111010871", "6920536012725"] as const;

describe.each(["zh-CN", "en"] as const)("The manager's reports in %s", (locale: Locale) => {
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
    await sellAndGiveBack();
    await part(till.page, "empty-cart").waitFor();
    await till.page.keyboard.press("F12");
    await part(till.page, "more-manager").click();
    await part(till.page, "manager-reports").click();
    await part(till.page, "report-net").waitFor();
    const { net } = reportByJournal(shop.dataDir);
    await until("the last sale is in", async () => (await figure("net")) === `¥${inYuan(net)}`);
  });

  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  const pin = (): string => till.pins.get("manager-1") ?? "";
  const figure = (name: string): Promise<string | null> => part(till.page, `report-${name}`).textContent();

  async function pay(): Promise<string> {
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: 20_000 })).toEqual({ ok: true, value: null });
    const saleId = (await till.view()).payment?.done?.saleId ?? "";
    await till.send("next-sale", {});
    return saleId;
  }

  async function sellAndGiveBack(): Promise<void> {
    await ringUp(till, cola, cola, apples);
    const first = await pay();
    await ringUp(till, pack, other, cola);
    const [line, thrown] = (await till.view()).sale.lines;
    const discount = { kind: "percent", basisPoints: 1_000 } as const;
    expect((await till.send("discount-line", { lineId: line?.lineId ?? "", discount })).ok).toBe(true);
    expect((await till.send("void-line", { lineId: thrown?.lineId ?? "" })).ok).toBe(true);
    await till.send("set-rounding", { rounding: "jiao" });
    await pay();
    await till.send("add-open-price", { name: locale === "en" ? "Odd" : "杂", priceFen: 1_230, barcode: null });
    await till.send("take-payment", {});
    await till.send("pay-static-code", { amountFen: 230, approvalPin: pin() });
    expect((await till.send("pay-cash", { receivedFen: 1_000 })).ok).toBe(true);
    await till.send("next-sale", {});
    await ringUp(till, cola);
    await till.send("void-sale", { approvalPin: pin() });
    const detail = await till.send("sale-detail", { saleId: first });
    if (!detail.ok) throw new Error(JSON.stringify(detail.fault));
    const [tender] = detail.value.sale.tenders;
    const given = await till.send("refund-sale", {
      ...{ requestId: "refund-1", saleId: first, tenderId: tender?.tenderId ?? "", amountFen: 333 },
      ...{ reason: "", approvalPin: pin() },
    });
    expect(given).toMatchObject({ ok: true });
  }

  /** Rows of a breakdown on the screen: key → what it sold for. */
  async function rowsOf(card: string, row = "report-row"): Promise<Record<string, string>> {
    const found = await part(till.page, `report-${card}`)
      .getByTestId(row)
      .evaluateAll((rows) =>
        rows.map((one) => [one.getAttribute("data-key"), one.querySelector(".reports-amount")?.textContent]),
      );
    return Object.fromEntries(found);
  }

  const shown = (sums: ReadonlyMap<string, number>): Record<string, string> =>
    Object.fromEntries([...sums].map(([key, fen]) => [key, inYuan(fen)]));

  async function saveAs(name: string, press: () => Promise<void>): Promise<Buffer> {
    const target = join(shop.dataDir, name);
    // The system's own dialog cannot be driven: its answer stands in for it, in main.
    await till.app.evaluate(({ dialog }, filePath) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
    }, target);
    await press();
    await until(`${name} is saved`, () => statSync(target, { throwIfNoEntry: false }));
    return readFileSync(target);
  }

  it("shows every number as the journal adds it up, to the fen", async () => {
    const truth = reportByJournal(shop.dataDir);
    expect(truth).toMatchObject({ saleCount: 3, refundCount: 1, voidCount: 2 });
    expect(await figure("net")).toBe(`¥${inYuan(truth.net)}`);
    expect(await figure("sale-count")).toBe("3");
    expect(await figure("gross")).toBe(`¥${inYuan(truth.gross)}`);
    expect(await figure("discounts")).toBe(`−¥${inYuan(truth.discount)}`);
    expect(await figure("refunds")).toBe(`−¥${inYuan(truth.refunded)}`);
    expect(await figure("kept")).toBe(`¥${inYuan(truth.net - truth.refunded)}`);
    expect(await rowsOf("tenders")).toEqual({
      ...{ cash: inYuan(truth.cash), "static-code": inYuan(truth.net - truth.cash - truth.wechat) },
    });
    await until("the items are there", async () => Object.keys(await rowsOf("items", "report-item")).length > 0);
    expect(await rowsOf("items", "report-item")).toEqual(shown(truth.items));
    expect(await rowsOf("categories")).toEqual(shown(truth.categories));
    expect(await rowsOf("taxes")).toEqual(shown(truth.taxes));
    expect(await rowsOf("cashiers")).toEqual(shown(truth.cashiers));
  });

  it("leads from a number to its sales and on to the receipt as paper, by the keyboard alone", async () => {
    const { numbers } = reportByJournal(shop.dataDir);
    const { page } = till;
    await part(page, "report-net").locator("xpath=ancestor::button").focus();
    await page.keyboard.press("Enter");
    await part(page, "behind-row").first().waitFor();
    const listed = await part(page, "behind-row").evaluateAll((rows) =>
      rows.map((row) => row.getAttribute("data-sale-number")),
    );
    expect(listed).toEqual(numbers.toReversed());
    await part(page, "behind-row").first().focus();
    await page.keyboard.press("Enter");
    await part(page, "paper").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "paper").waitFor({ state: "detached" });
    await part(page, "behind-row").first().waitFor();
    await page.keyboard.press("Escape");
    await part(page, "report-behind").waitFor({ state: "detached" });
  });

  it("lists the money given back and what was thrown away", async () => {
    const { page } = till;
    await part(page, "report-refunds").click();
    await part(page, "behind-row").first().waitFor();
    expect(await part(page, "behind-row").count()).toBe(1);
    expect(await part(page, "behind-row").first().textContent()).toContain("−3.33");
    await page.keyboard.press("Escape");
    await part(page, "report-behind").waitFor({ state: "detached" });
    await part(page, "report-voids").click();
    await until("both voids are listed", async () => (await part(page, "behind-row").count()) === 2);
    await page.keyboard.press("Escape");
    await part(page, "report-behind").waitFor({ state: "detached" });
  });

  it("saves a CSV with the same sums, which opens as text and money", async () => {
    const truth = reportByJournal(shop.dataDir);
    const bytes = await saveAs("report.csv", () => part(till.page, "export-csv").click());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows: string[][] = parse(bytes, { bom: true, relax_column_count: true });
    const cells = rows.map((row) => row.slice(0, 2).join(" "));
    const words = locale === "en" ? ["Sales", "Refunds", "Number of sales"] : ["销售额", "退款额", "单数"];
    expect(cells).toContain(`${words[0]} ${plainYuan(truth.net)}`);
    expect(cells).toContain(`${words[1]} ${plainYuan(truth.refunded)}`);
    expect(cells).toContain(`${words[2]} 3`);
    // The last row of them is what went back without goods: nothing was sold there.
    const items = rows.filter((row) => row.length === 10 && row[7] !== "");
    const bySku = Object.fromEntries(items.map((row) => [row[1], row[7]]));
    for (const [sku, fen] of truth.items) expect(bySku[sku]).toBe(plainYuan(fen));
  });

  it("saves an XLSX whose sheets hold the same sums as numbers", async () => {
    const truth = reportByJournal(shop.dataDir);
    const bytes = await saveAs("report.xlsx", () => part(till.page, "export-xlsx").click());
    const sheets = await readExcel(bytes);
    expect(sheets.length).toBe(8);
    const summary = new Map((sheets[0]?.data ?? []).map(([name, value]) => [name, value]));
    expect(summary.get(locale === "en" ? "Sales" : "销售额")).toBe(Number(plainYuan(truth.net)));
    const items = (
      sheets.find(({ sheet }) => sheet === (locale === "en" ? "Top items" : "热销商品"))?.data ?? []
    ).filter((row) => typeof row[7] === "number");
    expect(Object.fromEntries(items.map((row) => [row[1] ?? "", row[7]]))).toEqual(
      Object.fromEntries([...truth.items].map(([sku, fen]) => [sku, Number(plainYuan(fen))])),
    );
  });

  it("saves the sales behind a number, one row each", async () => {
    const { numbers } = reportByJournal(shop.dataDir);
    await part(till.page, "report-net").click();
    await part(till.page, "behind-row").first().waitFor();
    const bytes = await saveAs("sales.csv", () => part(till.page, "behind-csv").click());
    const rows: string[][] = parse(bytes, { bom: true });
    expect(rows.slice(1).map((row) => row[2])).toEqual(numbers.toReversed());
    await part(till.page, "report-net").click();
    await part(till.page, "behind-row").first().waitFor();
    const [sheet] = await readExcel(await saveAs("sales.xlsx", () => part(till.page, "behind-xlsx").click()));
    expect(sheet?.data.slice(1).map((row) => row[2])).toEqual(numbers.toReversed());
  });

  it("prints a summary with the same sums on the receipt printer", async () => {
    const truth = reportByJournal(shop.dataDir);
    await part(till.page, "print-report").click();
    const title = locale === "en" ? "SUMMARY" : "经营汇总";
    const lines = await until("the summary is on paper", async () => {
      // The twins' own answer.
      const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
      const paper = papers.find((one) => plainLines(one.elements, 48).some((line) => line.trim() === title));
      return paper?.complete === true ? plainLines(paper.elements, 48) : null;
    });
    const ends = lines.map((line) => line.trim().replaceAll(/\s+/g, " "));
    const words = locale === "en" ? ["Sales", "Less refunds", "Cash ×3"] : ["销售额", "扣除退款", "现金 ×3"];
    expect(ends).toContain(`${words[0]} ${inYuan(truth.net)}`);
    expect(ends).toContain(`${words[1]} ${inYuan(truth.net - truth.refunded)}`);
    expect(ends).toContain(`${words[2]} ${inYuan(truth.cash)}`);
  });

  it("goes onto A4 with every table in full", async () => {
    const pdf = await till.app.evaluate(async ({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes("index.html"));
      const bytes = await window?.webContents.printToPDF({ pageSize: "A4", printBackground: true });
      return bytes?.length ?? 0;
    });
    expect(pdf).toBeGreaterThan(10_000);
  });

  it("puts nothing serious in anybody's way, and says of an empty range what to do", async () => {
    const { page } = till;
    expect(await lookAt(page, "reports")).toMatchObject({ barriers: [], isTooWide: false });
    await part(page, "range-yesterday").click();
    await part(page, "report-none").waitFor();
    expect(await figure("net")).toBe("¥0.00");
    await part(page, "range-month").click();
    await part(page, "report-dates").waitFor();
    const { net } = reportByJournal(shop.dataDir);
    await until("the month holds today", async () => (await figure("net")) === `¥${inYuan(net)}`);
    expect(await lookAt(page, "reports of a month")).toMatchObject({ barriers: [], isTooWide: false });
    await part(page, "range-today").click();
  });

  it("is of use at twice the size of text: nothing sticks out to the side", async () => {
    const zoom = (factor: number): Promise<void> =>
      till.app.evaluate(({ BrowserWindow }, by) => {
        for (const one of BrowserWindow.getAllWindows())
          if (one.webContents.getURL().includes("index.html")) one.webContents.setZoomFactor(by);
      }, factor);
    await zoom(2);
    await until("the page is drawn at twice its size", () => till.page.evaluate(() => window.devicePixelRatio >= 2));
    expect((await lookAt(till.page, "reports at 200 %")).isTooWide).toBe(false);
    await zoom(1);
  });

  it("tells the manager when a kept sum is wrong, and makes it right by the journal", async () => {
    await till.close();
    const db = new Database(join(shop.dataDir, "sales.db"));
    db.exec("DELETE FROM recounts");
    const { changes } = db
      .prepare("UPDATE report_totals SET net_fen = net_fen + 1 WHERE dimension = 'hour' AND sale_count > 0")
      .run();
    db.close();
    expect(changes).toBeGreaterThan(0);
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    const { page } = till;
    await beginSelling(till, "manager-1");
    await part(page, "empty-cart").waitFor();
    await page.keyboard.press("F12");
    await part(page, "more-manager").click();
    await part(page, "decision-totals").waitFor({ timeout: 70_000 });
    await part(page, "decision-totals-open").click();
    await part(page, "repair-totals").click();
    await part(page, "totals-alarm").waitFor({ state: "detached" });
    const { net } = reportByJournal(shop.dataDir);
    await until("the number is right again", async () => (await figure("net")) === `¥${inYuan(net)}`);
    const told = new Database(join(shop.dataDir, "sales.db"), { readonly: true });
    const kinds = told.prepare("SELECT kind FROM journal WHERE kind LIKE 'totals-%' ORDER BY position").pluck().all();
    told.close();
    expect(kinds).toEqual(["totals-disagreed", "totals-repaired"]);
  }, 180_000);
});
