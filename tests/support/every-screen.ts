import type { Page } from "playwright";
import type { Shop } from "./shop.ts";
import { pricingScreens } from "./pricing-screens.ts";
import { memberScreens } from "./member-screens.ts";
import { labelScreens } from "./label-screens.ts";
import { deviceScreens } from "./device-screens.ts";
import { healthScreens } from "./health-screens.ts";
import { goodsScreens } from "./goods-screens.ts";
import { itemImageScreens } from "./item-image-screens.ts";
import { reportScreens } from "./report-screens.ts";
import { customerWill, enterPassword, scan } from "./shop-day.ts";
import { until } from "./poll.ts";
import { linesOnScreen, moneyWord, part, type } from "./sale-screen.ts";
import { peopleScreens } from "./people-screens.ts";
import { settingsScreens } from "./settings-screens.ts";
import { floatScreens, shiftScreens } from "./shift-screens.ts";
import { stockScreens } from "./stock-screens.ts";
import { chooseKey, nextStep, openSettings, stepIs, verdictOf } from "./set-up-wechat.ts";
import type { TillUnderTest } from "./open-till.ts";

/** One picture a person at the counter sees, standing still until the next is asked for. */
export interface ScreenSeen {
  /** As the pictures in docs/images are named. */
  readonly name: string;
  readonly page: Page;
}

export interface Counter {
  readonly till: TillUnderTest;
  readonly shop: Pick<Shop, "control" | "dataDir" | "paymentCode" | "simulators">;
  readonly cashierId: string;
  readonly managerId: string;
}

/** A basket that looks like one: two of the first, a pack, names short and long, fruit by its label. */
const basket = ["6920536011247", "6920536011247", "6910111010871", "2110001011818", "6920536012725", "6936591011245"];

/**
 * Walks the till and its customer display through every screen of a day, on the real till: sign-in to shift close. A
 * fresh till is expected, on a gateway that lets a customer take time.
 */
export async function* everyScreen(counter: Counter): AsyncGenerator<ScreenSeen> {
  yield* sellingScreens(counter);
  yield* managersScreens(counter);
}

/** Its first half: signing in, selling, being paid, and the manager's look at it, who is at the sale screen in the end. */
export async function* sellingScreens(counter: Counter): AsyncGenerator<ScreenSeen> {
  const { till } = counter;
  const display = await till.window("display.html");
  const at = (name: string, page: Page = till.page): ScreenSeen => ({ name, page });

  await part(till.page, "person").first().waitFor();
  await part(display, "display").waitFor();
  yield at("sign-in");
  yield at("display-idle", display);
  await signIn(till, counter.cashierId);
  await part(till.page, "open-shift").waitFor();
  yield at("open-shift");
  yield* floatScreens(till.page);
  await till.send("open-shift", { floatFen: 20_000 });
  await part(till.page, "empty-cart").waitFor();
  yield at("sale-empty");

  await fillCart(counter);
  yield at("sale");
  await stageOf(display, "selling");
  yield at("display-selling", display);
  yield* helpers(counter);
  yield* payment(counter, display);
  yield* managing(counter);
  yield* pricingScreens(till, display);
  yield* memberScreens(till, display);
}

/** Its other half: what a manager keeps in order, and the shift's end; one is at the sale screen, with a shift open. */
export async function* managersScreens(counter: Counter): AsyncGenerator<ScreenSeen> {
  const { till } = counter;
  yield* labelScreens(till.page);
  yield* goodsScreens(till, counter.shop.dataDir);
  yield* itemImageScreens(till, counter.shop.dataDir);
  yield* stockScreens(till);
  yield* settings(counter);
  yield* settingsScreens(till);
  yield* peopleScreens(counter);
  yield* healthScreens(till.page);
  yield* shiftScreens(till, counter.managerId);
}

async function signIn(till: TillUnderTest, cashierId: string): Promise<void> {
  const pin = await until(`the PIN of ${cashierId}`, () => till.pins.get(cashierId));
  await till.send("sign-in", { cashierId, pin });
}

async function fillCart({ till, shop }: Counter): Promise<void> {
  for (const [at, code] of basket.entries()) {
    await scan(shop, code);
    await until("the scan is answered", async () => (await till.view()).sale.scanCount > at);
  }
  const [first] = (await till.view()).sale.lines;
  await till.send("discount-line", { lineId: first?.lineId ?? "", discount: { kind: "percent", basisPoints: 1_000 } });
  await linesOnScreen(till.page, 5);
}

/** Search, dialogs, a notice, and the list of held sales; the cart is there again at the end. */
async function* helpers(counter: Counter): AsyncGenerator<ScreenSeen> {
  const { till, shop } = counter;
  const { page } = till;
  const { keyboard } = page;
  await keyboard.press("F2");
  await type(page, "kkkl");
  await part(page, "search-result").first().waitFor();
  yield { name: "sale-search", page };
  await keyboard.press("Escape");
  await part(page, "search-result").first().waitFor({ state: "detached" });

  const dialogs = {
    F3: "quantity",
    F4: "discount",
    F5: "hold",
    F10: "rounding",
    F12: "more",
    "Shift+Delete": "void-sale",
  };
  for (const [key, dialog] of Object.entries(dialogs)) {
    await keyboard.press(key);
    await part(page, dialog).waitFor();
    yield { name: dialog, page };
    await keyboard.press("Escape");
    await part(page, dialog).waitFor({ state: "detached" });
  }

  await scan(shop, "6999999999997");
  await part(page, "notice").first().waitFor();
  yield { name: "unknown-item", page };
  await part(page, "notice-dismiss").first().click();

  yield* expired(counter);
  await till.send("hold-sale", { label: "" });
  await part(page, "empty-cart").waitFor();
  await keyboard.press("F6");
  await part(page, "held-sale").first().waitFor();
  yield { name: "held", page };
  await keyboard.press("1");
  await linesOnScreen(page, 5);
}

