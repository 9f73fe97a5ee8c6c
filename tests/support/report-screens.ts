import type { ScreenSeen } from "./every-screen.ts";
import type { TillUnderTest } from "./open-till.ts";
import { part } from "./sale-screen.ts";

/** Walks the reports from the manager's page, on a till that has sold something, and comes back to it. */
export async function* reportScreens({ page }: TillUnderTest): AsyncGenerator<ScreenSeen> {
  await part(page, "manager-reports").click();
  await part(page, "report-item").first().waitFor();
  yield { name: "reports-day", page };
  await part(page, "report-hours").getByTestId("shown-table").click();
  await part(page, "report-row").first().waitFor();
  yield { name: "reports-table", page };
  await part(page, "report-tax-sums").scrollIntoViewIfNeeded();
  yield { name: "reports-taxes", page };
  await part(page, "range-month").click();
  await part(page, "report-dates").waitFor();
  yield { name: "reports-month", page };
  await part(page, "report-net").click();
  await part(page, "behind-row").first().waitFor();
  yield { name: "reports-behind", page };
  await page.keyboard.press("Escape");
  await part(page, "report-behind").waitFor({ state: "detached" });
  await part(page, "range-yesterday").click();
  await part(page, "report-none").waitFor();
  yield { name: "reports-none", page };
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor();
}
