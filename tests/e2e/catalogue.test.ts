import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goodsScreens, listWithFaults, openGoods } from "#tests/support/goods-screens.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt, type ScreenLook } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part, type } from "#tests/support/sale-screen.ts";
import { willChoose } from "#tests/support/set-up-wechat.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const cola = "6920536012350";
/** A whole walk with axe is a second or two a picture, several times that on a busy machine. Milliseconds. */
const walkMs = 240_000;
/** Reading, comparing and writing thousands of rows beside other suites. Milliseconds. */
const importMs = 120_000;

describe.each(["zh-CN", "en"] as const)("The page of goods in %s", (locale) => {
  let shop: Shop;
  let till: TillUnderTest;
  let folder: string;

  beforeAll(async () => {
    shop = await openShop({ locale });
    folder = join(shop.dataDir, "..");
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  async function itemCount(): Promise<number> {
    const desk = await till.send("catalog-desk", {});
    if (!desk.ok) throw new Error(desk.fault.kind);
    return desk.value.itemCount;
  }

  async function leave(): Promise<void> {
    // What was closed a moment ago hears no key any more, and what comes after it none yet.
    await part(till.page, "goods-row").first().waitFor();
    for (const name of ["goods", "manager"]) {
      await part(till.page, name).waitFor();
      await till.page.keyboard.press("Escape");
      await part(till.page, name).waitFor({ state: "detached" });
    }
  }

  async function choose(name: string, text: string): Promise<void> {
    const path = join(folder, name);
    writeFileSync(path, text);
    await willChoose(till, path);
    await part(till.page, "import-choose").click();
  }

  async function count(name: string): Promise<number> {
    return Number(await part(till.page, `import-${name}`).getAttribute("data-count"));
  }

  it(
    "is readable for whoever sees badly, fits its window, and shows each picture",
    async () => {
      const looks: (ScreenLook & { readonly name: string })[] = [];
      for await (const { name, page } of goodsScreens(till, shop.dataDir)) {
        await page.emulateMedia({ reducedMotion: "reduce" });
        looks.push({ name, ...(await lookAt(page, name)) });
      }
      expect(looks.flatMap(({ name, barriers }) => barriers.map((barrier) => `${name}: ${barrier}`))).toEqual([]);
      expect(looks.filter(({ isTooWide }) => isTooWide)).toEqual([]);
      expect(looks.length).toBeGreaterThanOrEqual(9);
    },
    walkMs,
  );

  it("changes a price by keyboard alone; the next scan costs it, and the journal knows both prices", async () => {
    const { page } = till;
    await openGoods(till);
    await type(page, cola);
    await until("one item is found", async () => (await part(page, "goods-row").count()) === 1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await part(page, "item-nameZh").waitFor();
    const sku = await part(page, "item-sku").inputValue();
    const before = Number((await part(page, "item-price").inputValue()).replace(".", ""));
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Control+A");
    await type(page, "4.21");
    await page.keyboard.press("Enter");
    await part(page, "item-saved").waitFor();
    const [body] = journalBodies(shop.dataDir, "item-changed");
    expect(body).toMatchObject({ sku, cashierId: "manager-1", before: { priceFen: before }, after: { priceFen: 421 } });
    await page.keyboard.press("Escape");
    await leave();
    await ringUp(till, cola);
    await linesOnScreen(page, 1);
    expect(await part(page, "total").getAttribute("data-fen")).toBe("421");
    await till.send("void-sale", {});
  });

  it("makes an item of an unknown scan, with its barcode filled in, and sells it at once", async () => {
    const { page } = till;
    const code = "6999999999997";
    await till.send("scan", { text: code, by: "typed" });
    await part(page, "notice-create-item").click();
    await part(page, "item-barcode").waitFor();
    expect(await part(page, "item-barcode").inputValue()).toBe(code);
    await part(page, "item-nameZh").fill("新到的糖");
    await part(page, "item-nameEn").fill("New sweets");
    await part(page, "item-price").fill("2.50");
    await page.keyboard.press("Enter");
    await part(page, "item-saved").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await part(page, "goods").waitFor({ state: "detached" });
    await ringUp(till, code);
    await linesOnScreen(page, 1);
    expect(await part(page, "total").getAttribute("data-fen")).toBe("250");
    await till.send("void-sale", {});
  });

  it(
    "checks a list without changing anything, names its wrong rows, keeps them in a file, and takes in the right ones",
    async () => {
      const { page } = till;
      const countBefore = await itemCount();
      await openGoods(till);
      await part(page, "goods-import").click();
      await choose("again.csv", listWithFaults.replaceAll("A-10", "B-10").replace("6901234567892", "6901234567908"));
      await part(page, "import-fault").first().waitFor();
      expect([await count("added"), await count("changed")]).toEqual([3, 0]);
      const kinds = await part(page, "import-fault").evaluateAll((rows) =>
        rows.map((row) => `${row.getAttribute("data-row")} ${row.getAttribute("data-kind")}`),
      );
      expect(kinds).toEqual(
        expect.arrayContaining(["4 unknown-unit", "5 missing", "6 not-a-price", "8 formula", "9 unclosed-quote"]),
      );
      expect(await itemCount()).toBe(countBefore);
      const report = join(folder, `report-${locale}.csv`);
      await till.app.evaluate(({ dialog }, filePath) => {
        Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
      }, report);
      await part(page, "import-report").click();
      await until("the report is there", () => existsSync(report));
      expect(readFileSync(report, "utf8")).toContain(locale === "en" ? "A quote is not closed" : "引号不成对");
      await part(page, "import-apply").click();
      await part(page, "import-applied").waitFor();
      expect(await itemCount()).toBe(countBefore + 3);
      await part(page, "import-done").click();
      await leave();
      expect(journalBodies(shop.dataDir, "catalog-imported").at(-1)).toMatchObject({ added: 3, mode: "good" });
    },
    importMs,
  );

  it(
    "sells while a long list is read, and changes not one row when it is cancelled",
    async () => {
      const { page } = till;
      const countBefore = await itemCount();
      const rows = Array.from({ length: 40_000 }, (_, at) => `L-${at},长单商品${at},${at % 100}.50`);
      await openGoods(till);
      await part(page, "goods-import").click();
      await choose("long.csv", `货号,名称,售价\n${rows.join("\n")}\n`);
      await part(page, "import-apply").waitFor({ timeout: importMs });
      expect(await count("added")).toBe(40_000);
      await part(page, "import-apply").click();
      await until(
        "it is written",
        async () => {
          const standing = await till.send("import-standing", {});
          return standing.ok && standing.value.kind === "applying" && standing.value.share > 0.5;
        },
        importMs,
      );
      await ringUp(till, cola);
      const refused = await till.send("remove-item", { sku: "A-1001" });
      expect(refused).toEqual({ ok: false, fault: { kind: "catalog-busy" } });
      await part(page, "import-cancel").click();
      await page.locator("[data-testid=import][data-standing=failed]").waitFor({ timeout: importMs });
      expect(await itemCount()).toBe(countBefore);
      await page.keyboard.press("Escape");
      await leave();
      await linesOnScreen(page, 1);
      await till.send("void-sale", {});
    },
    3 * importMs,
  );

  it(
    "writes all goods in a list that says nothing new when it is taken in again",
    async () => {
      const { page } = till;
      const target = join(folder, `goods-${locale}.csv`);
      await till.app.evaluate(({ dialog }, filePath) => {
        Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
      }, target);
      await openGoods(till);
      await part(page, "goods-export").click();
      await part(page, "export-csv").click();
      const all = await itemCount();
      await page.locator(`[data-testid=export-state][data-rows="${all}"]`).waitFor({ timeout: importMs });
      await page.keyboard.press("Escape");
      await part(page, "goods-import").click();
      await willChoose(till, target);
      await part(page, "import-choose").click();
      await part(page, "import-unchanged").waitFor({ timeout: importMs });
      expect([await count("unchanged"), await count("added"), await count("changed"), await count("wrong")]).toEqual([
        ...[all, 0, 0, 0],
      ]);
      await page.keyboard.press("Escape");
      await leave();
    },
    2 * importMs,
  );
});
