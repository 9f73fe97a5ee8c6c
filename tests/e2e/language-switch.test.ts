import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part } from "#tests/support/sale-screen.ts";
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

async function pageSpeaks(locale: string): Promise<void> {
  await until(`the page speaks ${locale}`, () =>
    till.page.evaluate((lang) => document.documentElement.lang === lang, locale),
  );
}

describe("The language of the till's window", () => {
  it("is switched by a key before anybody has signed in", async () => {
    await part(till.page, "person").first().waitFor();
    await pageSpeaks("zh-CN");
    await till.page.keyboard.press("F12");
    await pageSpeaks("en");
    expect(await till.page.getByRole("heading", { level: 1 }).innerText()).not.toMatch(/[\u3400-\u9fff]/);
    await till.page.keyboard.press("F12");
    await pageSpeaks("zh-CN");
  });

  it("is switched in the middle of a sale without losing anything of it", async () => {
    await beginSelling(till);
    await ringUp(till, "6920536012350", "6910111010871");
    await linesOnScreen(till.page, 2);
    expect(await part(till.page, "cart-line").first().innerText()).toContain("可口可乐 500ml");

    await till.page.keyboard.press("F12");
    await part(till.page, "more-language").click();
    await pageSpeaks("en");
    await linesOnScreen(till.page, 2);
    expect(await part(till.page, "cart-line").first().innerText()).toContain("Coca-Cola 500 ml");
    expect(await part(till.page, "total").getAttribute("data-fen")).toBe("1930");
  });
});
