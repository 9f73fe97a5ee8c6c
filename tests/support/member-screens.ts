import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import { ringUp, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { linesOnScreen, part, type } from "./sale-screen.ts";

const cola = "6920536011247";

/** Opens the dialog by its key and enrols somebody in it; it then shows the member, whose sale it is. */
export async function enrolByKeys(page: Page, phone: string, name: string): Promise<void> {
  await page.keyboard.press("Insert");
  await page.locator("[data-testid=member-text]:focus").waitFor();
  await type(page, phone);
  await page.keyboard.press("Enter");
  await part(page, "member-none").waitFor();
  await part(page, "member-enrol").press("Enter");
  await part(page, "member-phone").waitFor();
  await part(page, "member-name").fill(name);
}

export async function openMembersPage(page: Page): Promise<void> {
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "manager-members").click();
  await part(page, "members-page").waitFor();
}

/** Back to the sale screen from the members' page. */
export async function leaveMembersPage(page: Page): Promise<void> {
  for (const left of ["members-page", "manager"]) {
    await page.keyboard.press("Escape");
    await part(page, left).waitFor({ state: "detached" });
  }
}

/** Sells so many colas to whoever the sale is of, for cash; the panel that says it is done stays. */
async function sellColas(till: TillUnderTest, count: number): Promise<void> {
  await ringUp(till, cola);
  const { lines } = (await till.view()).sale;
  await till.send("set-quantity", { lineId: lines[0]?.lineId ?? "", quantity: count * 1_000 });
  await till.send("take-payment", {});
  await till.send("pay-cash", { receivedFen: count * 280 });
  await part(till.page, "done").waitFor();
}

/**
 * Walks a member's sales and the page of members: a manager is signed in, a shift is open and no sale is begun, before and
 * after.
 */
export async function* memberScreens(till: TillUnderTest, display: Page): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await enrolByKeys(page, "13812341234", "Lily");
  yield { name: "member-new", page };
  await page.keyboard.press("Enter");
  await part(page, "member-balance").waitFor();
  await page.keyboard.press("Escape");
  await part(page, "member").waitFor({ state: "detached" });
  await sellColas(till, 50);
  // First the customer's screen: it says thank you for some seconds only.
  await part(display, "display-points").waitFor();
  yield { name: "display-points", page: display };
  await part(page, "done-points").waitFor();
  yield { name: "member-done", page };
  await till.send("next-sale", {});
  await part(page, "empty-cart").waitFor();

  await page.keyboard.press("Insert");
  await page.locator("[data-testid=member-text]:focus").waitFor();
  await type(page, "1234");
  await page.keyboard.press("Enter");
  await part(page, "member-found").waitFor();
  yield { name: "member-find", page };
  await part(page, "member-found").click();
  await part(page, "member-balance").waitFor();
  await page.keyboard.press("Escape");
  await ringUp(till, cola, cola);
  await linesOnScreen(page, 1);
  await page.keyboard.press("Insert");
  await page.locator("[data-testid=points-input]:focus").waitFor();
  await type(page, "100");
  yield { name: "member", page };
  await page.keyboard.press("Enter");
  await part(page, "points-spent").waitFor();
  yield { name: "sale-member", page };
  await part(display, "display-member").waitFor();
  yield { name: "display-member", page: display };
  await till.send("void-sale", {});
  await part(page, "empty-cart").waitFor();
  yield* membersPage(page);
}

async function* membersPage(page: Page): AsyncGenerator<ScreenSeen> {
  await openMembersPage(page);
  await part(page, "member-row").first().click();
  await part(page, "point-row").first().waitFor();
  yield { name: "members", page };
  await part(page, "member-change").click();
  await part(page, "edit-name").waitFor();
  yield { name: "member-edit", page };
  await page.keyboard.press("Escape");
  await part(page, "edit-name").waitFor({ state: "detached" });
  await part(page, "member-delete").click();
  await part(page, "member-delete-go").waitFor();
  yield { name: "member-delete", page };
  await page.keyboard.press("Escape");
  await part(page, "member-delete-go").waitFor({ state: "detached" });
  await until("the page stands alone", async () => (await part(page, "member-delete-dialog").count()) === 0);
  await leaveMembersPage(page);
}
