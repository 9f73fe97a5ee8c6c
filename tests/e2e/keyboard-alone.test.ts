import { afterEach, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { pressOn, reach } from "#tests/support/by-keyboard.ts";
import { focusIsOn, focusOn, pressedOnly, walkFocus } from "#tests/support/focus-walk.ts";
import { goodsScreens } from "#tests/support/goods-screens.ts";
import { openKeyed as open, walkAll } from "#tests/support/open-keyed.ts";
import { openPeoplePage, peopleScreens } from "#tests/support/people-screens.ts";
import { until } from "#tests/support/poll.ts";
import {
  dearer,
  exchange,
  key,
  type Keyed,
  lookInto,
  openShift,
  pay,
  refund,
  sellTwo,
  signIn,
  voidSale,
} from "#tests/support/keyed-day.ts";
import { leaflet } from "#tests/support/pricing-screens.ts";
import { reportScreens } from "#tests/support/report-screens.ts";
import { linesOnScreen, part, type } from "#tests/support/sale-screen.ts";
import { openSettings, stepIs } from "#tests/support/set-up-wechat.ts";
import { chooseMore, shiftScreens } from "#tests/support/shift-screens.ts";

/* Nobody has a hand for the screen: the mouse is broken, the screen does not feel, or somebody never uses either. */

/** Some thirty screens, each walked over with Tab; several times that on a busy machine. Milliseconds. */
const dayMs = 480_000;

let close: () => Promise<void> = async () => {};
afterEach(() => close());

async function openKeyed(locale: Locale): Promise<Keyed> {
  const keyed = await open(locale);
  close = keyed.close;
  return keyed;
}

it("A thing that only a hand can press, a focus nobody sees and one behind a dialog are noticed", async () => {
  const { till } = await openKeyed("zh-CN");
  const { page } = till;
  expect(await walkFocus(page, "sign-in")).toEqual([]);
  await page.evaluate(() => {
    const planted = document.createElement("div");
    planted.textContent = "按我";
    Reflect.set(planted, "onclick", () => null);
    const unseen = document.createElement("button");
    unseen.textContent = "看不见焦点";
    unseen.style.outline = "none";
    document.querySelector(".sign-in-desk")?.append(planted, unseen);
  });
  expect(await pressedOnly(page)).toEqual([expect.stringContaining("按我")]);
  expect(await walkFocus(page, "sign-in")).toEqual([
    expect.stringMatching(/only a hand can press .*按我/u),
    expect.stringMatching(/nobody sees the focus on .*看不见焦点/u),
  ]);
  await page.evaluate(() => {
    const dialog = document.createElement("div");
    dialog.role = "dialog";
    dialog.innerHTML = "<button>好</button>";
    document.body.append(dialog);
  });
  expect(await walkFocus(page, "a dialog that keeps no focus")).toContainEqual(
    expect.stringContaining("behind the dialog"),
  );
});

describe("A cashier without a mouse", () => {
  it(
    "sells, holds, takes back, is paid, gives back and exchanges, and sees the focus on every screen",
    async () => {
      const keyed = await openKeyed("zh-CN");
      const { till, see } = keyed;
      const { page } = till;
      const { keyboard } = page;
      await see("sign-in");
      await signIn(till, "cashier-1");
      const pin = till.pins.get("manager-1") ?? "";
      await part(page, "open-shift").waitFor();
      await see("open-shift");
      await openShift(till);
      await see("sale-empty");

      await keyboard.press("F2");
      await type(page, "kkkl");
      await part(page, "search-result").first().waitFor();
      await see("sale-search");
      await focusIsOn(page, "search");
      await keyboard.press("Enter");
      await linesOnScreen(page, 1);
      await keyboard.press("Escape");
      await part(page, "search-result").first().waitFor({ state: "detached" });
      await key(page, dearer);
      await linesOnScreen(page, 2);
      await see("sale");
      await keyboard.press("F3");
      await part(page, "quantity").waitFor();
      await see("quantity");
      await type(page, "3");
      await keyboard.press("Enter");
      await until("three of it", async () => (await till.view()).sale.lines.some(({ quantity }) => quantity === 3_000));
      await keyboard.press("F4");
      await part(page, "discount").waitFor();
      await see("discount");
      await type(page, "10");
      await keyboard.press("Enter");
      await until("a tenth off", async () => (await till.view()).sale.lineDiscountFen === 210);
      for (const [name, dialog] of Object.entries({ F9: "no-sale", F10: "rounding", F11: "price", F12: "more" }))
        await lookInto(keyed, name, dialog);

      await keyboard.press("F5");
      await part(page, "hold").waitFor();
      await see("hold");
      await keyboard.press("Enter");
      await part(page, "empty-cart").waitFor();
      await keyboard.press("F6");
      await part(page, "held-sale").first().waitFor();
      await see("held");
      await keyboard.press("1");
      await linesOnScreen(page, 2);
      await keyboard.press("ArrowUp");
      await until(
        "the first line is current",
        async () => (await part(page, "cart-line").first().getAttribute("data-current")) === "true",
      );
      await keyboard.press("F7");
      await linesOnScreen(page, 1);
      await pay(keyed);
      await voidSale(keyed, pin);
      await refund(keyed, pin);
      await exchange(keyed, pin);

      await reach(page, part(page, "key-F12"));
      await lookInto(keyed, "Enter", "more");
      expect(await focusOn(page)).toBe("key-F12");

      await keyboard.press("F1");
      await part(page, "locked").waitFor();
      await see("locked");
      await type(page, till.pins.get("cashier-1") ?? "");
      await keyboard.press("Enter");
      await part(page, "locked").waitFor({ state: "detached" });
      expect(keyed.hindrances).toEqual([]);
      expect(await till.touches()).toBe(0);
    },
    dayMs,
  );
});

describe("A manager without a mouse", () => {
  it(
    "reads the day and the reports, keeps goods, promotions and people, and sees the focus on every page",
    async () => {
      const keyed = await openKeyed("en");
      const { till, see, shop } = keyed;
      const { page } = till;
      await signIn(till, "manager-1");
      await part(page, "open-shift").waitFor();
      await openShift(till);
      await sellTwo(till);

      await chooseMore(page, "manager");
      await part(page, "sale-row").first().waitFor();
      await see("manager-day");
      await part(page, "sale-row").first().click();
      await part(page, "paper").waitFor();
      await see("manager-sale");
      await page.keyboard.press("Escape");
      await part(page, "paper").waitFor({ state: "detached" });
      await focusIsOn(page, "sale-row");
      await walkAll(keyed, reportScreens(till));
      await promotions(keyed);
      await walkAll(keyed, goodsScreens(till, shop.dataDir));
      await walkAll(keyed, peopleScreens({ till, shop, cashierId: "cashier-1", managerId: "manager-1" }));
      await settings(keyed);
      expect(keyed.hindrances).toEqual([]);
      expect(await till.touches()).toBe(0);
    },
    dayMs,
  );

  it(
    "moves cash, counts the drawer, closes the shift and has its Z on paper",
    async () => {
      const keyed = await openKeyed("en");
      const { till, shop } = keyed;
      const { page } = till;
      await signIn(till, "manager-1");
      await part(page, "open-shift").waitFor();
      await openShift(till);
      await sellTwo(till);
      await walkAll(keyed, shiftScreens(till, "manager-1"));
      await until("the Z is on paper", async () => {
        const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
        return papers.some(
          ({ complete, elements }) => complete && plainLines(elements, 48).join("\n").includes("Z number"),
        );
      });
      expect(keyed.hindrances).toEqual([]);
      expect(await till.touches()).toBe(0);
    },
    dayMs,
  );
});

async function promotions({ till, see }: Keyed): Promise<void> {
  const { page } = till;
  for (const promotion of leaflet.slice(0, 2)) await till.send("save-promotion", { promotion });
  await part(page, "manager-promotions").click();
  await part(page, "promotion-row").nth(1).waitFor();
  await see("promotions");
  await part(page, "promotion-row").first().click();
  await page.locator("[data-testid=promotion-example]:not([data-saved='0'])").waitFor();
  await see("promotion");
  await page.keyboard.press("Escape");
  await part(page, "promotion-editor").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await part(page, "promotions-page").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor({ state: "detached" });
}

/** WeChat Pay, head office, devices and the self-test. */
async function settings({ till, see }: Keyed): Promise<void> {
  const { page } = till;
  await openSettings(page);
  await see("settings");
  await part(page, "setup-begin").click();
  await stepIs(page, "merchant");
  await see("setup-merchant");
  await part(page, "setup-next").click();
  await stepIs(page, "merchant-key");
  await see("setup-merchant-key");
  await page.keyboard.press("Escape");
  await stepIs(page, "merchant");
  await part(page, "settings-office").click();
  await part(page, "office-page").waitFor();
  await see("office");
  await part(page, "settings-devices").click();
  await part(page, "device-scanner-1").waitFor();
  await see("devices");
  await part(page, "settings-self-test").click();
  await part(page, "self-test-printer-1").waitFor();
  await see("self-test");
  await openPeoplePage(page, "people");
  await pressOn(page, page.getByTestId("settings-leave"));
  await part(page, "settings").waitFor({ state: "detached" });
}
