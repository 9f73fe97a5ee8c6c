import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { Sale } from "#core/sale/sale.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { flowers, saveFlowers } from "#tests/support/flowers.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part, totalOnScreen, type } from "#tests/support/sale-screen.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

/* Goods whose price the cashier types, by keys alone, from the page of goods to the paper. */

const words = {
  "zh-CN": { name: "鲜花", mark: "开放价", limits: "¥5.00 到 ¥200.00 之间" },
  en: { name: "Flowers", mark: "Open price", limits: "From ¥5.00 to ¥200.00" },
} as const;

describe.each(["zh-CN", "en"] as const)("An open price in %s", (locale) => {
  const said = words[locale];
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    await beginSelling(till, "manager-1");
    await saveFlowers(till);
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  async function looksRight(name: string): Promise<void> {
    const seen = await lookAt(till.page);
    expect([seen.barriers, seen.isTooWide]).toEqual([[], false]);
    await pictureIfWanted(till.page, `open-price/${name}.${locale}`);
  }

  it("is asked for at the scan, refused outside its limits, and stands on the line, the paper and in the journal", async () => {
    const { page } = till;
    await part(page, "empty-cart").waitFor();
    await scan(shop, flowers);
    await part(page, "ask-price").waitFor();
    expect(await part(page, "ask-price-limits").textContent()).toContain(said.limits);
    await type(page, "3");
    await page.keyboard.press("Enter");
    await part(page, "trouble").waitFor();
    await looksRight("outside");
    expect((await till.view()).sale.lines).toEqual([]);
    await type(page, ["Backspace", ..."45.5"]);
    await page.keyboard.press("Enter");
    await part(page, "ask-price").waitFor({ state: "detached" });
    await linesOnScreen(page, 1);
    expect([await totalOnScreen(page), await part(page, "line-typed-price").textContent()]).toEqual([
      4_550,
      expect.stringContaining(said.mark),
    ]);
    await looksRight("line");
    await page.keyboard.press("Space");
    await part(page, "payment").waitFor();
    await till.send("pay-cash", { receivedFen: 5_000 });
    const paper = await until("the receipt is out", async () => {
      const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
      const whole = papers.filter(({ complete }) => complete).at(-1);
      const text = plainLines(whole?.elements ?? [], 48).join("\n");
      return text.includes("45.50") ? text : null;
    });
    expect(paper).toMatch(new RegExp(`${said.name}[\\s\\S]*1 × 45\\.50 +45\\.50\\s+${said.mark}`, "u"));
    const sale = journalBodies(shop.dataDir, "sale-completed").at(-1) as Sale; // as the till writes it
    expect(sale.lines[0]).toMatchObject({ sku: "FL-01", unitPriceFen: 4_550, isTypedPrice: true });
    await till.send("next-sale", {});
  });

  it("left by Esc rings nothing up, and a tile asks too", async () => {
    const { page } = till;
    await part(page, "empty-cart").waitFor();
    await scan(shop, flowers);
    await part(page, "ask-price").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "ask-price").waitFor({ state: "detached" });
    expect((await till.view()).sale.lines).toEqual([]);
    await page.keyboard.press("F2");
    await type(page, "FL-01");
    await part(page, "search-result").first().waitFor();
    expect(await part(page, "search-result").first().textContent()).toContain(said.mark);
    await page.keyboard.press("Enter");
    await part(page, "ask-price").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "ask-price").waitFor({ state: "detached" });
  });
});
