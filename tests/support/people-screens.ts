import type { Page } from "playwright";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { Counter, ScreenSeen } from "./every-screen.ts";
import { until } from "./poll.ts";
import { part, type } from "./sale-screen.ts";
import { openSettings } from "./set-up-wechat.ts";
import type { Shop } from "./shop.ts";

/** From wherever the manager is to one of the pages about people. */
export async function openPeoplePage(
  page: Page,
  name: "people" | "rights" | "audit" | "training" | "backup",
): Promise<void> {
  if (!(await part(page, "settings").isVisible())) await openSettings(page);
  await part(page, `settings-${name}`).click();
  await part(page, `${name}-page`).waitFor();
}

export async function leaveSettings(page: Page): Promise<void> {
  await part(page, "settings-leave").click();
  await part(page, "settings").waitFor({ state: "detached" });
}

/** Types the manager's PIN for the change that waits for it. */
export async function approve(page: Page, pin: string): Promise<void> {
  await part(page, "manager-pin").waitFor();
  await type(page, pin);
  await page.keyboard.press("Enter");
  await part(page, "manager-pin").waitFor({ state: "detached" });
}

/** Somebody's row on the page of people. */
export const rowOf = (page: Page, name: string) => part(page, "person-of-shop").filter({ hasText: name });

export async function addPerson(
  page: Page,
  name: string,
  role: "cashier" | "lead" | "manager",
  pin: string,
): Promise<void> {
  await part(page, "add-person").click();
  await part(page, "person-name").fill(name);
  await part(page, `person-role-${role}`).click();
  await part(page, "person-save").click();
  await approve(page, pin);
  await rowOf(page, name).waitFor();
}

/** Gives somebody a PIN: typed twice by them, then the manager's. */
export async function givePin(page: Page, name: string, pin: string, managerPin: string): Promise<void> {
  await rowOf(page, name).getByTestId("person-pin").click();
  for (const [step, digits] of [
    ["new", pin],
    ["again", pin],
    ["approve", managerPin],
  ] as const) {
    await page.locator(`[data-testid=give-pin-step][data-step=${step}]`).waitFor();
    await type(page, digits);
    await page.keyboard.press("Enter");
  }
  await part(page, "give-pin-dialog").waitFor({ state: "detached" });
}

/** Prints a badge and reads it off the paper. */
export async function makeBadge(shop: Pick<Shop, "control">, page: Page, name: string, pin: string): Promise<string> {
  await rowOf(page, name).getByTestId("person-badge").click();
  await approve(page, pin);
  await rowOf(page, name).getByTestId("has-badge").waitFor();
  const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
  const code = papers.at(-1)?.elements.find((element) => element.kind === "barcode");
  if (code?.kind !== "barcode") throw new Error("no badge on the paper");
  return code.text;
}

/** The pages about people, and a locked screen; a manager is signed in at the sale screen before and after. */
export async function* peopleScreens({ till, shop, managerId }: Counter): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const pin = till.pins.get(managerId) ?? "";
  await openPeoplePage(page, "people");
  await part(page, "person-of-shop").first().waitFor();
  await part(page, "add-person").click();
  await part(page, "person-name").fill("Lily");
  await part(page, "person-role-lead").click();
  yield { name: "person-add", page };
  await part(page, "person-save").click();
  await part(page, "manager-pin").waitFor();
  yield { name: "person-approval", page };
  await approve(page, pin);
  await rowOf(page, "Lily").waitFor();
  await makeBadge(shop, page, "Lily", pin);
  yield { name: "people", page };

  await openPeoplePage(page, "rights");
  await part(page, "right").first().waitFor();
  const reports = page.locator("[data-testid=right][data-right=see-reports]");
  await reports.getByTestId("right-lead").getByTestId("grant-yes").click();
  yield { name: "rights", page };
  await part(page, "rights-undo").click();

  await openPeoplePage(page, "audit");
  await part(page, "audit-row").first().waitFor();
  await until("the chain is checked", async () => (await part(page, "chain").getAttribute("data-state")) === "good");
  yield { name: "audit", page };
  await openPeoplePage(page, "training");
  yield { name: "training-enter", page };
  await openPeoplePage(page, "backup");
  await part(page, "backup-list-empty").waitFor();
  yield { name: "backup", page };
  await leaveSettings(page);

  await page.keyboard.press("F1");
  await part(page, "locked").waitFor();
  yield { name: "locked", page };
  await type(page, pin);
  await page.keyboard.press("Enter");
  await part(page, "locked").waitFor({ state: "detached" });
}
