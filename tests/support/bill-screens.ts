import type { BillScene } from "./bill-scene.ts";
import type { ScreenSeen } from "./every-screen.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";

/** Walks the manager's page of reconciliation on a till whose yesterday is a `setBillScene`: every kind of its pictures. */
export async function* billScreens(
  till: TillUnderTest,
  scene: BillScene,
  managerId: string,
): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const pin = await until("the manager's PIN", () => till.pins.get(managerId));
  await till.send("sign-in", { cashierId: managerId, pin });
  await till.send("open-shift", { floatFen: 20_000 });
  await part(page, "empty-cart").waitFor();
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "manager-reconciliation").click();
  const day = page.locator(`[data-testid=recon-day][data-day="${scene.day}"]`);
  await day.click();
  await until("the till is not at work", async () => (await till.view()).reconciliation?.running === null);
  // The till may have been quicker: then there is nothing left to fetch.
  if ((await day.getAttribute("data-state")) !== "open") {
    await part(page, "recon-note-calm").waitFor();
    yield { name: "reconciliation-due", page };
    await part(page, "recon-run").click();
  }
  await part(page, "finding").first().waitFor();
  await until("nothing runs", async () => (await part(page, "recon-progress").count()) === 0);
  yield { name: "reconciliation", page };

  const finding = (number: string) => page.locator(`[data-testid=finding][data-number="${number}"]`);
  await finding(scene.failed).getByTestId("finding-refund").click();
  await part(page, "return-charge").waitFor();
  yield { name: "reconciliation-refund", page };
  await page.keyboard.press("Escape");
  await part(page, "return-charge").waitFor({ state: "detached" });
  await finding(scene.otherAmount).getByTestId("finding-settle").click();
  await part(page, "settle").waitFor();
  yield { name: "reconciliation-settle", page };
  await page.keyboard.press("Escape");
  await part(page, "settle").waitFor({ state: "detached" });
  await part(page, "recon-group-matched").click();
  await until("those that agree are there", async () => (await part(page, "finding").count()) > 5);
  yield { name: "reconciliation-matched", page };

  await page.keyboard.press("Escape");
  await part(page, "decision-reconciliation").waitFor();
  yield { name: "manager-decisions", page };
}
