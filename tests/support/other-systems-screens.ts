import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import { freePort } from "./free-port.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";
import { openSettingsPage } from "./settings-screens.ts";
import { willChoose } from "./set-up-wechat.ts";

/**
 * The pages of old tills and of data files, set up and in trouble; a manager is at the sale screen before and after, and
 * something was sold. In the end no old till is heard and no file is written.
 */
export async function* otherSystemsScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  yield* oldTillScreens(till.page);
  yield* dataFileScreens(till);
  await part(till.page, "settings-leave").click();
  await part(till.page, "settings").waitFor({ state: "detached" });
}

async function* oldTillScreens(page: Page): AsyncGenerator<ScreenSeen> {
  await openSettingsPage(page, "legacy");
  yield { name: "settings-legacy", page };
  const taken = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(taken, "127.0.0.1", () => resolve()));
  try {
    await openDoor(page, taken);
    await doorIs(page, "closed");
    await part(page, "legacy-fault").scrollIntoViewIfNeeded();
    yield { name: "settings-legacy-port-taken", page };
  } finally {
    other.close();
  }
  await openDoor(page, await freePort());
  await doorIs(page, "open");
  await part(page, "legacy-state").scrollIntoViewIfNeeded();
  yield { name: "settings-legacy-open", page };

  await part(page, "legacy-name").fill("POS 1");
  await part(page, "legacy-pair").click();
  await part(page, "legacy-token").waitFor();
  await part(page, "legacy-unpair").click();
  await part(page, "legacy-unpair-sure").waitFor();
  await part(page, "legacy-pairings").scrollIntoViewIfNeeded();
  yield { name: "settings-legacy-paired", page };
  await part(page, "legacy-unpair-sure").click();
  await part(page, "legacy-pairing").waitFor({ state: "detached" });
  await part(page, "legacy-https-off").click();
  await part(page, "legacy-save").click();
  await doorIs(page, "off");
}

async function openDoor(page: Page, port: number): Promise<void> {
  await part(page, "legacy-https-on").click();
  await part(page, "legacy-port").fill(String(port));
  await part(page, "legacy-save").click();
}

async function doorIs(page: Page, state: string): Promise<void> {
  await until(
    `the door is ${state}`,
    async () => (await part(page, "legacy-state").getAttribute("data-state")) === state,
  );
}

async function* dataFileScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const place = mkdtempSync(join(tmpdir(), "tillway-"));
  const choose = async (which: string, name: string): Promise<void> => {
    mkdirSync(join(place, name));
    await willChoose(till, join(place, name));
    await part(page, `files-${which}-folder-choose`).click();
    await part(page, `files-${which}-folder`).getByText(name).waitFor();
  };
  try {
    await openSettingsPage(page, "legacy-files");
    await part(page, "files-sales-on-on").click();
    await part(page, "files-sales-sample").waitFor();
    yield { name: "settings-legacy-files", page };
    await choose("sales", "bookkeeping");
    await part(page, "files-sales-amounts-fen").click();
    await save(page);
    await writeNow(page);
    await part(page, "files-saved").scrollIntoViewIfNeeded();
    yield { name: "settings-legacy-files-written", page };
    await part(page, "files-sales-total-name").fill("number");
    yield { name: "settings-legacy-files-wrong-column", page };
    await part(page, "files-sales-total-name").fill("total");
    await part(page, "files-sales-sample").scrollIntoViewIfNeeded();
    yield { name: "settings-legacy-files-columns", page };
    await choose("goods", "goods");
    await choose("drop", "requests");
    await save(page);
    rmSync(place, { recursive: true });
    await writeNow(page);
    await part(page, "files-goods-folder-fault").waitFor();
    yield { name: "settings-legacy-files-away", page };
    for (const which of ["goods", "drop"]) await part(page, `files-${which}-stop`).click();
    await part(page, "files-sales-on-off").click();
    await save(page);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function save(page: Page): Promise<void> {
  await part(page, "files-save").click();
  await until("it is saved", async () => !(await part(page, "files-save").isEnabled()));
  await part(page, "files-saved").waitFor();
}

async function writeNow(page: Page): Promise<void> {
  await part(page, "files-sales-now").click();
  await part(page, "files-sales-written").waitFor();
}
