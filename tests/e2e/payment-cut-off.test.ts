import { afterEach, describe, expect, it } from "vitest";
import { moneyByPayment, readBooks, readLedger } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openShop, quickTiming, type Shop } from "#tests/support/shop.ts";

// Coca-Cola 500 ml ¥3.50 and its pack of six, ¥21.00.
const barcodes = ["6920536012350", "6920536012725"];
const totalFen = 2_450;

let shop: Shop;
let till: TillUnderTest;

afterEach(async () => {
  await till.close();
  await shop.close();
});

/** `codepayDeadlineMs` is when the till stops hoping and takes the money back. */
async function openWith(codepayDeadlineMs: number): Promise<void> {
  shop = await openShop({}, { ...quickTiming, codepayDeadlineMs });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
}

/** Pays by code against a gateway that keeps silent, and pulls the plug once the request has arrived there. */
async function dieBeforeTheAnswer(outcome: "never-answered" | "never-answered-but-charged"): Promise<string> {
  await shop.control("POST", "/gateway/script", { outcome, next: true });
  await ringUp(till, ...barcodes);
  await till.send("take-payment", {});
  await ringUp(till, await shop.paymentCode());
  const order = await until("the pay request is at the gateway", async () => (await readLedger(shop)).orders[0]);
  await till.kill();
  expect(readBooks(shop.dataDir).sales).toEqual([]);
  return order.outTradeNo;
}

/** Starts again with WeChat Pay out of reach, so that the open attempt is seen before it is resolved. */
async function startAgainOffline(): Promise<void> {
  await shop.control("POST", "/gateway/offline", { offline: true });
  till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
}

describe("A till that dies between asking for the money and the answer", () => {
  it("finishes the sale at the next start when the customer was charged, once", async () => {
    await openWith(120_000);
    const outTradeNo = await dieBeforeTheAnswer("never-answered-but-charged");
    await startAgainOffline();

    const before = await till.view();
    expect(before.openAttempts.map((attempt) => [attempt.outTradeNo, attempt.word])).toEqual([
      [outTradeNo, "not-known"],
    ]);
    expect(before.payment?.stage).toBe("wechat");
    await beginSelling(till);
    expect(await till.send("pay-cash", { receivedFen: totalFen })).toEqual({
      ok: false,
      fault: { kind: "payment-under-way" },
    });
    expect(await till.send("scan", { text: await shop.paymentCode(), by: "typed" })).toEqual({
      ok: false,
      fault: { kind: "payment-under-way" },
    });

    await shop.control("POST", "/gateway/offline", { offline: false });
    await until("the payment is resolved", async () => (await till.view()).openAttempts.length === 0);

    const { payment, sale } = await till.view();
    expect(payment?.done).toMatchObject({ totalFen, changeFen: 0 });
    expect(sale.lines).toEqual([]);
    const books = readBooks(shop.dataDir);
    expect(books.sales.map((one) => one.totalFen)).toEqual([totalFen]);
    expect(books.tenders).toEqual([{ kind: "wechat", amountFen: totalFen, outTradeNo }]);
    expect(await moneyByPayment(shop)).toEqual({
      charged: { [outTradeNo]: totalFen },
      booked: { [outTradeNo]: totalFen },
    });
  });

  it("gives the sale back unpaid at the next start when the customer was not charged", async () => {
    await openWith(quickTiming.codepayDeadlineMs);
    const outTradeNo = await dieBeforeTheAnswer("never-answered");
    await startAgainOffline();
    expect((await till.view()).openAttempts.map((attempt) => attempt.outTradeNo)).toEqual([outTradeNo]);

    await shop.control("POST", "/gateway/offline", { offline: false });
    await until("the payment is resolved", async () => (await till.view()).openAttempts.length === 0);

    const { payment, sale } = await till.view();
    expect(payment?.attempt?.word).toBe("not-paid");
    expect(sale.totalFen).toBe(totalFen);
    expect(readBooks(shop.dataDir).sales).toEqual([]);
    expect(await moneyByPayment(shop)).toEqual({ charged: {}, booked: {} });

    await beginSelling(till);
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: totalFen })).toEqual({ ok: true, value: null });
    expect(readBooks(shop.dataDir).sales.map((one) => one.totalFen)).toEqual([totalFen]);
    expect(await moneyByPayment(shop)).toEqual({ charged: {}, booked: {} });
  });
});
