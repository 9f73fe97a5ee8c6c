import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/*
 * Hands that know the way are quicker than a page that is opened for the first time since the start: its code is still
 * being fetched. What they press then belongs to that page.
 */

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop({ locale: "en" });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till, "manager-1");
  await part(till.page, "empty-cart").waitFor();
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

/** As one after the other as keys can come: the page has no moment between them but for what each of them starts. */
async function pressAtOnce(keys: readonly string[]): Promise<void> {
  await till.page.evaluate(async (names) => {
    for (const key of names) {
      const at = document.activeElement ?? document.body;
      at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await Promise.resolve();
    }
  }, keys);
}

/** Waits until something has been on the screen since, however briefly, and is there no more. */
async function cameAndWent(testId: string, meanwhile: () => Promise<void>): Promise<void> {
  await till.page.evaluate((id) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector(`[data-testid="${id}"]`) !== null) Reflect.set(globalThis, "came", id);
    });
    watch.observe(document.body, { subtree: true, childList: true });
  }, testId);
  await meanwhile();
  await until(`${testId} came`, () => till.page.evaluate((id) => Reflect.get(globalThis, "came") === id, testId));
  await part(till.page, testId).waitFor({ state: "detached" });
}

describe("A key pressed before the page it is meant for is there", () => {
  it("closes that page again", async () => {
    // More, its first choice, and back.
    await cameAndWent("manager", () => pressAtOnce(["F12", "1", "Escape"]));
    await part(till.page, "empty-cart").waitFor();
  });

  it("closes it and opens what lies behind it", async () => {
    const { page } = till;
    await cameAndWent("settings", () => pressAtOnce(["F12", "2", "Escape", "F12"]));
    await part(page, "more").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "more").waitFor({ state: "detached" });
  });

  it("is written into its field, and nothing of it comes into the sale", async () => {
    const { page } = till;
    const number = "01-20260302-0007";
    await pressAtOnce(["F8", ...number]);
    const field = part(page, "find-sale-number");
    await field.waitFor();
    await until("all of it is there", async () => (await field.inputValue()) === number);
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "detached" });
    expect(await part(page, "empty-cart").count()).toBe(1);
    expect((await till.view()).sale).toMatchObject({ lines: [], scanCount: 0 });
  });
});
