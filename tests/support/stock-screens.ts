import type { ScreenSeen } from "./every-screen.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part, type } from "./sale-screen.ts";

/** From the sale screen to the page of stock, by the list of what is needed a few times a day. */
export async function openStock({ page }: TillUnderTest): Promise<void> {
  // A key before there is a screen to hear it is lost.
  await part(page, "key-F12").waitFor();
  await page.keyboard.press("F12");
  await part(page, "more-stock").click();
  await part(page, "stock-row").first().waitFor();
}

/** One item by its name and how much of it, by keys alone. */
export async function enterItem({ page }: TillUnderTest, name: string, quantity: string): Promise<void> {
  await part(page, "stock-entry").focus();
  await type(page, name);
  await part(page, "stock-found-item").first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=stock-quantity]:focus").waitFor();
  await type(page, quantity);
  await page.keyboard.press("Enter");
  await part(page, "stock-quantity").waitFor({ state: "detached" });
}

/** Walks the page of stock on a till whose manager is signed in: a delivery, a count, and one item with its moves. */
export async function* stockScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await openStock(till);
  yield { name: "stock", page };
  await part(page, "stock-tab-receiving").click();
  await part(page, "receipt-new").click();
  await part(page, "stock-entry").waitFor();
  await part(page, "receipt-supplier").fill("华南饮料批发");
  await part(page, "receipt-delivery-note").fill("DN-20260302-7");
  await enterItem(till, "kkkl", "24");
  await until("the line is there", async () => (await part(page, "receipt-line").count()) === 1);
  yield { name: "stock-receipt", page };
  await part(page, "receipt-book").click();
  await part(page, "receipt").locator("xpath=self::*[@data-state='booked']").waitFor();
  yield { name: "stock-receipt-booked", page };
  await part(page, "stock-tab-takes").click();
  await part(page, "take-new").click();
  await enterItem(till, "kkkl", "22");
  await part(page, "count").first().waitFor();
  yield { name: "stock-take", page };
  await part(page, "take-differences").click();
  await part(page, "difference").first().waitFor();
  yield { name: "stock-differences", page };
  await part(page, "take-book").click();
  await part(page, "take").locator("xpath=self::*[@data-state='booked']").waitFor();
  await part(page, "stock-tab-levels").click();
  await part(page, "stock-search").fill("kkkl");
  // The rows of before the search stand there for a moment.
  await part(page, "stock-row")
    .filter({ hasText: /可口可乐 2L|Coca-Cola 2 L/ })
    .first()
    .click();
  await part(page, "stock-move").first().waitFor();
  yield { name: "stock-item", page };
  await page.keyboard.press("Escape");
  await part(page, "stock").waitFor({ state: "detached" });
}
