import type { Page } from "playwright";
import { part } from "./sale-screen.ts";

/** From the sale screen, by keys: F8, then the key beside the search. */
export async function openLooseReturn(page: Page): Promise<void> {
  await page.keyboard.press("F8");
  await page.locator("[data-testid=find-sale-number]:focus").waitFor();
  await part(page, "loose-open").focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-testid=loose-search]:focus").waitFor();
}
