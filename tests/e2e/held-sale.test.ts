import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, moneyWord, part, totalOnScreen, type } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

describe("A sale put aside", () => {
  it("outlives a power cut, and is recalled and paid like any other, by keys alone", async () => {
    await beginSelling(till);
    await ringUp(till, "6920536012350", "6910111010871");
    await linesOnScreen(till.page, 2);
    await till.page.keyboard.press("F5");
    await until("the dialog asks for a note", () => part(till.page, "hold").isVisible());
    await till.page.keyboard.press("Enter");
    await linesOnScreen(till.page, 0);
    await ringUp(till, "6920536011247");
    await linesOnScreen(till.page, 1);

    await till.kill();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await beginSelling(till);

    // The basket that was being rung up is there as well, and the two never mix.
    await linesOnScreen(till.page, 1);
    await till.page.keyboard.press("F6");
    await until("the list says why not", () => part(till.page, "held").getByText("购物车里还有商品").isVisible());
    await till.page.keyboard.press("Escape");
    await till.page.keyboard.press("Space");
    await part(till.page, "cash-quick").first().click();
    await until("the first basket is paid", async () => (await moneyWord(till.page)) === "paid");
    await till.page.keyboard.press("Space");
    await part(till.page, "done").waitFor({ state: "detached" });

    await till.page.keyboard.press("F6");
    await until("the held sale is listed", async () => (await part(till.page, "held-sale").count()) === 1);
    await till.page.keyboard.press("Enter");
    await linesOnScreen(till.page, 2);
    expect(await totalOnScreen(till.page)).toBe(1_930);

    await till.page.keyboard.press("Space");
    await until("the payment is open", () => part(till.page, "payment").isVisible());
    await type(till.page, "50");
    await till.page.keyboard.press("Enter");
    await until("the held sale is paid", async () => (await moneyWord(till.page)) === "paid");
    expect(await part(till.page, "change").getAttribute("data-fen")).toBe("3070");
    expect(readBooks(shop.dataDir).sales.map(({ totalFen, changeFen }) => [totalFen, changeFen])).toEqual([
      [280, 0],
      [1_930, 3_070],
    ]);
  });
});
