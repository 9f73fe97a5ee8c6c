import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { moneyByPayment, readBooks, readLedger } from "#tests/support/books.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { moneyWord, part, totalOnScreen, watchMoneyWords } from "#tests/support/sale-screen.ts";
import { allPaymentsEnd, customerWill, enterPassword, scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";
const totalFen = 350;

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

afterEach(async () => {
  await shop.control("POST", "/gateway/script/clear");
  await allPaymentsEnd(till);
  // Whatever a test left in the cart is paid in cash, so that the next one begins with an empty cart.
  if ((await till.view()).sale.lines.length > 0) {
    await till.send("take-payment", {});
    await till.send("pay-cash", { receivedFen: totalFen });
  }
  await till.send("next-sale", {});

  const { charged, booked } = await moneyByPayment(shop);
  expect(booked).toEqual(charged);
  const broken = (await readLedger(shop)).orders.flatMap((order) => order.violations.map(({ rule }) => rule));
  // The 15 s before a reverse are shortened for the tests, which the gateway rightly notes.
  expect(broken.filter((rule) => rule !== "reversed-too-soon")).toEqual([]);
});

/** Scans an item, opens the payment with the space bar and scans the customer's code. */
async function payByCode(): Promise<{ readonly words: () => Promise<readonly string[]> }> {
  await scan(shop, barcode);
  await until("the item is on the screen", async () => (await totalOnScreen(till.page)) === totalFen);
  await till.page.keyboard.press("Space");
  await until("the payment is open", () => part(till.page, "payment").isVisible());
  const words = await watchMoneyWords(till.page);
  await scan(shop, await shop.paymentCode());
  return { words };
}

async function wordBecomes(word: string): Promise<void> {
  await until(`the screen says ${word}`, async () => (await moneyWord(till.page)) === word);
}

describe("A customer's payment code, scanned while the payment is open,", () => {
  it("is paid at once when the phone pays without asking", async () => {
    await customerWill(shop, "pay");
    const before = readBooks(shop.dataDir).sales.length;
    await payByCode();
    await wordBecomes("paid");

    expect(await part(till.page, "done").isVisible()).toBe(true);
    expect(
      readBooks(shop.dataDir)
        .sales.slice(before)
        .map((sale) => sale.totalFen),
    ).toEqual([totalFen]);
    const { charged } = await moneyByPayment(shop);
    expect(Object.values(charged)).toEqual([totalFen]);
  });

  it("is paid after the customer has entered the password; until then nobody says whether", async () => {
    await customerWill(shop, "password");
    const { words } = await payByCode();
    await until("the screen asks for the password", () =>
      part(till.page, "money-word").getByText("请顾客在手机上输入密码").isVisible(),
    );
    expect(await moneyWord(till.page)).toBe("not-known");
    expect(await part(till.page, "pay-cash").count()).toBe(0);

    await enterPassword(shop, true);
    await wordBecomes("paid");
    expect(await words()).toEqual(["not-known", "paid"]);
  });

  it("is refused for lack of money in the cashier's words, and the sale can be paid another way", async () => {
    await customerWill(shop, "not-enough");
    const before = readBooks(shop.dataDir).sales.length;
    await payByCode();
    await wordBecomes("not-paid");

    await until("the reason stands there", () => part(till.page, "money-word").getByText("顾客余额不足").isVisible());
    expect(readBooks(shop.dataDir).sales).toHaveLength(before);
    await part(till.page, "cash-quick").first().click();
    await wordBecomes("paid");
    expect(readBooks(shop.dataDir).tenders.at(-1)).toEqual({ kind: "cash", amountFen: totalFen, outTradeNo: null });
  });

  it("is not paid when the customer taps cancel instead of typing the password", async () => {
    await customerWill(shop, "password");
    const { words } = await payByCode();
    await enterPassword(shop, false);
    await wordBecomes("not-paid");
    expect(await words()).toEqual(["not-known", "not-paid"]);
  });

  it("is reversed when the customer never answers", async () => {
    await customerWill(shop, "ignore");
    const { words } = await payByCode();
    await wordBecomes("not-paid");

    expect(await words()).toEqual(["not-known", "not-paid"]);
    expect(await part(till.page, "money-word").innerText()).toContain("已撤销，没有收到钱");
    expect((await readLedger(shop)).orders.at(-1)).toMatchObject({ chargedFen: 0, state: "REVOKED" });
    expect(readBooks(shop.dataDir).attempts.at(-1)).toMatchObject({ kind: "codepay", state: "reversed" });
  });

  it("is reversed and given back when it was charged, WeChat Pay did not say so, and the cashier cancelled", async () => {
    await shop.control("POST", "/gateway/script", { outcome: "never-answered-but-charged", next: true });
    const { words } = await payByCode();
    await until("the customer is charged", async () => (await readLedger(shop)).orders.at(-1)?.chargedFen === totalFen);
    await wordBecomes("not-known");
    await part(till.page, "cancel-attempt").click();
    await wordBecomes("not-paid");

    expect(await words()).toEqual(["not-known", "not-paid"]);
    expect(await part(till.page, "money-word").innerText()).toContain("付过的钱已退还顾客");
    expect((await readLedger(shop)).orders.at(-1)).toMatchObject({ chargedFen: totalFen, refundedFen: totalFen });
  });
});
