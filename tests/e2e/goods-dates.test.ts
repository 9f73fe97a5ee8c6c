import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part, type } from "#tests/support/sale-screen.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const milk = "06907132010508";
const dayMs = 86_400_000;

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop({ goods: { packOnReceipt: true, pastBestBefore: "warn" } });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

/** YYYY-MM-DD so many days from today, where the shop's clock hangs. */
function day(fromToday: number): string {
  const offsetMs = -new Date().getTimezoneOffset() * 60_000;
  return new Date(Date.now() + offsetMs + fromToday * dayMs).toISOString().slice(0, 10);
}

const yymmdd = (date: string): string => date.slice(2).replaceAll("-", "");

describe("A GS1 label with lot and date", () => {
  it("is sold on its last day, and its lot and date go with it onto line and paper", async () => {
    await scan(shop, `]d201${milk}17${yymmdd(day(0))}10L2611A`);
    await linesOnScreen(till.page, 1);
    expect(await part(till.page, "line-pack").innerText()).toContain("L2611A");

    await till.page.keyboard.press("Space");
    await part(till.page, "cash-quick").first().click();
    await until("the receipt is out", async () => (await till.view()).payment?.done?.receipt === "printed");
    const printer = (await shop.control("GET", "/printer")) as PrinterState;
    expect(JSON.stringify(printer)).toContain(`有效期至 ${day(0)}`);
    expect(JSON.stringify(journalBodies(shop.dataDir, "sale-completed"))).toContain('"lot":"L2611A"');
    await till.page.keyboard.press("Space");
  });

  it("is stopped the day after, says so in the cashier's language, and is sold by a manager's PIN alone", async () => {
    await scan(shop, `]C101${milk}17${yymmdd(day(-1))}10L2610Z`);
    const notice = till.page.locator("[data-testid=notice][data-kind=pack-stopped]");
    await notice.waitFor();
    expect(await notice.innerText()).toContain("已过期，不能卖：伊利纯牛奶 250ml盒");
    expect(await notice.innerText()).toContain("L2610Z");
    await till.send("set-locale", { locale: "en" });
    await until("the notice speaks English", async () => (await notice.innerText()).includes("Expired, not for sale"));
    expect((await till.view()).sale.lines).toEqual([]);

    await part(till.page, "notice-sell-stopped").click();
    await part(till.page, "approval").waitFor();
    await type(till.page, "0000");
    await till.page.keyboard.press("Enter");
    await until("the wrong PIN is said", () => part(till.page, "approval").getByText("Wrong PIN").isVisible());
    expect((await till.view()).sale.lines).toEqual([]);
    await type(till.page, till.pins.get("manager-1") ?? "");
    await till.page.keyboard.press("Enter");
    await linesOnScreen(till.page, 1);
    expect(await part(till.page, "line-pack").getAttribute("data-state")).toBe("expired");
    expect(await notice.count()).toBe(0);
    expect(journalBodies(shop.dataDir, "expired-pack-sold")).toMatchObject([
      { approvedBy: "manager-1", cashierId: "cashier-1", pack: { lot: "L2610Z", expiresOn: day(-1) } },
    ]);
  });

  it("past best before is sold with a warning, and a serial number once", async () => {
    await scan(shop, `]Q301${milk}15${yymmdd(day(-1))}21S1`);
    await till.page.locator("[data-testid=notice][data-kind=pack-past-best-before]").waitFor();
    await linesOnScreen(till.page, 2);
    await scan(shop, `]Q301${milk}15${yymmdd(day(-1))}21S1`);
    await till.page.locator("[data-testid=notice][data-kind=double-scan]").waitFor();
    expect((await till.view()).sale.lines).toHaveLength(2);
  });
});
