import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { openLooseReturn } from "#tests/support/open-loose-return.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

/* Goods of which nobody knows the sale, taken back for cash or for other goods: by keys and a scanner, to the paper. */

// Coca-Cola 500 ml at ¥3.50, and 1.25 l at ¥7.00.
const [cola, dearer] = ["6920536012350", "6920536014200"] as const;
const words = { "zh-CN": "退货凭证（无小票）", en: "RETURN WITHOUT RECEIPT" } as const;
const exchanged = { "zh-CN": "换货退回", en: "Returned in exchange" } as const;

describe.each(["zh-CN", "en"] as const)("A return without a receipt in %s", (locale) => {
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    await beginSelling(till);
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  /** The last whole paper, once it has these words. */
  const paperWith = (said: string): Promise<string> =>
    until("the paper is out", async () => {
      const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
      const whole = papers.filter(({ complete }) => complete).at(-1);
      const text = plainLines(whole?.elements ?? [], 48).join("\n");
      return text.includes(said) ? text : null;
    });

  async function looksRight(name: string): Promise<void> {
    const seen = await lookAt(till.page);
    expect([seen.barriers, seen.isTooWide]).toEqual([[], false]);
    await pictureIfWanted(till.page, `loose-returns/${name}.${locale}`);
  }

  it("is scanned, priced down, given by a manager's word from the drawer, and says on paper that there was none", async () => {
    const { page } = till;
    await part(page, "empty-cart").waitFor();
    await openLooseReturn(page);
    expect(await part(page, "loose-confirm").isDisabled()).toBe(true);
    for (const turn of [1, 2]) {
      await scan(shop, cola);
      await until(`${turn} on the screen`, async () => {
        const field = part(page, "loose-quantity");
        return (await field.count()) === 1 && (await field.inputValue()) === String(turn);
      });
    }
    expect((await till.view()).sale.lines).toEqual([]);
    await part(page, "loose-price").focus();
    await page.keyboard.press("ControlOrMeta+A");
    await type(page, "9");
    await page.keyboard.press("Enter");
    await part(page, "trouble").waitFor();
    await looksRight("wrong");
    await page.keyboard.press("ControlOrMeta+A");
    await type(page, "3");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await until("damaged", async () => (await part(page, "loose-damaged").getAttribute("aria-pressed")) === "true");
    await looksRight("chosen");
    await part(page, "loose-search").focus();
    await page.keyboard.press("Enter");
    await part(page, "approval").waitFor();
    await type(page, till.pins.get("manager-1") ?? "");
    await page.keyboard.press("Enter");
    await part(page, "loose-done").waitFor();
    await looksRight("given");

    const [given] = journalBodies(shop.dataDir, "return-without-receipt") as readonly LooseReturn[]; // as the till writes it
    expect(given).toMatchObject({
      ...{ returnNumber: "T01-R000001", amountFen: 600, cashierId: "cashier-1", approvedBy: "manager-1" },
      lines: [{ quantity: 2_000, unitPriceFen: 300, presentFen: 350, condition: "damaged" }],
    });
    expect(await paperWith(words[locale])).toMatch(/T01-R000001[\s\S]*-2 × 3\.00 +-6\.00[\s\S]*￥6\.00/u);
    await page.keyboard.press("Enter");
    await part(page, "loose-done").waitFor({ state: "detached" });
    const shift = await till.view();
    expect(shift.sale.lines).toEqual([]);
    // The next scan is a sale again.
    await scan(shop, cola);
    await until("it is in the cart", async () => (await till.view()).sale.lines.length === 1);
  });

  it("pays for what lies in the cart by a key of its own, and the rest goes back in cash with the sale", async () => {
    const { page } = till;
    await openLooseReturn(page);
    await scan(shop, dearer);
    await page.locator("[data-testid=loose-exchange]:enabled").waitFor();
    await looksRight("exchangeable");
    await page.keyboard.press("F6");
    await part(page, "approval").waitFor();
    await type(page, till.pins.get("manager-1") ?? "");
    await page.keyboard.press("Enter");
    await part(page, "exchange").waitFor();
    await part(page, "loose-return").waitFor({ state: "detached" });
    await until("half of it goes back", async () => (await till.view()).sale.exchange?.backFen === 350);
    expect(await part(page, "total").getAttribute("data-fen")).toBe("350");
    await looksRight("exchanging");
    expect(journalBodies(shop.dataDir, "return-without-receipt")).toHaveLength(1);
    await page.keyboard.press("Space");
    await part(page, "done").waitFor();
    await looksRight("exchanged");
    const [, given] = journalBodies(shop.dataDir, "return-without-receipt") as readonly LooseReturn[]; // as above
    expect(given).toMatchObject({
      ...{ returnNumber: "T01-R000002", amountFen: 700, approvedBy: "manager-1" },
      exchange: { saleNumber: "T01-000001", creditFen: 350, backCashFen: 350 },
    });
    const paper = await paperWith(exchanged[locale]);
    expect(paper).toMatch(/T01-000001[\s\S]*T01-R000002[\s\S]* -7\.00\n[^\n]+￥3\.50\n[^\n]+￥3\.50/u);
    await page.keyboard.press("Space");
    await part(page, "empty-cart").waitFor();
  });
});
