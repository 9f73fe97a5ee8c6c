import type { Locale } from "#contract/config/terminal.ts";
import managerTexts from "../../resources/locales/zh-CN/manager.json" with { type: "json" };
import { readLedger } from "./books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part, type } from "./sale-screen.ts";
import { customerWill, scan } from "./shop-day.ts";
import { openShop, type Shop } from "./shop.ts";

type ManagerKey = keyof typeof managerTexts;

/** A screen of giving money back, standing still, with what it must say. */
export interface RefundSeen {
  readonly name: string;
  readonly till: TillUnderTest;
  readonly onTillOnly: true;
  readonly says: readonly ManagerKey[];
}

/** Coca-Cola 500 ml, ¥3.50. */
const barcode = "6920536012350";
const priceFen = 350;

/** What the gateway is told to make of each sale's refund. */
const plans = ["normal", "refund-abnormal", "refund-closed", "not-enough", "never-answered"] as const;
type Plan = (typeof plans)[number];

/** The ways a refund can stand, each in its sale's dialog, and the screens that lead there and on. */
export async function* refundOutcomes(locale: Locale): AsyncGenerator<RefundSeen> {
  const shop = await openShop({ locale });
  let till = await open(shop);
  const seen = (name: string, ...says: readonly ManagerKey[]): RefundSeen => ({ name, till, onTillOnly: true, says });
  try {
    await customerWill(shop, "pay");
    const sales = {} as Record<Plan, string>; // filled below, one by one
    for (const plan of plans) sales[plan] = await sell(shop, till);

    await page(till).keyboard.press("F8");
    await listening(till);
    yield seen("refund-find", "find.title", "find.explain");
    await type(page(till), sales.normal);
    await page(till).keyboard.press("Enter");
    await part(page(till), "return-by-amount").click();
    await part(page(till), "refund-dialog").waitFor();
    await part(page(till), "refund-reason").fill(locale === "en" ? "Wrong flavour" : "口味拿错");
    yield seen("refund-dialog", "refund.reason", "refund.amount", "refund.confirm");
    await close(till);

    for (const plan of plans) await refund(shop, till, sales[plan], plan);
    await openSale(till, sales["never-answered"]);
    yield seen("refund-requested", "refund.word.not-known", "refund.state.not-known");
    await close(till);
    await openSale(till, sales.normal);
    yield seen("refund-processing", "refund.word.not-known", "refund.state.on-its-way");
    await close(till);
    await openSale(till, sales["not-enough"]);
    yield seen("refund-refused", "refund.word.not-paid", "refund.refused.merchant-balance", "refund.retry");
    await close(till);

    // The gateway takes five seconds; the running till asks after a minute, a starting one at once.
    await until("the gateway has ended them", async () => {
      const { orders } = await readLedger(shop);
      const ends = orders.flatMap((order) => order.refunds.map(({ status }) => status));
      return ["SUCCESS", "ABNORMAL", "CLOSED"].every((status) => ends.some((end) => end === status));
    });
    await till.kill();
    till = await open(shop, till.pins);
    await until("the till knows", async () => {
      const answer = await till.send("open-refunds", {});
      const open = answer.ok ? answer.value : [];
      const isEnded = open.every(({ saleNumber }) => saleNumber !== sales.normal);
      return isEnded && ["abnormal", "closed"].every((wanted) => open.some(({ state }) => state === wanted));
    });
    await openSale(till, sales.normal);
    yield seen("refund-succeeded", "refund.word.paid");
    await close(till);
    await openSale(till, sales["refund-closed"]);
    yield seen("refund-closed", "refund.word.not-paid", "refund.state.closed", "refund.retry");
    await part(page(till), "refund").click();
    await part(page(till), "refund-dialog").waitFor();
    yield seen("refund-cash-instead", "refund.in-cash", "refund.confirm");
    await close(till);
    await openSale(till, sales["refund-abnormal"]);
    yield seen("refund-abnormal", "refund.word.not-known", "refund.state.abnormal", "refund.onward");
    await part(page(till), "refund-onward").click();
    await part(page(till), "onward").waitFor();
    yield seen("refund-onward", "onward.explain", "onward.card", "onward.shop");
    await part(page(till), "onward-shop").click();
    await page(till).keyboard.press("Enter");
    await until("it is on its way", () =>
      part(page(till), "refund-row")
        .getAttribute("data-state")
        .then((state) => state === "processing"),
    );
    yield seen("refund-sent-on", "refund.word.not-known", "refund.state.onward.shop-account");
    await close(till);

    await page(till).keyboard.press("F12");
    await part(page(till), "more-refunds").click();
    await part(page(till), "refund-row").first().waitFor();
    yield seen("refunds-open", "refunds.open", "refunds.explain");
    await close(till);
    await page(till).keyboard.press("F12");
    await part(page(till), "more-manager").click();
    await part(page(till), "decision-refunds").waitFor();
    yield seen("refund-decisions", "refunds.undelivered.next", "refunds.see");
  } finally {
    await till.close();
    await shop.close();
  }
}

