import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright";
import { moneyByPayment, readBooks, readLedger } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, moneyWord, part, totalOnScreen, type } from "#tests/support/sale-screen.ts";
import { readQr } from "#tests/support/read-qr.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let shop: Shop;
let till: TillUnderTest;
let display: Page;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
  display = await till.window("display.html");
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

/** What a phone's camera reads off the customer display. */
async function readDisplay(): Promise<string | null> {
  return readQr(await display.screenshot());
}

async function showQr(): Promise<string> {
  await ringUp(till, "6920536012350");
  await until("the item is on the screen", async () => (await totalOnScreen(till.page)) === 350);
  await till.page.keyboard.press("Space");
  await part(till.page, "pay-qr").click();
  return await until("the customer display shows a QR code", readDisplay);
}

describe("A QR code on the customer display", () => {
  it("is read from a picture of the screen and paid by the phone that read it", async () => {
    const codeUrl = await showQr();
    expect(codeUrl).toMatch(/^weixin:\/\//);
    expect(await moneyWord(till.page)).toBe("not-known");

    expect(await shop.control("POST", "/wallet/scan-qr", { codeUrl })).toMatchObject({ amountFen: 350 });
    await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
    await until("the till says paid", async () => (await moneyWord(till.page)) === "paid");

    await until(
      "the customer is thanked",
      async () => (await part(display, "display").getAttribute("data-stage")) === "paid",
    );
    expect(await readDisplay()).toBeNull();
    const { charged, booked } = await moneyByPayment(shop);
    expect(Object.values(charged)).toEqual([350]);
    expect(booked).toEqual(charged);
    await till.page.keyboard.press("Space");
  });

  it("is taken away by cancel, which closes the order first, so that nobody can pay it any more", async () => {
    const codeUrl = await showQr();
    await part(till.page, "cancel-attempt").click();
    await until("the till says not paid", async () => (await moneyWord(till.page)) === "not-paid");

    const order = (await readLedger(shop)).orders.at(-1);
    expect(order).toMatchObject({ kind: "native", state: "CLOSED", chargedFen: 0 });
    await expect(shop.control("POST", "/wallet/scan-qr", { codeUrl })).rejects.toThrow(
      "The shop has closed this order.",
    );
    await until("the QR code is gone from the display", async () => (await readDisplay()) === null);

    await part(till.page, "cash-quick").first().click();
    await until("it is paid in cash", async () => (await moneyWord(till.page)) === "paid");
    expect(readBooks(shop.dataDir).tenders.map((tender) => tender.kind)).toEqual(["wechat", "cash"]);
    await till.page.keyboard.press("Space");
  });

  it("takes the part of a split that main holds, also after the window was loaded again", async () => {
    await ringUp(till, "6920536012350", "6920536012350", "6910111010871");
    await linesOnScreen(till.page, 2);
    await till.page.keyboard.press("Space");
    await part(till.page, "pay-qr").waitFor();
    await till.page.keyboard.press("/");
    await part(till.page, "split").waitFor();
    await type(till.page, "1.20");
    await till.page.keyboard.press("Enter");
    await part(till.page, "split-clear").waitFor();

    await till.page.reload();
    await part(till.page, "split-clear").waitFor();
    await part(till.page, "pay-qr").click();
    const codeUrl = await until("the customer display shows a QR code", readDisplay);
    expect(await shop.control("POST", "/wallet/scan-qr", { codeUrl })).toMatchObject({ amountFen: 120 });

    const current = (await till.view()).sale.currentLineId;
    await part(till.page, "cart-line").first().click();
    await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
    await until("the part is paid", async () => (await till.view()).payment?.stage === "choose");
    expect(await part(till.page, "trouble").count(), "a tap on the cart says nothing meanwhile").toBe(0);
    expect((await till.view()).sale.currentLineId).toBe(current);
    await part(till.page, "pay-split").waitFor();
  });
});
