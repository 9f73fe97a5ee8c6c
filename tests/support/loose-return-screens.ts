import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import type { TillUnderTest } from "./open-till.ts";
import { part, type } from "./sale-screen.ts";

/** From the sale screen, by keys: F8, then the key beside the search. */
export async function openLooseReturn(page: Page): Promise<void> {
  await page.keyboard.press("F8");
  await page.locator("[data-testid=find-sale-number]:focus").waitFor();
  await part(page, "loose-open").focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=loose-search]:focus").waitFor();
}

/** Goods taken back without a receipt, on a till whose manager is signed in with a shift open. */
export async function* looseReturnScreens({ page }: TillUnderTest): AsyncGenerator<ScreenSeen> {
  await openLooseReturn(page);
  yield { name: "loose-return-empty", page };
  await type(page, "kkkl");
  await part(page, "loose-found-item").first().waitFor();
  yield { name: "loose-return-search", page };
  await page.keyboard.press("Enter");
  await part(page, "loose-line").first().waitFor();
  yield { name: "loose-return", page };
  await part(page, "loose-price").first().fill("9999");
  await page.keyboard.press("Enter");
  await part(page, "trouble").waitFor();
  yield { name: "loose-return-wrong", page };
  await part(page, "loose-price").first().fill("1");
  await page.keyboard.press("Enter");
  await part(page, "loose-done").waitFor();
  yield { name: "loose-return-given", page };
  await page.keyboard.press("Enter");
  await part(page, "loose-done").waitFor({ state: "detached" });
}