const page = (till: TillUnderTest) => till.page;

async function open(shop: Shop, pins: ReadonlyMap<string, string> = new Map()): Promise<TillUnderTest> {
  const till = await openTill({ dataDir: shop.dataDir, pins, args: ["--display-at=0,0,1024,600"] });
  await till.page.setViewportSize({ width: 1_280, height: 800 });
  await beginSelling(till, "manager-1");
  await part(till.page, "empty-cart").waitFor();
  return till;
}

/** Sells one bottle to a phone; answers the sale's number. */
async function sell(shop: Shop, till: TillUnderTest): Promise<string> {
  await ringUp(till, barcode);
  await till.send("take-payment", {});
  await scan(shop, await shop.paymentCode());
  const done = await until("the sale is done", async () => (await till.view()).payment?.done);
  await till.send("next-sale", {});
  await part(till.page, "payment").waitFor({ state: "detached" });
  return done.saleNumber;
}

async function refund(shop: Shop, till: TillUnderTest, saleNumber: string, outcome: Plan): Promise<void> {
  const sale = (await till.view()).lastSales.find((one) => one.saleNumber === saleNumber);
  const found = await till.send("find-sale", { text: saleNumber });
  const saleId = sale?.saleId ?? (found.ok ? found.value.saleId : "");
  const detail = await till.send("sale-detail", { saleId });
  if (!detail.ok) throw new Error(JSON.stringify(detail.fault));
  const tenderId = detail.value.refundable[0]?.tenderId ?? "";
  await shop.control("POST", "/gateway/script", { outcome, operation: "refund", next: true });
  const asked = { requestId: `walk ${saleNumber}`, saleId, tenderId, amountFen: priceFen, reason: "退货" };
  const answer = await till.send("refund-sale", asked);
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  const isHeard = outcome === "never-answered";
  await until("the gateway has answered", async () => {
    const now = await till.send("sale-detail", { saleId });
    return isHeard || (now.ok && now.value.refunds.every(({ state }) => state !== "requested" && state !== "sent"));
  });
}

/** By F8 and its number; past the return's form, which opens where anything can still be given back. */
async function openSale(till: TillUnderTest, saleNumber: string): Promise<void> {
  const { keyboard } = till.page;
  await keyboard.press("F8");
  await listening(till);
  await type(till.page, saleNumber);
  await keyboard.press("Enter");
  await part(till.page, "return-dialog").or(part(till.page, "paper")).first().waitFor();
  if (await part(till.page, "return-dialog").isVisible()) await keyboard.press("Escape");
  await part(till.page, "refund-row").first().waitFor();
}

/** The dialog is there and hears what is typed. */
async function listening(till: TillUnderTest): Promise<void> {
  await till.page.locator("[data-testid=find-sale-number]:focus").waitFor();
}

/** Esc until nothing lies over the sale. */
async function close(till: TillUnderTest): Promise<void> {
  await until("nothing lies over the sale", async () => {
    if ((await till.page.locator("[role=dialog]").count()) === 0) return true;
    await till.page.keyboard.press("Escape");
    return false;
  });
}
