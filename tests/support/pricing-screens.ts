import type { Page } from "playwright";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { ScreenSeen } from "./every-screen.ts";
import { ringUp, type TillUnderTest } from "./open-till.ts";
import { part, type } from "./sale-screen.ts";

export type SavedPromotion = IntentArgs<"save-promotion">["promotion"];

const always = { fromDate: null, toDate: null, weekdays: [], hours: null };
const on = (...skus: readonly string[]): SavedPromotion["scope"] => ({
  kind: "some",
  skus: [...skus],
  categoryIds: [],
});

/** A leaflet for the demo store's goods: one of each kind that a customer asks about. */
export const leaflet: readonly SavedPromotion[] = [
  {
    ...{ id: "half", nameZh: "可乐第二件半价", nameEn: "Second cola at half", schedule: always },
    ...{ deal: { kind: "nth-off", every: 2, basisPoints: 5_000 }, scope: on("100002") },
    ...{ isMemberOnly: false, coupon: null },
  },
  {
    ...{ id: "three", nameZh: "酸奶买三付二", nameEn: "Yogurt 3 for 2", schedule: always },
    ...{ deal: { kind: "n-for-m", count: 3, payFor: 2 }, scope: on("110041") },
    ...{ isMemberOnly: false, coupon: null },
  },
  {
    ...{ id: "mix", nameZh: "零食任选三件10元", nameEn: "Any 3 snacks ¥10", schedule: always },
    ...{ deal: { kind: "n-for-price", count: 3, priceFen: 1_000 }, scope: on("120030", "120190", "120110") },
    ...{ isMemberOnly: false, coupon: null },
  },
  {
    ...{ id: "fresh", nameZh: "生鲜九折", nameEn: "Fresh 10% off", schedule: always },
    ...{ deal: { kind: "percent-off", basisPoints: 1_000 } },
    scope: { kind: "some", skus: [], categoryIds: ["fresh"] },
    ...{ isMemberOnly: false, coupon: null },
  },
  {
    ...{ id: "five", nameZh: "满40减5券", nameEn: "¥5 off from ¥40", schedule: always, scope: { kind: "all" } },
    deal: { kind: "spend-off", thresholdFen: 4_000, amountFen: 500, isRepeated: false },
    ...{ isMemberOnly: false, coupon: { kind: "numbered", prefix: "YH05" } },
  },
];

/**
 * Walks what a manager keeps of promotions and what a cashier sees of them: a manager is signed in, a shift is open and no
 * sale is begun, before and after.
 */
export async function* pricingScreens(till: TillUnderTest, display: Page): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  yield* promotionsPage(till);
  await ringUp(till, "6920536011247", "6920536011247", "6910057010133", "6958784011245", "6900872010135");
  await ringUp(till, "2110001011818", "6959633010877", "YH0500000017");
  const { lines } = (await till.view()).sale;
  const to = { priceFen: 1_000, reason: "近保质期" };
  await till.send("override-price", { lineId: lines.at(-1)?.lineId ?? "", to });
  await till.send("select-line", { lineId: lines[0]?.lineId ?? "" });
  await part(page, "line-promotion").first().waitFor();
  await part(page, "line-was").waitFor();
  yield { name: "sale-promotions", page };
  await part(display, "display-reason").first().waitFor();
  yield { name: "display-promotions", page: display };
  await page.keyboard.press("F11");
  await part(page, "price").waitFor();
  yield { name: "price", page };
  await page.keyboard.press("1");
  await part(page, "override").waitFor();
  await type(page, "2.5");
  await part(page, "reason-near-date").click();
  yield { name: "override", page };
  await page.keyboard.press("Escape");
  await part(page, "override").waitFor({ state: "detached" });
  await page.keyboard.press("F11");
  await page.keyboard.press("2");
  await part(page, "coupon").waitFor();
  await part(page, "coupon-code").fill("YH99");
  await page.keyboard.press("Enter");
  await part(page, "coupon").locator(".dialog-trouble").waitFor();
  yield { name: "coupon", page };
  await page.keyboard.press("Escape");
  await part(page, "coupon").waitFor({ state: "detached" });
  await till.send("void-sale", {});
  await part(page, "empty-cart").waitFor();
}

async function* promotionsPage(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  for (const promotion of leaflet) await till.send("save-promotion", { promotion });
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "manager-promotions").click();
  await part(page, "promotion-row")
    .nth(leaflet.length - 1)
    .waitFor();
  yield { name: "promotions", page };
  await part(page, "promotion-row").nth(2).click();
  await page.locator("[data-testid=promotion-example]:not([data-saved='0'])").waitFor();
  yield { name: "promotion", page };
  await page.keyboard.press("Escape");
  await part(page, "promotion-editor").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await part(page, "promotions-page").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor({ state: "detached" });
}
