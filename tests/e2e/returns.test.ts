import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { demoItems } from "#tests/support/demo-items.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, totalOnScreen, type } from "#tests/support/sale-screen.ts";
import { customerWill, scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { arePicturesWanted, pictureIfWanted } from "#tests/support/wanted-pictures.ts";

/* Goods that come back, and goods that are exchanged, as a cashier does it: by keys alone and by finger, to the paper. */

// Coca-Cola 500 ml, ¥3.50.
const cola = "6920536012350";
const dearer = demoItems(400).find(({ priceFen }) => priceFen > 700 && priceFen < 3_000);

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

/** Two bottles, ¥7.00: `cashFen` of it in cash, the rest by phone. */
async function sell(cashFen: number): Promise<{ readonly saleNumber: string; readonly saleId: string }> {
  await ringUp(till, cola, cola);
  await till.send("take-payment", {});
  if (cashFen > 0) await till.send("pay-cash", { receivedFen: cashFen });
  if (cashFen < 700) await scan(shop, await shop.paymentCode());
  const done = await until("the sale is done", async () => (await till.view()).payment?.done);
  await till.send("next-sale", {});
  await part(till.page, "payment").waitFor({ state: "detached" });
  return done;
}

const sizes = [
  [1_280, 800],
  [1_920, 1_080],
] as const;

/**
 * Nothing a screen reader stumbles over, nothing sticks out; and a picture where they are wanted, then in both sizes. A
 * look takes seconds, and the walk of every screen takes the others.
 */
async function looksRight(name: string): Promise<void> {
  for (const [width, height] of arePicturesWanted ? sizes : sizes.slice(0, 1)) {
    await till.page.setViewportSize({ width, height });
    const seen = await lookAt(till.page);
    expect([seen.barriers, seen.isTooWide]).toEqual([[], false]);
    await pictureIfWanted(till.page, `returns/${name}.${width}x${height}`);
  }
  await till.page.setViewportSize({ width: 1_280, height: 800 });
}

async function inBothLanguages(name: string): Promise<void> {
  await looksRight(`${name}.zh-CN`);
  await till.send("set-locale", { locale: "en" });
  await looksRight(`${name}.en`);
  await till.send("set-locale", { locale: "zh-CN" });
}

async function typeManagersPin(): Promise<void> {
  await part(till.page, "approval").waitFor();
  await type(till.page, till.pins.get("manager-1") ?? "");
  await till.page.keyboard.press("Enter");
  await part(till.page, "approval").waitFor({ state: "detached" });
}

async function paperWith(words: string): Promise<string> {
  return until(`the paper with ${words} is out`, async () => {
    const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
    const whole = papers.filter(({ complete }) => complete).at(-1);
    const text = plainLines(whole?.elements ?? [], 48).join("\n");
    return text.includes(words) ? text : null;
  });
}

async function findByKeys(saleNumber: string): Promise<void> {
  await till.page.keyboard.press("F8");
  await till.page.locator("[data-testid=find-sale-number]:focus").waitFor();
  await type(till.page, saleNumber);
  await till.page.keyboard.press("Enter");
  await part(till.page, "return-dialog").waitFor();
}

const amountShown = () => part(till.page, "return-amount").getAttribute("data-fen");

describe("Goods that come back", () => {
  it("by keys alone: found by number, one of two chosen, damaged, and cash leaves the drawer with a paper", async () => {
    const { saleNumber, saleId } = await sell(700);
    await findByKeys(saleNumber);
    expect(await part(till.page, "return-confirm").isDisabled()).toBe(true);
    await type(till.page, ["+", "+", "+", "-", "d"]);
    await until("the plan is there", async () => (await amountShown()) === "350");
    expect(await part(till.page, "return-part").count()).toBe(1);
    await inBothLanguages("return-chosen");
    await till.page.keyboard.press("Enter");
    await typeManagersPin();
    await part(till.page, "sale-dialog").waitFor();
    await part(till.page, "refund-row").waitFor();
    const paper = await paperWith("退货单");
    expect(paper).toMatch(/原单号 +T01-000001[\s\S]*可口可乐[\s\S]*-1 +-3\.50[\s\S]*退款 +￥3\.50[\s\S]*顾客签名/u);
    await till.page.keyboard.press("Escape");
    const outlook = await till.send("return-outlook", { saleId });
    expect(outlook).toMatchObject({ value: { lines: [{ sold: 2_000, returned: 1_000, remaining: 1_000 }] } });
  });

  it("by finger: the rest of what was sold and not a bottle more, and the phone gets back what it paid", async () => {
    const { saleNumber, saleId } = await sell(200);
    await scan(shop, saleNumber);
    await part(till.page, "notice-refund").click();
    await part(till.page, "return-all").click();
    await until("the plan is there", async () => (await amountShown()) === "700");
    expect(await part(till.page, "return-more").isDisabled()).toBe(true);
    expect(await part(till.page, "return-part").count()).toBe(2);
    await part(till.page, "return-reason-quality").click();
    await inBothLanguages("return-two-ways");
    await part(till.page, "return-confirm").click();
    await typeManagersPin();
    const detail = await until("both are asked for", async () => {
      const now = await till.send("sale-detail", { saleId });
      return now.ok && now.value.refunds.length === 2 ? now.value : null;
    });
    expect(detail.refunds.map(({ kind, amountFen, reason }) => [kind, amountFen, reason])).toEqual([
      ["wechat", 500, "商品质量"],
      ["cash", 200, "商品质量"],
    ]);
    await till.page.keyboard.press("Escape");
    const again = await till.send("plan-return", { saleId, lines: [{ lineNumber: 1, quantity: 1_000 }] });
    expect(again).toEqual({ ok: false, fault: { kind: "return-over-line", lineNumber: 1, remaining: 0 } });
  });

  it("without a receipt are found by the day and what they cost", async () => {
    await till.page.keyboard.press("F8");
    await part(till.page, "search-open").click();
    await part(till.page, "search-sales").waitFor();
    await till.page.keyboard.press("Enter");
    await part(till.page, "trouble").waitFor();
    await part(till.page, "search-total").fill("7.00");
    await till.page.keyboard.press("Enter");
    await part(till.page, "search-row").first().waitFor();
    expect(await part(till.page, "search-row").count()).toBe(2);
    await inBothLanguages("return-search");
    await part(till.page, "search-row").last().click();
    await part(till.page, "return-dialog").waitFor();
    await until("a bottle is left", async () => (await part(till.page, "return-line").count()) === 1);
    await till.page.keyboard.press("Escape");
    await till.page.keyboard.press("Escape");
  });
});

describe("Goods that are exchanged", () => {
  it("for dearer ones in one basket by keys: the customer pays the difference, and one receipt shows both", async () => {
    const { saleNumber, saleId } = await sell(700);
    await findByKeys(saleNumber);
    await type(till.page, ["*"]);
    await until("the plan is there", async () => (await amountShown()) === "700");
    await till.page.keyboard.press("F6");
    await typeManagersPin();
    await part(till.page, "exchange").waitFor();
    await inBothLanguages("exchange-begun");
    await ringUp(till, dearer?.barcode ?? "");
    const dueFen = (dearer?.priceFen ?? 0) - 700;
    await until("the difference is on the screen", async () => (await totalOnScreen(till.page)) === dueFen);
    await inBothLanguages("exchange-due");
    await till.page.keyboard.press("Space");
    await part(till.page, "payment").waitFor();
    expect(await part(till.page, "left-to-pay").getAttribute("data-fen")).toBe(String(dueFen));
    await till.send("pay-cash", { receivedFen: dueFen });
    const done = await until("the sale is done", async () => (await till.view()).payment?.done);
    await paperWith("换货抵扣");
    const detail = await till.send("sale-detail", { saleId: done.saleId });
    const text = JSON.stringify(detail.ok ? detail.value.receipt.lines : []);
    expect(text).toContain("换货退回");
    await till.send("next-sale", {});
    const outlook = await till.send("return-outlook", { saleId });
    expect(outlook).toMatchObject({ value: { earlier: [{ exchangedFor: done.saleNumber }] } });
  });

  it("for cheaper ones: the pay key finishes it, and what is over goes back to the phone", async () => {
    const { saleNumber, saleId } = await sell(0);
    await findByKeys(saleNumber);
    await type(till.page, ["*"]);
    await until("the plan is there", async () => (await amountShown()) === "700");
    await part(till.page, "return-exchange").click();
    await typeManagersPin();
    await part(till.page, "exchange").waitFor();
    await ringUp(till, cola);
    await until("what goes back is on the screen", async () => (await totalOnScreen(till.page)) === 350);
    await inBothLanguages("exchange-back");
    await till.page.keyboard.press("Space");
    await part(till.page, "done").waitFor();
    expect(await part(till.page, "change").getAttribute("data-back")).toBe("350");
    await inBothLanguages("exchange-done");
    await till.page.keyboard.press("Space");
    const detail = await till.send("sale-detail", { saleId });
    expect(detail.ok ? detail.value.refunds.map(({ kind, amountFen }) => [kind, amountFen]) : []).toEqual([
      ["cash", 350],
      ["wechat", 350],
    ]);
  });

  it("survive a power cut in the cart, and can be taken out again", async () => {
    const { saleNumber } = await sell(700);
    await findByKeys(saleNumber);
    await type(till.page, ["+"]);
    await until("the plan is there", async () => (await amountShown()) === "350");
    await till.page.keyboard.press("F6");
    await typeManagersPin();
    await part(till.page, "exchange").waitFor();
    await till.kill();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await till.page.setViewportSize({ width: 1_280, height: 800 });
    await beginSelling(till);
    await part(till.page, "exchange").waitFor();
    await part(till.page, "exchange-drop").click();
    await part(till.page, "exchange").waitFor({ state: "detached" });
    expect((await till.view()).sale.exchange).toBeUndefined();
  });
});
