import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { leaflet } from "#tests/support/pricing-screens.ts";
import { linesOnScreen, part, totalOnScreen, type } from "#tests/support/sale-screen.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const cola = "6920536011247"; // 2.80
const yogurt = "6907132031220"; // 8.50
const snacks = ["6910057010133", "6958784011245", "6900872010135"]; // 3.50, 3.50, 6.50
const apples = "2110001011818"; // 11.81, as its label says
const walnuts = "6959633010877"; // 19.90
const coupon = "YH0500000017";

const words = {
  "zh-CN": {
    half: "可乐第二件半价",
    three: "酸奶买三付二",
    mix: "零食任选三件10元",
    fresh: "生鲜九折",
    five: "满40减5券",
    ...{ was: "原价", saved: "共优惠", tax: "其中税额", near: "临期" },
  },
  en: {
    half: "Second cola at half",
    three: "Yogurt 3 for 2",
    mix: "Any 3 snacks ￥10",
    fresh: "Fresh 10% off",
    five: "￥5 off from ￥40",
    ...{ was: "Was", saved: "You save", tax: "Incl. tax", near: "Near its date" },
  },
} as const;

/**
 * What a person works out with a pencil, in fen: three colas, three yogurts, the snacks, the apples, and walnuts at 9.90.
 * The coupon's share of the apples: 500 × 1063 ÷ 5453 is 97.47, and four others have a larger rest.
 */
const pencil = (() => {
  const colas = 3 * 280 - 140;
  const yogurts = 3 * 850 - 850;
  const mixed = 1_000;
  const fruit = 1_181 - 118;
  const nuts = 990;
  const beforeCoupon = colas + yogurts + mixed + fruit + nuts;
  const total = beforeCoupon - 500;
  const paidForFruit = fruit - 97;
  return {
    ...{ beforeCoupon, total },
    saved: 140 + 850 + 350 + 118 + (1_990 - 990) + 500,
    tax13: Math.round(((total - paidForFruit) * 13) / 113),
    tax9: Math.round((paidForFruit * 9) / 109),
    ...{ goods13: total - paidForFruit, goods9: paidForFruit },
  };
})();
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;

