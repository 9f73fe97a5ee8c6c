import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import { part } from "./sale-screen.ts";

/** From the sale screen to the page of labels, by the manager's page. */
export async function openLabels(page: Page): Promise<void> {
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "manager-labels").click();
  await part(page, "labels-due").waitFor();
}

export async function leaveLabels(page: Page): Promise<void> {
  for (const name of ["labels", "manager"]) {
    await page.keyboard.press("Escape");
    await part(page, name).waitFor({ state: "detached" });
  }
}

/** Walks the page of labels on a till whose manager is signed in with a shift open. */
export async function* labelScreens(page: Page): AsyncGenerator<ScreenSeen> {
  await openLabels(page);
  yield { name: "labels", page };
  await part(page, "labels-by-category").click();
  await part(page, "labels-category").selectOption({ index: 1 });
  await part(page, "label-row").first().waitFor();
  yield { name: "labels-category", page };
  await part(page, "labels-by-text").click();
  await part(page, "labels-search").fill("茶");
  await part(page, "label-row").first().waitFor();
  await part(page, "label-tick").first().check();
  await part(page, "label-tick").nth(1).check();
  await part(page, "paper").waitFor();
  yield { name: "labels-strip", page };
  await part(page, "labels-sheet").click();
  await part(page, "labels-all").click();
  await part(page, "sheet-preview").waitFor();
  yield { name: "labels-sheet", page };
  await part(page, "labels-by-scan").click();
  await part(page, "labels-none").waitFor();
  yield { name: "labels-scan", page };
  await leaveLabels(page);
}
