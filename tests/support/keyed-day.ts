import { type byKeyboard, pressOn } from "./by-keyboard.ts";
import { focusIsOn, focusOn } from "./focus-walk.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { moneyWord, part, type } from "./sale-screen.ts";
import { approveWith } from "./shift-screens.ts";
import type { Shop } from "./shop.ts";

/** Coca-Cola, 500 ml at ¥3.50 and 1.25 l at ¥7.00. */
const cola = "6920536012350";
export const dearer = "6920536014200";

/** A till without a hand, in its shop, and what hindered whoever sits before it. */
export interface Keyed {
  readonly shop: Shop;
  readonly till: Awaited<ReturnType<typeof byKeyboard>>;
  readonly hindrances: string[];
  see(screen: string): Promise<void>;
}

/** The arrows to the person, the PIN, Enter. */
export async function signIn({ page, pins }: TillUnderTest, id: string): Promise<void> {
  const pin = await until(`the PIN of ${id}`, () => pins.get(id));
  const tile = page.locator(`[data-testid=person][data-person-id=${id}]`);
  await until("the person is chosen", async () => {
    if ((await tile.getAttribute("aria-pressed")) === "true") return true;
    await page.keyboard.press("ArrowRight");
    return false;
  });
  await type(page, pin);
  await page.keyboard.press("Enter");
}

export async function openShift({ page }: TillUnderTest): Promise<void> {
  await focusIsOn(page, "amount-input");
  await type(page, "200");
  await page.keyboard.press("Enter");
  await part(page, "empty-cart").waitFor();
}

/** A barcode typed and rung up. */
export async function key(page: TillUnderTest["page"], ...barcodes: readonly string[]): Promise<void> {
  for (const barcode of barcodes) {
    const before = await part(page, "cart").getAttribute("data-scan-count");
    await type(page, barcode);
    await page.keyboard.press("Enter");
    await until("it was rung up", async () => (await part(page, "cart").getAttribute("data-scan-count")) !== before);
  }
}

/** Opens it by its key, walks over it, and leaves it by Esc; the focus is then where it was. */
export async function lookInto({ till, see }: Keyed, keyName: string, dialog: string): Promise<void> {
  const { page } = till;
  const before = await focusOn(page);
  await page.keyboard.press(keyName);
  await part(page, dialog).waitFor();
  await see(dialog);
  await page.keyboard.press("Escape");
  await part(page, dialog).waitFor({ state: "detached" });
  await focusIsOn(page, before);
}

/** A code shown and taken away again, then cash. */
export async function pay({ till, see }: Keyed): Promise<void> {
  const { page } = till;
  const { keyboard } = page;
  await keyboard.press("Space");
  await part(page, "pay-qr").waitFor();
  await see("payment-choose");
  await keyboard.press("-");
  await part(page, "static-code").waitFor();
  await see("static-code");
  await keyboard.press("Escape");
  await part(page, "static-code").waitFor({ state: "detached" });
  await keyboard.press("*");
  await part(page, "qr-copy").waitFor();
  await see("payment-qr");
  await keyboard.press("Escape");
  await until("it is taken away", async () => (await moneyWord(page)) === "not-paid");
  await see("not-paid");
  await type(page, "100");
  await keyboard.press("Enter");
  await part(page, "done").waitFor();
  await see("payment-done");
  await keyboard.press("Space");
  await part(page, "empty-cart").waitFor();
}

export async function voidSale({ till, see }: Keyed, pin: string): Promise<void> {
  const { page } = till;
  await key(page, cola);
  await page.keyboard.press("Shift+Delete");
  await part(page, "void-sale").waitFor();
  await see("void-sale");
  // Enter means "cancel" there: throwing a basket away takes a second thought.
  await pressOn(page, part(page, "void-sale-confirm"));
  await part(page, "approval").waitFor();
  await see("approval");
  await approveWith(page, pin);
  await part(page, "empty-cart").waitFor();
}

/** Two bottles sold for exact cash; answers the number on the receipt. */
export async function sellTwo(till: TillUnderTest): Promise<string> {
  const { page } = till;
  await key(page, cola, cola);
  await page.keyboard.press("Space");
  await part(page, "pay-qr").waitFor();
  await page.keyboard.press("+");
  const { saleNumber } = await until("it is sold", async () => (await till.view()).payment?.done);
  await part(page, "done").waitFor();
  await page.keyboard.press("Space");
  await part(page, "empty-cart").waitFor();
  return saleNumber;
}

async function findSale({ till, see }: Keyed, saleNumber: string): Promise<void> {
  const { page } = till;
  await page.keyboard.press("F8");
  await focusIsOn(page, "find-sale-number");
  await see("find-sale");
  await focusIsOn(page, "find-sale-number");
  await type(page, saleNumber);
  await page.keyboard.press("Enter");
  await part(page, "return-dialog").waitFor();
}

export async function refund(keyed: Keyed, pin: string): Promise<void> {
  const { page } = keyed.till;
  await findSale(keyed, await sellTwo(keyed.till));
  await page.keyboard.press("+");
  await amountIs(page, 350);
  await keyed.see("return-chosen");
  await page.keyboard.press("Enter");
  await approveWith(page, pin);
  await part(page, "refund-row").waitFor();
  await keyed.see("sale-dialog");
  await page.keyboard.press("Escape");
  await part(page, "sale-dialog").waitFor({ state: "detached" });
}

export async function exchange(keyed: Keyed, pin: string): Promise<void> {
  const { page } = keyed.till;
  const { keyboard } = page;
  await findSale(keyed, await sellTwo(keyed.till));
  await type(page, ["*"]);
  await amountIs(page, 700);
  await keyboard.press("F6");
  await approveWith(page, pin);
  await part(page, "exchange").waitFor();
  await key(page, dearer);
  await keyed.see("exchange-even");
  await keyboard.press("Space");
  await part(page, "done").waitFor();
  await keyboard.press("Space");
  await part(page, "empty-cart").waitFor();
}

async function amountIs(page: TillUnderTest["page"], amountFen: number): Promise<void> {
  const shown = part(page, "return-amount");
  await until("the plan is there", async () => (await shown.getAttribute("data-fen")) === String(amountFen));
}
