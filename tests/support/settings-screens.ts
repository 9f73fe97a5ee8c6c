import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { viewChannel } from "#contract/ipc/channels.ts";
import type { TillView } from "#contract/ipc/till-view.ts";
import type { ScreenSeen } from "./every-screen.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";
import { openSettings, willChoose } from "./set-up-wechat.ts";
import { barPng } from "./test-settings.ts";

/** From wherever the manager is to one of the pages of the shop, this till, its keyboard and old tills. */
export async function openSettingsPage(
  page: Page,
  name: "shop" | "till" | "keys" | "legacy" | "legacy-files",
): Promise<void> {
  if (!(await part(page, "settings").isVisible())) await openSettings(page);
  await part(page, `settings-${name}`).click();
  await part(page, `${name}-page`).waitFor();
}

/** Chooses a file as the shop's logo, as a person does in the system's own dialog. */
export async function chooseLogo(till: TillUnderTest, path: string): Promise<void> {
  await willChoose(till, path);
  await part(till.page, "logo-choose").click();
}

/** Waits until a line of the paper beside the form says so; folded words are joined again. */
export async function paperSays(page: Page, words: string): Promise<void> {
  const paper = part(page, "receipt-preview").getByTestId("paper");
  await until(`the paper says ${words}`, async () =>
    ((await paper.textContent()) ?? "").replaceAll(/\s/g, "").includes(words.replaceAll(/\s/g, "")),
  );
}

/** What the cashier reads after an update did not pass: only an installed till has one, so main's word is put in its mouth. */
async function* failedUpdateScreen(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const say = (notices: TillView["notices"]): Promise<void> =>
    till.app.evaluate(
      ({ BrowserWindow }, [channel, patch]) => {
        const pages = BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
        pages.find((page) => page.getURL().includes("index.html"))?.send(channel, patch);
      },
      [viewChannel, { notices }] as const,
    );
  const { notices } = await till.view();
  await say([{ id: "failed-update", atMs: Date.now(), kind: "update-failed", version: "9.9.9" }]);
  await part(till.page, "notice").getByText("9.9.9").waitFor();
  yield { name: "notice-update-failed", page: till.page };
  await say(notices);
  await part(till.page, "notice").getByText("9.9.9").waitFor({ state: "detached" });
}

/** The pages of the shop, this till and its keyboard; a manager is at the sale screen before and after. */
export async function* settingsScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  yield* failedUpdateScreen(till);
  const folder = mkdtempSync(join(tmpdir(), "tillway-logo-"));
  try {
    const logo = join(folder, "Logo.png");
    writeFileSync(logo, barPng(300, 80));
    writeFileSync(join(folder, "notes.png"), "no picture");
    await openSettingsPage(page, "shop");
    await paperSays(page, "0000-6218 0218");
    yield { name: "settings-shop", page };
    await chooseLogo(till, join(folder, "notes.png"));
    await part(page, "trouble").waitFor();
    yield { name: "settings-shop-wrong-file", page };
    await chooseLogo(till, logo);
    await part(page, "logo-remove").waitFor();
    await part(page, "word-nameZh").fill("");
    await until("the name is missed", async () => (await part(page, "shop-save").isDisabled()) && true);
    yield { name: "settings-shop-logo", page };
    await part(page, "shop-undo").click();
    await part(page, "logo-remove").click();
    await part(page, "logo-remove").waitFor({ state: "detached" });
  } finally {
    rmSync(folder, { recursive: true });
  }

  await openSettingsPage(page, "till");
  yield { name: "settings-till", page };
  await part(page, "kiosk-on").click();
  await part(page, "kiosk-leave").waitFor();
  await part(page, "kiosk-leave").scrollIntoViewIfNeeded();
  yield { name: "settings-till-locked", page };
  await part(page, "kiosk-off").click();
  await part(page, "manager-pin").waitFor();
  yield { name: "settings-till-unlock", page };
  await page.keyboard.type(till.pins.get("manager-1") ?? "");
  await page.keyboard.press("Enter");
  await part(page, "kiosk-leave").waitFor({ state: "detached" });
  await openSettingsPage(page, "keys");
  await part(page, "key-ask-hold").click();
  await page.keyboard.press("F6");
  await part(page, "key-swap-hold").waitFor();
  yield { name: "settings-keys", page };
  await page.keyboard.press("Escape");
  await part(page, "settings-leave").click();
  await part(page, "settings").waitFor({ state: "detached" });
}
