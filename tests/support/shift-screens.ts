import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import type { TillUnderTest } from "./open-till.ts";
import { part, type } from "./sale-screen.ts";

/** Notes and coins typed row by row, largest first; Enter goes on, and in the last row it confirms. */
export async function countPieces(page: Page, pieces: readonly number[]): Promise<void> {
  await part(page, "piece-counter").waitFor();
  for (const count of pieces) {
    if (count > 0) await type(page, String(count));
    await page.keyboard.press("Enter");
  }
}

/** From the sale screen or the one before it into the dialog of F12, and on. */
export async function chooseMore(page: Page, name: string): Promise<void> {
  await page.keyboard.press("F12");
  await part(page, `more-${name}`).click();
}

/** A manager's PIN into the dialog that asks for it. */
export async function approveWith(page: Page, pin: string): Promise<void> {
  await part(page, "approval").waitFor();
  await type(page, pin);
  await page.keyboard.press("Enter");
  await part(page, "approval").waitFor({ state: "detached" });
}

/** The float by denomination, on the screen that asks for it; the total is asked for again at the end. */
export async function* floatScreens(page: Page): AsyncGenerator<ScreenSeen> {
  await part(page, "count-mode").click();
  await part(page, "piece-counter").waitFor();
  await type(page, ["1", "Enter", "1", "Enter", "2", "ArrowDown", "1"]);
  yield { name: "open-shift-pieces", page };
  await part(page, "count-mode").click();
}

/** All about the drawer from the sale screen to the closed shift and its page; a manager is signed in. */
export async function* shiftScreens(till: TillUnderTest, managerId: string): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const { keyboard } = page;
  await chooseMore(page, "drawer");
  await part(page, "cash-move").waitFor();
  await keyboard.press("F2");
  await type(page, "15");
  await part(page, "reason-1").click();
  yield { name: "cash-move", page };
  await part(page, "open-x").click();
  await part(page, "paper").waitFor();
  yield { name: "x-report", page };
  await keyboard.press("Escape");
  await part(page, "x-report").waitFor({ state: "detached" });
  await keyboard.press("F9");
  await part(page, "no-sale").waitFor();
  await keyboard.press("1");
  yield { name: "no-sale", page };
  await keyboard.press("Escape");
  await part(page, "no-sale").waitFor({ state: "detached" });

  await chooseMore(page, "close-shift");
  await part(page, "piece-counter").waitFor();
  await type(page, ["2", "Enter", "1", "Enter", "2"]);
  yield { name: "close-shift", page };
  await part(page, "close-shift-confirm").click();
  await part(page, "count-again").waitFor();
  yield { name: "count-again", page };
  await part(page, "count-stands").click();
  await part(page, "candidates").waitFor();
  await part(page, "reason-4").click();
  yield { name: "variance", page };
  await part(page, "variance-approve").click();
  await approveWith(page, till.pins.get(managerId) ?? "");
  await part(page, "shift-difference").waitFor();
  await part(page, "candidates").waitFor();
  yield { name: "shift-result", page };
  await keyboard.press("Enter");
  await part(page, "shift-result").waitFor({ state: "detached" });

  await chooseMore(page, "manager");
  await part(page, "manager-shifts").click();
  await part(page, "paper").waitFor();
  yield { name: "manager-shifts", page };
  await part(page, "correct-shift").click();
  await part(page, "correction").waitFor();
  await part(page, "reason-2").click();
  yield { name: "shift-correction", page };
  await keyboard.press("Escape");
  await part(page, "correction").waitFor({ state: "detached" });
}
