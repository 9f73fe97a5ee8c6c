import type { ScreenSeen } from "./every-screen.ts";
import { ringUp, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { linesOnScreen, part, type } from "./sale-screen.ts";

// Coca-Cola 500 ml at ¥3.50, and 1.25 l at ¥7.00.
const cola = "6920536012350";
const dearer = "6920536014200";

/** Goods that come back and goods that are exchanged, on a till at which a manager sells; its cart is empty again after. */
export async function* returnScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const at = (name: string): ScreenSeen => ({ name, page });
  const saleNumber = await sell(till);

  await page.keyboard.press("F8");
  await page.locator("[data-testid=find-sale-number]:focus").waitFor();
  await part(page, "search-open").click();
  await part(page, "search-total").fill("17.50");
  await page.keyboard.press("Enter");
  await part(page, "search-row").first().waitFor();
  yield at("return-search");
  await part(page, "search-row").first().click();
  await part(page, "return-dialog").waitFor();
  yield at("return-nothing-chosen");
  await type(page, ["+", "d"]);
  await amountIs(till, 350);
  yield at("return-chosen");
  await page.keyboard.press("Enter");
  await part(page, "refund-row").waitFor();
  await page.keyboard.press("Escape");
  await part(page, "sale-dialog").waitFor({ state: "detached" });

  await page.keyboard.press("F8");
  await page.locator("[data-testid=find-sale-number]:focus").waitFor();
  await type(page, saleNumber);
  await page.keyboard.press("Enter");
  await part(page, "return-dialog").waitFor();
  await type(page, ["*"]);
  await amountIs(till, 1_400);
  yield at("return-some-are-back");
  await page.keyboard.press("F6");
  await part(page, "exchange").waitFor();
  yield at("exchange-begun");
  await ringUp(till, dearer);
  await linesOnScreen(page, 1);
  yield at("exchange-back");
  await ringUp(till, dearer, dearer);
  await until("the difference is due", async () => (await till.view()).sale.exchange?.dueFen === 700);
  yield at("exchange-due");
  await till.send("void-line", { lineId: (await till.view()).sale.lines[0]?.lineId ?? "" });
  await ringUp(till, dearer);
  await page.keyboard.press("Space");
  await part(page, "done").waitFor();
  yield at("exchange-done");
  await page.keyboard.press("Space");
  await part(page, "done").waitFor({ state: "detached" });
}

/** Five bottles for cash, ¥17.50. */
async function sell(till: TillUnderTest): Promise<string> {
  await ringUp(till, cola, cola, cola, cola, cola);
  await till.send("take-payment", {});
  await till.send("pay-cash", { receivedFen: 1_750 });
  const done = await until("the sale is done", async () => (await till.view()).payment?.done);
  await till.send("next-sale", {});
  await part(till.page, "payment").waitFor({ state: "detached" });
  return done.saleNumber;
}

async function amountIs({ page }: TillUnderTest, amountFen: number): Promise<void> {
  const shown = part(page, "return-amount");
  await until("the plan is there", async () => (await shown.getAttribute("data-fen")) === String(amountFen));
}
