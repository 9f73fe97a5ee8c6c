import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import { openLooseReturn } from "./open-loose-return.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part, type } from "./sale-screen.ts";

/**
 * Goods of which nobody has the receipt, found by hand and given back in cash, on a till at which a manager sells. A scan
 * in place of the search: tests/e2e/return-without-receipt.test.ts.
 */
export async function* looseReturnScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const at = (name: string): ScreenSeen => ({ name, page });
  await openLooseReturn(page);
  yield at("loose-empty");
  await type(page, "zzzzq");
  await part(page, "loose-none").waitFor();
  yield at("loose-none");
  await page.keyboard.press("Escape");
  for (const [count, word] of ["kkkl", "6936591011245", "6910111010871"].entries()) {
    await part(page, "loose-search").focus();
    await type(page, word);
    await part(page, "loose-found-item").first().waitFor();
    if (count === 0) yield at("loose-found");
    await part(page, "loose-search").focus();
    await page.keyboard.press("Enter");
    await until("it is taken", async () => (await part(page, "loose-line").count()) === count + 1);
  }
  await part(page, "loose-price").first().fill("900");
  await page.keyboard.press("Enter");
  await part(page, "trouble").waitFor();
  yield at("loose-wrong");
  await part(page, "loose-price").first().fill("1.5");
  await part(page, "loose-damaged").first().click();
  yield at("loose-chosen");
  await part(page, "loose-confirm").click();
  await part(page, "loose-done").waitFor();
  yield at("loose-done");
  await page.keyboard.press("Enter");
  await part(page, "loose-done").waitFor({ state: "detached" });
  yield* slipScreens(page);
  yield* exchangeScreens(till);
}

// Coca-Cola 500 ml at ¥3.50, and 1.25 l at ¥7.00.
const [cheaper, dearer] = ["6920536012350", "6920536014200"] as const;

/** A bottle brought back without a receipt for a smaller one; the cart is empty again after. */
async function* exchangeScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await openLooseReturn(page);
  await type(page, dearer);
  await part(page, "loose-found-item").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=loose-exchange]:enabled").waitFor();
  await page.keyboard.press("F6");
  await part(page, "exchange").waitFor();
  yield { name: "loose-exchange-begun", page };
  await type(page, cheaper);
  await page.keyboard.press("Enter");
  await until("half of it goes back", async () => (await till.view()).sale.exchange?.backFen === 350);
  yield { name: "loose-exchange-back", page };
  await page.keyboard.press("Space");
  await part(page, "done").waitFor();
  yield { name: "loose-exchange-done", page };
  await page.keyboard.press("Space");
  await part(page, "done").waitFor({ state: "detached" });
}

/** The slip of the one above, looked up by its number; then a copy of it. */
async function* slipScreens(page: Page): AsyncGenerator<ScreenSeen> {
  await page.keyboard.press("F8");
  await page.locator("[data-testid=find-sale-number]:focus").waitFor();
  await type(page, "T01-R000001");
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=loose-reprint]:enabled").waitFor();
  yield { name: "loose-paper", page };
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=loose-reprinted][data-printed=true]").waitFor();
  yield { name: "loose-paper-copied", page };
  await page.keyboard.press("Escape");
  await part(page, "loose-paper").waitFor({ state: "detached" });
}
