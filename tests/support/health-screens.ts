import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";

/** From the sale screen to the health page, by the keys a manager presses. */
export async function openHealthPage(page: Page): Promise<void> {
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "manager-health").click();
  await part(page, "health-page").waitFor();
}

/** Back to the sale screen. */
export async function leaveHealthPage(page: Page): Promise<void> {
  for (const left of ["health-page", "manager"]) {
    await page.keyboard.press("Escape");
    await part(page, left).waitFor({ state: "detached" });
  }
}

/** Has everything checked and waits for the last result. */
export async function checkEverything(page: Page): Promise<void> {
  await part(page, "health-run").click();
  await until("everything is checked", async () => {
    const states = await part(page, "health-check").evaluateAll((rows) =>
      rows.map((row) => row.getAttribute("data-state")),
    );
    return states.filter((state) => state === "running" || state === "not-run").length === 0;
  });
}

export const checkRow = (page: Page, check: string) => page.locator(`[data-testid=health-check][data-check=${check}]`);

/** Opens what support would be given. */
export async function lookIntoPackage(page: Page): Promise<void> {
  await part(page, "support-look").click();
  await part(page, "support-package").waitFor();
}

/** The page before and after its checks, and the package; a manager is at the sale screen before and after. */
export async function* healthScreens(page: Page): AsyncGenerator<ScreenSeen> {
  await openHealthPage(page);
  await part(page, "speed-row").first().waitFor();
  yield { name: "health-new", page };
  await checkEverything(page);
  yield { name: "health", page };
  await lookIntoPackage(page);
  await page.locator("[data-testid=support-file][data-name='versions.json']").click();
  await part(page, "support-text").waitFor();
  yield { name: "health-package", page };
  await page.keyboard.press("Escape");
  await part(page, "support-package").waitFor({ state: "detached" });
  await leaveHealthPage(page);
}
