import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { favouriteSkus } from "#tests/support/item-image-screens.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* What is found lies over the tiles, which stay as they are below it. */

describe("A search over the tiles", () => {
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop();
    till = await openTill({ dataDir: shop.dataDir });
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    await beginSelling(till, "manager-1");
    await part(till.page, "tile").first().waitFor();
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  const tile = (sku: string) => till.page.locator(`[data-testid=tile][data-sku="${sku}"]`);
  const scrolledTo = () => till.page.locator("#item-tiles").evaluate((tiles) => tiles.scrollTop);

  async function givePrice(sku: string, priceFen: number): Promise<void> {
    const known = await till.send("catalog-item", { sku });
    if (!known.ok) throw new Error(known.fault.kind);
    const { nameZh, nameEn, categoryId, unit, taxClass, scaleCode, isFavourite, codes } = known.value;
    const item = {
      sku,
      nameZh,
      nameEn,
      categoryId,
      unit,
      priceFen,
      taxClass,
      scaleCode,
      isFavourite,
      codes: [...codes],
    };
    expect(await till.send("save-item", { isNew: false, item })).toMatchObject({ ok: true });
  }

  it("leaves nothing of them in reach, and gives them back where they were, with the prices of now", async () => {
    const { page } = till;
    const [sku = ""] = await favouriteSkus(till);
    await page.locator("#item-tiles").evaluate((tiles) => tiles.scrollTo(0, 40));
    const scrolled = await scrolledTo();
    expect(scrolled).toBeGreaterThan(0);

    await page.keyboard.press("F2");
    await type(page, sku);
    await part(page, "search-result").first().waitFor();
    expect(await part(page, "tile").first().isVisible()).toBe(false);
    const found = await part(page, "search-result").first().boundingBox();
    const under = await page.evaluate(
      ({ x, y }) => document.elementFromPoint(x, y)?.closest("[data-testid]")?.getAttribute("data-testid"),
      { x: (found?.x ?? 0) + 40, y: (found?.y ?? 0) + 20 },
    );
    expect(under).toBe("search-result");

    await givePrice(sku, 98_765);
    await page.keyboard.press("Escape");
    await part(page, "search-result").first().waitFor({ state: "detached" });
    await tile(sku).getByText("987.65").waitFor();
    expect(await scrolledTo()).toBe(scrolled);
  });

  it("keeps the tiles until there is an answer, and says so where nothing is found", async () => {
    const { page } = till;
    await page.keyboard.press("F2");
    await type(page, "no such thing");
    await part(page, "search-none").waitFor();
    expect(await part(page, "tile").first().isVisible()).toBe(false);
    await page.keyboard.press("Escape");
    await part(page, "tile").first().waitFor();
  });
});