describe.each(["zh-CN", "en"] as const)("Promotions in %s", (locale) => {
  const said = words[locale];
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop({ locale, taxes: {} });
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  it("a manager writes one by keyboard and sees what it does to a basket", async () => {
    const { page } = till;
    await page.keyboard.press("F12");
    await part(page, "more-manager").click();
    await part(page, "manager-promotions").click();
    await part(page, "promotion-new").click();
    await part(page, "promotion-save").click();
    await part(page, "promotion-editor").locator(".dialog-trouble").waitFor();
    await part(page, "promotion-name-zh").fill("糖果九五折");
    await part(page, "promotion-kind").selectOption("percent-off");
    await part(page, "promotion-percent").fill("5");
    await part(page, "scope-sweets").press("Enter");
    const example = page.locator("[data-testid=promotion-example]:not([data-saved='0'])");
    await example.waitFor();
    await part(page, "promotion-name-zh").press("Enter");
    await part(page, "promotion-row").waitFor();
    expect(journalBodies(shop.dataDir, "promotion-changed")).toMatchObject([
      { cashierId: "manager-1", before: null, after: { nameZh: "糖果九五折", nameEn: "糖果九五折" } },
    ]);

    await part(page, "promotion-row").press("Enter");
    await part(page, "promotion-end").press("Enter");
    await part(page, "promotions-empty").waitFor();
    for (const promotion of leaflet) await till.send("save-promotion", { promotion });
    for (const left of ["promotions-page", "manager"]) {
      await page.keyboard.press("Escape");
      await part(page, left).waitFor({ state: "detached" });
    }
    await till.send("sign-out", {});
    await beginSelling(till);
  });

  it("each comes off on the screen by its name, as the goods come in", async () => {
    const { page } = till;
    await scan(shop, cola);
    await scan(shop, cola);
    await page.getByText(said.half).waitFor();
    await until("2.80 and 1.40", async () => (await totalOnScreen(page)) === 420);
    await ringUp(till, cola, yogurt, yogurt, yogurt, ...snacks, apples);
    await linesOnScreen(page, 6);
    await ringUp(till, walnuts);
    await linesOnScreen(page, 7);
    await until("all of it", async () => (await totalOnScreen(page)) === pencil.beforeCoupon + 1_000);
  });

  it("a price far below the old one waits for a manager's PIN and says what it was", async () => {
    const { page } = till;
    await page.keyboard.press("F11");
    await part(page, "price").waitFor();
    await page.keyboard.press("1");
    await part(page, "override").waitFor();
    await type(page, "9.9");
    await page.keyboard.press("Enter");
    await part(page, "override").locator(".dialog-trouble").waitFor();
    await part(page, "reason-near-date").press("Enter");
    await part(page, "amount-input").press("Enter");
    await part(page, "approval").waitFor();
    expect(await totalOnScreen(page)).toBe(pencil.beforeCoupon + 1_000);
    await type(page, till.pins.get("manager-1") ?? "");
    await page.keyboard.press("Enter");
    await until("the new price", async () => (await totalOnScreen(page)) === pencil.beforeCoupon);
    expect(await part(page, "line-was").innerText()).toContain(said.near);
    expect(journalBodies(shop.dataDir, "price-overridden")).toMatchObject([
      { cashierId: "cashier-1", approvedBy: "manager-1", fromFen: 1_990, toFen: 990, reason: said.near },
    ]);
  });

  it("a coupon that is scanned comes off once, and the same one no second time", async () => {
    const { page } = till;
    await scan(shop, coupon);
    await part(page, "sale-coupon").waitFor();
    await until("the coupon counts", async () => (await totalOnScreen(page)) === pencil.total);
    await scan(shop, coupon);
    await page.locator("[data-testid=notice][data-kind=scan-refused]").waitFor();
    expect(await totalOnScreen(page)).toBe(pencil.total);
  });

  it("the paper says to the fen what the pencil says, and the sale adds up", async () => {
    const { page } = till;
    await page.keyboard.press("Space");
    await part(page, "pay-qr").waitFor();
    await part(page, "cash-quick").first().click();
    await until("the receipt is out", async () => (await till.view()).payment?.done?.receipt === "printed");
    const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
    const lines = plainLines(papers.at(-1)?.elements ?? [], 48).map((line) => line.trim().replaceAll(/ {2,}/g, " "));
    for (const line of [
      ...[`${said.half} -1.40`, `${said.three} -8.50`, `${said.fresh} -1.18`, `${said.was} 19.90`],
      `${said.five} -5.00`,
      `${said.saved} ￥${yuan(pencil.saved)}`,
      `${said.tax} 13% (${yuan(pencil.goods13)}) ${yuan(pencil.tax13)}`,
      `${said.tax} 9% (${yuan(pencil.goods9)}) ${yuan(pencil.tax9)}`,
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.some((line) => line.endsWith(`￥${yuan(pencil.total)}`))).toBe(true);
    const mixed = lines.filter((line) => line.startsWith(said.mix)).map((line) => Number(line.split(" -").at(-1)));
    expect(Math.round(mixed.reduce((sum, part) => sum + part * 100, 0))).toBe(350);

    const [sale] = journalBodies(shop.dataDir, "sale-completed") as readonly Told[];
    expect(sale).toMatchObject({ totalFen: pencil.total, promotionFen: 140 + 850 + 350 + 118 + 500 });
    expect(sale?.coupons).toEqual([{ code: coupon, promotionId: "five", isNumbered: true }]);
    expect(sale?.lines.reduce((sum, { netFen }) => sum + netFen, 0)).toBe(pencil.total);
    expect(sale?.lines.map(({ amountRule }) => amountRule)).toEqual([
      ...Array.from({ length: 5 }, () => "half-up"),
      ...["printed", "half-up"],
    ]);
    await page.keyboard.press("Space");
    await part(page, "empty-cart").waitFor();
  });

  it("part of it goes back as what was paid for the goods, and never more than was paid", async () => {
    const [sale] = journalBodies(shop.dataDir, "sale-completed") as readonly Told[];
    const [yogurts] = sale?.lines.filter(({ sku }) => sku === "110041") ?? [];
    const tenderId = sale?.tenders[0]?.tenderId ?? "";
    // One of three: a third of what was paid for them, the odd fen left with the shop.
    const oneFen = Math.floor((yogurts?.netFen ?? 0) / 3);
    expect(oneFen).toBe(Math.floor((1_700 - 156) / 3));
    const asked = { saleId: sale?.saleId ?? "", tenderId, reason: "", approvalPin: till.pins.get("manager-1") ?? "" };
    const back = await till.send("refund-sale", { ...asked, requestId: "one-back", amountFen: oneFen });
    expect(back).toMatchObject({ ok: true, value: { amountFen: oneFen, word: "paid" } });
    const over = await till.send("refund-sale", { ...asked, requestId: "too-much", amountFen: pencil.total });
    expect(over).toMatchObject({ ok: false, fault: { kind: "over-refundable", remainingFen: pencil.total - oneFen } });
  });

  it("the coupon is spent: the next sale does not take it", async () => {
    await ringUp(till, walnuts);
    const again = await till.send("add-coupon", { code: coupon });
    expect(again).toEqual({ ok: false, fault: { kind: "coupon-spent" } });
    const day = await till.send("sign-in", { cashierId: "manager-1", pin: till.pins.get("manager-1") ?? "" });
    expect(day.ok).toBe(true);
    const sums = await till.send("day", { businessDate: null });
    expect(sums).toMatchObject({
      value: {
        taxes: [
          { basisPoints: 1_300, amountFen: pencil.goods13, taxFen: pencil.tax13 },
          { basisPoints: 900, amountFen: pencil.goods9, taxFen: pencil.tax9 },
        ],
      },
    });
  });
});

interface Told {
  readonly saleId: string;
  readonly totalFen: number;
  readonly coupons?: unknown;
  readonly tenders: readonly { readonly tenderId: string }[];
  readonly lines: readonly { readonly sku: string | null; readonly netFen: number; readonly amountRule: string }[];
}
