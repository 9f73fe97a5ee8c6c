import type { ScreenSeen } from "./every-screen.ts";
import { flowers, saveFlowers } from "./flowers.ts";
import { openGoods } from "./goods-screens.ts";
import type { TillUnderTest } from "./open-till.ts";
import { linesOnScreen, part, type } from "./sale-screen.ts";

/** A code that no goods have; its check digit is right. */
const unknown = "6999999999997";

/**
 * Goods whose price is typed, from the page of goods to the line, and goods the catalogue does not know, on a till without
 * head office at which a manager sells; its cart is empty again in the end.
 */
export async function* openPriceScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const at = (name: string): ScreenSeen => ({ name, page });
  await saveFlowers(till);
  await openGoods(till);
  await part(page, "goods-search").fill("FL-01");
  await page.locator("[data-testid=goods-row][data-sku=FL-01]").click();
  await part(page, "item-minPrice").waitFor();
  yield at("open-price-item");
  await part(page, "item-maxPrice").fill("1");
  await part(page, "item-save").click();
  await part(page, "item-editor").getByTestId("trouble").waitFor();
  yield at("open-price-item-wrong");
  await leaveGoods(till);

  await typed(till, flowers);
  await part(page, "ask-price").waitFor();
  yield at("open-price-asked");
  await type(page, "3");
  await page.keyboard.press("Enter");
  await part(page, "trouble").waitFor();
  yield at("open-price-outside");
  await type(page, ["Backspace", ..."45.5"]);
  await page.keyboard.press("Enter");
  await part(page, "ask-price").waitFor({ state: "detached" });
  await linesOnScreen(page, 1);
  yield at("open-price-line");
  await typed(till, unknown);
  await part(page, "notice-open-price").click();
  await part(page, "open-price").waitFor();
  yield at("unknown-price");
  await page.keyboard.press("Enter");
  await part(page, "trouble").waitFor();
  yield at("unknown-price-missing");
  await page.keyboard.press("Escape");
  await part(page, "open-price").waitFor({ state: "detached" });
  await till.send("void-line", { lineId: (await till.view()).sale.lines[0]?.lineId ?? "" });
  await part(page, "empty-cart").waitFor();
}

/** A barcode typed and rung up; the cart or a question answers. */
async function typed({ page }: TillUnderTest, code: string): Promise<void> {
  await type(page, code);
  await page.keyboard.press("Enter");
}

async function leaveGoods({ page }: TillUnderTest): Promise<void> {
  await part(page, "item-close").click();
  for (const name of ["goods", "manager"]) {
    await page.keyboard.press("Escape");
    await part(page, name).waitFor({ state: "detached" });
  }
  await part(page, "empty-cart").waitFor();
}