/** A milk whose date is long past: stopped, approved, and on its line; the cart is as before at the end. */
async function* expired({ till, shop, managerId }: Counter): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await scan(shop, "]C101069071320105081725010110L2412A");
  await part(page, "notice-sell-stopped").waitFor();
  yield { name: "expired-pack", page };
  await part(page, "notice-sell-stopped").click();
  await part(page, "approval").waitFor();
  yield { name: "expired-approval", page };
  await type(page, till.pins.get(managerId) ?? "");
  await page.keyboard.press("Enter");
  await part(page, "line-pack").waitFor();
  yield { name: "expired-sold", page };
  const { currentLineId } = (await till.view()).sale;
  await till.send("void-line", { lineId: currentLineId ?? "" });
  await linesOnScreen(page, 5);
}

/** Every way to pay and every end of it, on the till and on the customer's screen. */
async function* payment(counter: Counter, display: Page): AsyncGenerator<ScreenSeen> {
  const { till, shop } = counter;
  const { page } = till;
  await page.keyboard.press("Space");
  await part(page, "pay-qr").waitFor();
  yield { name: "payment-choose", page };
  await stageOf(display, "choose-payment");
  yield { name: "display-choose", page: display };
  await type(page, "100");
  await until("the change is worked out", () => part(page, "cash-change").isVisible());
  yield { name: "payment-cash", page };
  await type(page, ["Backspace", "Backspace", "Backspace"]);

  await part(page, "pay-qr").click();
  await stageOf(display, "qr");
  await wordIs(page, "not-known");
  await part(page, "qr-copy").waitFor();
  yield { name: "payment-qr", page };
  yield { name: "display-qr", page: display };
  await part(page, "cancel-attempt").click();
  await wordIs(page, "not-paid");

  await shop.control("POST", "/gateway/script", { outcome: "code-expired", next: true });
  await scan(shop, await shop.paymentCode());
  await until(
    "the reason is there",
    async () => (await till.view()).payment?.attempt?.refusedReason === "code-expired",
  );
  await wordIs(page, "not-paid");
  yield { name: "not-paid", page };
  await stageOf(display, "not-paid");
  yield { name: "display-not-paid", page: display };

  await customerWill(shop, "password");
  await scan(shop, await shop.paymentCode());
  await until(
    "the password is asked",
    async () => (await till.view()).payment?.attempt?.phase === "customer-enters-password",
  );
  await wordIs(page, "not-known");
  yield { name: "payment-password", page };
  await stageOf(display, "paying");
  yield { name: "display-paying", page: display };
  await enterPassword(shop, true);
  await wordIs(page, "paid");
  await page.keyboard.press("Space");

  await fillCart(counter);
  await page.keyboard.press("Space");
  await part(page, "pay-qr").waitFor();
  await type(page, "200");
  await page.keyboard.press("Enter");
  await until("the receipt is out", async () => (await till.view()).payment?.done?.receipt === "printed");
  await part(page, "receipt-status").locator("xpath=self::*[@data-status='printed']").waitFor();
  yield { name: "payment-done", page };
  await stageOf(display, "paid");
  yield { name: "display-paid", page: display };
  await page.keyboard.press("Space");
  await part(page, "empty-cart").waitFor();
}

/** The manager's day and one of its sales. */
async function* managing({ till, managerId }: Counter): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await till.send("sign-out", {});
  await signIn(till, managerId);
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "sale-row").first().waitFor();
  yield { name: "manager-day", page };
  await part(page, "sale-row").first().click();
  await part(page, "paper").waitFor();
  yield { name: "manager-sale", page };
  await page.keyboard.press("Escape");
  await part(page, "paper").waitFor({ state: "detached" });
  yield* reportScreens(till);
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor({ state: "detached" });
}

/** What the till is set up with, and setting it up anew: each step, a wrong file, and the connection test. */
async function* settings({ till, shop }: Counter): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const { gateway } = shop.simulators.ready;
  await openSettings(page);
  await verdictOf(page);
  yield { name: "settings", page };
  await part(page, "setup-begin").click();
  await stepIs(page, "merchant");
  yield { name: "setup-merchant", page };
  await nextStep(page, "merchant-key");
  await chooseKey(till, "certificate", gateway.privateKeyPath);
  await part(page, "key-certificate").locator("xpath=self::*[@data-state='wrong']").waitFor();
  yield { name: "setup-wrong-file", page };
  await chooseKey(till, "certificate", gateway.v2.merchantCertificatePath);
  await part(page, "key-certificate").locator("xpath=self::*[@data-state='good']").waitFor();
  yield { name: "setup-merchant-key", page };
  await nextStep(page, "gateway-key");
  await part(page, "answers-both").click();
  await part(page, "key-api-v3-key").waitFor();
  yield { name: "setup-gateway-key", page };
  await part(page, "answers-public-key").click();
  await part(page, "key-api-v3-key").waitFor({ state: "detached" });
  await nextStep(page, "protocol");
  yield { name: "setup-protocol", page };
  await nextStep(page, "test");
  await verdictOf(page);
  yield { name: "setup-test", page };
  await part(page, "settings-leave").click();
  await part(page, "settings").waitFor({ state: "detached" });
  await till.send("setup-discard", {});
  yield* deviceScreens(till, shop);
}

async function stageOf(display: Page, stage: string): Promise<void> {
  await display.locator(`[data-testid=display][data-stage=${stage}]`).waitFor();
}

async function wordIs(page: Page, word: string): Promise<void> {
  await until(`the screen says ${word}`, async () => (await moneyWord(page)) === word);
}
