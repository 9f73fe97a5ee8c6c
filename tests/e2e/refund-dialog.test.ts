import { afterAll, beforeAll, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { readLedger } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { customerWill, scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* Money given back as a cashier does it: found by the paper or the phone, a manager's PIN, to the refund's own paper. */

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
  await till.page.setViewportSize({ width: 1_280, height: 800 });
  await beginSelling(till);
  await customerWill(shop, "pay");
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

interface Sold {
  readonly saleNumber: string;
  readonly saleId: string;
}

/** Two bottles, ¥7.00: `cashFen` of it in cash, the rest by phone. */
async function sell(cashFen: number): Promise<Sold> {
  await ringUp(till, barcode, barcode);
  await till.send("take-payment", {});
  if (cashFen > 0) await till.send("pay-cash", { receivedFen: cashFen });
  if (cashFen < 700) await scan(shop, await shop.paymentCode());
  const done = await until("the sale is done", async () => (await till.view()).payment?.done);
  await till.send("next-sale", {});
  await part(till.page, "payment").waitFor({ state: "detached" });
  return done;
}

async function outTradeNoOf(saleId: string): Promise<string> {
  const detail = await till.send("sale-detail", { saleId });
  const tender = detail.ok ? detail.value.sale.tenders.find(({ kind }) => kind === "wechat") : undefined;
  return tender?.kind === "wechat" ? tender.outTradeNo : "";
}

async function refundsOf(saleId: string) {
  const detail = await till.send("sale-detail", { saleId });
  return detail.ok ? detail.value.refunds : [];
}

/** The last paper the printer cut, as a person reads it. */
async function lastPaper(): Promise<readonly string[]> {
  const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
  return plainLines(papers.filter(({ complete }) => complete).at(-1)?.elements ?? [], 48);
}

async function typeManagersPin(): Promise<void> {
  await part(till.page, "approval").waitFor();
  await type(till.page, till.pins.get("manager-1") ?? "");
  await till.page.keyboard.press("Enter");
  await part(till.page, "approval").waitFor({ state: "detached" });
}

it("By mouse: a scanned receipt leads to the refund, cash leaves the drawer, and the paper says so", async () => {
  const { saleNumber, saleId } = await sell(700);
  await scan(shop, saleNumber);
  await part(till.page, "notice-refund").click();
  await part(till.page, "return-by-amount").click();
  await part(till.page, "refund-dialog").waitFor();
  for (const key of ["clear", "2", ".", "5", "0"]) {
    await part(till.page, "refund-dialog").locator(`[data-key="${key}"]`).click();
  }
  await part(till.page, "refund-reason-quality").click();
  await part(till.page, "refund-confirm").click();
  await typeManagersPin();
  await part(till.page, "refund-row").waitFor();
  expect(await part(till.page, "refund-row").getAttribute("data-word")).toBe("paid");
  const [refund] = await refundsOf(saleId);
  expect(refund).toMatchObject({ kind: "cash", amountFen: 250, reason: "商品质量", word: "paid" });
  const paper = await until("the paper is out", async () => {
    const lines = await lastPaper();
    return lines.some((line) => line.includes("退款单")) ? lines : null;
  });
  expect(paper.join("\n")).toMatch(
    /原单号 +T01-000001[\s\S]*退款单号 +T01-000001R1[\s\S]*现金退还 +￥2\.50[\s\S]*顾客签名/u,
  );
  await till.page.keyboard.press("Escape");
  expect((await till.view()).notices).toEqual([]);
});

it("By keys: F8, the number from the customer's bill, the amount, and the phone gets its money and the till its paper", async () => {
  const { saleId } = await sell(200);
  const outTradeNo = await outTradeNoOf(saleId);
  await till.page.keyboard.press("F8");
  await till.page.locator("[data-testid=find-sale-number]:focus").waitFor();
  await type(till.page, "T01-999999");
  await till.page.keyboard.press("Enter");
  await part(till.page, "find-sale").getByText("没有找到这一单").waitFor();
  await till.page.keyboard.press("Control+A");
  await type(till.page, outTradeNo);
  await till.page.keyboard.press("Enter");
  await part(till.page, "return-by-amount").focus();
  await till.page.keyboard.press("Enter");
  await part(till.page, "refund-dialog").waitFor();
  await until("WeChat Pay is chosen", async () => {
    const wechat = part(till.page, "refund-tender").filter({ hasText: "微信" });
    if ((await wechat.getAttribute("aria-pressed")) === "true") return true;
    await wechat.focus();
    await till.page.keyboard.press("Space");
    return false;
  });
  await part(till.page, "refund-amount").focus();
  await till.page.keyboard.press("Control+A");
  await type(till.page, "1.25");
  await part(till.page, "refund-reason").focus();
  await type(till.page, "abc");
  await till.page.keyboard.press("Enter");
  await typeManagersPin();
  await until("it is asked for", async () => (await refundsOf(saleId))[0]?.refundNo === `${outTradeNo}R1`);
  await until("the gateway gave it back", async () => {
    const { orders } = await readLedger(shop);
    return orders.find((order) => order.outTradeNo === outTradeNo)?.refundedFen === 125;
  });
  expect((await refundsOf(saleId))[0]).toMatchObject({ kind: "wechat", amountFen: 125, state: "processing" });

  // Another part of the same payment waits its minute, and says how long.
  await part(till.page, "refund").click();
  await part(till.page, "refund-tender").filter({ hasText: "微信" }).click();
  await part(till.page, "refund-wait").waitFor();
  expect(await part(till.page, "refund-confirm").isDisabled()).toBe(true);

  // A starting till asks at once what became of it.
  await till.kill();
  till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
  await beginSelling(till);
  await until("it is given back", async () => (await refundsOf(saleId))[0]?.word === "paid");
  const paper = await until("the paper is out", async () => {
    const lines = await lastPaper();
    return lines.some((line) => line.includes(`${outTradeNo}R1`)) ? lines : null;
  });
  expect(paper.join("\n")).toMatch(/微信支付退款 +￥1\.25[\s\S]*微信交易号末四位 +\d{4}[\s\S]*款项原路退回/u);
  const { orders } = await readLedger(shop);
  const order = orders.find((one) => one.outTradeNo === outTradeNo);
  expect(order).toMatchObject({ chargedFen: 500, refundedFen: 125, violations: [] });
});

it("Typed into the search, the gateway's own number finds the sale, and a number nobody knows is said to be unknown", async () => {
  const { saleId } = await sell(0);
  const detail = await till.send("sale-detail", { saleId });
  const tender = detail.ok ? detail.value.sale.tenders[0] : undefined;
  const transactionId = tender?.kind === "wechat" ? (tender.transactionId ?? "") : "";
  await till.page.keyboard.press("F2");
  await type(till.page, transactionId);
  await part(till.page, "search-sale").waitFor();
  await till.page.keyboard.press("Enter");
  await part(till.page, "return-dialog").waitFor();
  await till.page.keyboard.press("Escape");
  await part(till.page, "sale-dialog").waitFor();
  await till.page.keyboard.press("Escape");
  await part(till.page, "sale-dialog").waitFor({ state: "detached" });
  await till.page.keyboard.press("F2");
  await type(till.page, "4200000000000000000000000000");
  await part(till.page, "search-sale").waitFor();
  await till.page.keyboard.press("Enter");
  await part(till.page, "trouble").waitFor();
  expect(await part(till.page, "trouble").innerText()).toContain("没有找到这一单");
});
