import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import {
  addPerson,
  approve,
  givePin,
  leaveSettings,
  makeBadge,
  openPeoplePage,
  rowOf,
} from "#tests/support/people-screens.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { scan } from "#tests/support/shop-day.ts";

const barcode = "6920536012350";

describe.each(["zh-CN", "en"] as const)("People and rights, in %s", (locale: Locale) => {
  let shop: Shop;
  let till: TillUnderTest;
  let badge = "";
  const pinOf = (id: string): string => till.pins.get(id) ?? "";
  const signIn = (id: string) => till.send("sign-in", { cashierId: id, pin: pinOf(id) });
  const signedIn = async (): Promise<string | undefined> => (await till.view()).session?.name;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
  });
  afterAll(async () => {
    await till?.close();
    await shop?.close();
  });

  it("a manager adds somebody, gives them a PIN and a badge, by screen alone", async () => {
    const { page } = till;
    await openPeoplePage(page, "people");
    await addPerson(page, "Lily", "lead", pinOf("manager-1"));
    await givePin(page, "Lily", "4321", pinOf("manager-1"));
    badge = await makeBadge(shop, page, "Lily", pinOf("manager-1"));
    expect(badge).toMatch(/^TWB\d{16}$/);
    // The last manager cannot be sent away, and the page says so before anybody tries.
    expect(
      await rowOf(page, (await signedIn()) ?? "")
        .getByTestId("person-leave")
        .isDisabled(),
    ).toBe(true);
    await leaveSettings(page);
  });

  it("the badge signs its owner in over the manager, with the cart kept, and is no product", async () => {
    await ringUp(till, barcode);
    await scan(shop, badge);
    await until("Lily is at the till", async () => (await signedIn()) === "Lily");
    const view = await till.view();
    expect(view.sale.lines).toHaveLength(1);
    expect(view.notices).toEqual([]);
    expect(till.console()).not.toContain(badge);
  });

  it("a lead may throw a sale away alone, a cashier needs a manager, until the shop says otherwise", async () => {
    expect(await till.send("void-sale", {})).toMatchObject({ ok: true });
    await signIn("cashier-1");
    await ringUp(till, barcode);
    expect(await till.send("void-sale", {})).toMatchObject({ ok: false, fault: { kind: "approval-needed" } });

    await signIn("manager-1");
    const { page } = till;
    await openPeoplePage(page, "rights");
    const right = (name: string) =>
      page.locator(`[data-testid=right][data-right=${name}]`).getByTestId("right-cashier");
    await right("void-sale").getByTestId("grant-yes").click();
    await right("discount-line").getByTestId("limit").fill("5");
    await part(page, "rights-save").click();
    await approve(page, pinOf("manager-1"));
    await part(page, "rights-done").waitFor();
    await leaveSettings(page);

    await signIn("cashier-1");
    const { lines } = (await till.view()).sale;
    const off = (basisPoints: number) =>
      till.send("discount-line", { lineId: lines[0]?.lineId ?? "", discount: { kind: "percent", basisPoints } });
    expect(await off(501)).toMatchObject({ ok: false, fault: { kind: "approval-needed" } });
    expect(await off(500)).toMatchObject({ ok: true });
    expect(await till.send("void-sale", {})).toMatchObject({ ok: true });
  });

  it("the screen locks by its key, shows nothing of the sale, and opens to the cashier's PIN", async () => {
    const { page } = till;
    await ringUp(till, barcode);
    await page.keyboard.press("F1");
    await part(page, "locked").waitFor();
    expect(await part(page, "cart-line").count()).toBe(0);
    expect(await till.send("take-payment", {})).toMatchObject({ ok: false, fault: { kind: "screen-locked" } });
    await type(page, pinOf("cashier-1"));
    await page.keyboard.press("Enter");
    await part(page, "cart-line").first().waitFor();
  });

  it("a manager finds in the journal who did what, and opens the sale behind it", async () => {
    await till.send("take-payment", {});
    await till.send("pay-cash", { receivedFen: 10_000 });
    await till.send("next-sale", {});
    const saleNumber = (await till.view()).lastSales[0]?.saleNumber ?? "";
    await signIn("manager-1");
    const { page } = till;
    await openPeoplePage(page, "audit");
    await until("the chain is sound", async () => (await part(page, "chain").getAttribute("data-state")) === "good");
    await part(page, "audit-group").selectOption("settings");
    await page.locator("[data-testid=audit-row][data-kind=rights-changed]").waitFor();
    await until("only settings are left", async () => {
      const kinds = await part(page, "audit-row").evaluateAll((rows) =>
        rows.map((row) => row.getAttribute("data-kind")),
      );
      return kinds.length > 0 && kinds.every((kind) => kind === "rights-changed" || kind === "access-changed");
    });
    await part(page, "audit-clear").click();
    await part(page, "audit-saleNumber").fill(saleNumber);
    const sold = page.locator("[data-testid=audit-row][data-kind=sale-completed]");
    await sold.getByTestId("audit-open-sale").click();
    await part(page, "paper").waitFor();
    expect(await part(page, "paper").innerText()).toContain(saleNumber);
    await page.keyboard.press("Escape");
    await leaveSettings(page);
  });

  it("a badge that was ended signs nobody in, over a restart too", async () => {
    const { page } = till;
    await openPeoplePage(page, "people");
    await rowOf(page, "Lily").getByTestId("person-revoke").click();
    await approve(page, pinOf("manager-1"));
    await rowOf(page, "Lily").getByTestId("person-badge").waitFor();
    await till.close();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await part(till.page, "person").first().waitFor();
    await scan(shop, badge);
    await until("the badge is refused", async () =>
      (await till.view()).notices.some(({ kind }) => kind === "badge-refused"),
    );
    expect((await till.view()).session).toBeNull();
  });
});
