import type { Page } from "playwright";
import { readBooks } from "#tests/support/books.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, moneyWord, part, totalOnScreen, type } from "#tests/support/sale-screen.ts";
import { type OpenPackage, startPatienceMs } from "./open-packaged.ts";

/** One sale, as the screen, the books and the paper say. */
export interface SoldOnce {
  readonly number: string;
  readonly totalFen: number;
  readonly isInBooks: boolean;
  readonly isOnPaper: boolean;
}

export interface Sold {
  readonly cash: SoldOnce;
  readonly wechatPay: SoldOnce;
}

/** Signs in, opens a shift, and sells one item for cash and one by the customer's payment code, on the twins of the demo store. */
export async function sellOnTwins(till: OpenPackage, dataDir: string): Promise<Sold> {
  const page = await till.window("index.html");
  const bench = await till.window("bench.html");
  const pin = await until(
    "the cashier's PIN",
    () => /\(cashier-1\) PIN (\d+)/.exec(till.console())?.[1],
    startPatienceMs,
  );
  await part(page, "demo-pin").first().waitFor();
  await type(page, pin);
  await page.keyboard.press("Enter");
  await part(page, "open-shift").waitFor();
  await type(page, "200");
  await page.keyboard.press("Enter");
  await part(page, "empty-cart").waitFor();

  const cash = await sellOne({ page, bench, dataDir }, () => page.keyboard.press("+"));
  const wechatPay = await sellOne({ page, bench, dataDir }, async () => {
    await bench.locator("[data-testid=behaviour-pay]").click();
    await part(bench, "phone-present").click();
    await until("the till says paid", async () => (await moneyWord(page)) === "paid");
  });
  return { cash, wechatPay };
}

type Counter = { readonly page: Page; readonly bench: Page; readonly dataDir: string };

async function sellOne({ page, bench, dataDir }: Counter, pay: () => Promise<unknown>): Promise<SoldOnce> {
  await bench.locator("[data-testid^=shelf-]").first().click();
  await linesOnScreen(page, 1);
  const totalFen = await totalOnScreen(page);
  await page.keyboard.press("Space");
  await part(page, "payment").waitFor();
  await part(page, "pay-qr").waitFor();
  await pay();
  await part(page, "done").waitFor();
  const number = await part(page, "sale-number").innerText();
  const isOnPaper = await until("the receipt is on the simulated paper", async () =>
    (await part(bench, "papers").innerText()).includes(number),
  );
  const isInBooks = readBooks(dataDir).sales.at(-1)?.totalFen === totalFen && totalFen > 0;
  await page.keyboard.press("Space");
  await part(page, "empty-cart").waitFor();
  return { number, totalFen, isInBooks, isOnPaper };
}
