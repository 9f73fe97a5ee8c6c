import { afterAll, beforeAll, expect, it } from "vitest";
import { readLedger } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { customerWill, scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";

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

async function must<T>(asked: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false }>): Promise<T> {
  const result = await asked;
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

it("Money on its way back when the power goes arrives once and is booked once, under the number it was stored with", async () => {
  await customerWill(shop, "pay");
  await ringUp(till, barcode);
  await must(till.send("take-payment", {}));
  await scan(shop, await shop.paymentCode());
  await until("the sale is done", async () => (await till.view()).payment?.stage === "done");
  const { lastSales } = await till.view();
  const saleId = lastSales[0]?.saleId ?? "";
  const { refundable } = await must(till.send("sale-detail", { saleId }));
  const approvalPin = till.pins.get("manager-1") ?? "";
  const request = { requestId: "the-key", saleId, tenderId: refundable[0]?.tenderId ?? "", amountFen: 200, reason: "" };
  const refund = await must(till.send("refund-sale", { ...request, approvalPin }));
  expect(refund).toMatchObject({ kind: "wechat", amountFen: 200, word: "not-known" });
  await till.kill();

  till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
  await beginSelling(till);
  // The gateway takes five seconds to give the money back; each start asks at once, the running till every minute.
  await until("the gateway has given it back", async () => (await readLedger(shop)).orders[0]?.refundedFen === 200);
  await till.kill();
  till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
  await beginSelling(till);
  const end = await until("the till knows", async () => {
    const { refunds } = await must(till.send("sale-detail", { saleId }));
    return refunds.find(({ word }) => word === "paid");
  });
  expect(end).toMatchObject({ refundNo: refund.refundNo, state: "succeeded" });
  expect(await must(till.send("refund-sale", { ...request, approvalPin }))).toMatchObject({ refundNo: end.refundNo });
  const { orders } = await readLedger(shop);
  expect(orders[0]).toMatchObject({ chargedFen: 350, refundedFen: 200, violations: [] });
  expect(orders[0]?.refunds).toHaveLength(1);
});
