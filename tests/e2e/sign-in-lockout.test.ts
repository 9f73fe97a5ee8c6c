import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
  await until("the PINs are told", () => till.pins.size === 2);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

async function choose(personId: string): Promise<void> {
  await till.page.locator(`[data-testid=person][data-person-id=${personId}]`).click();
}

async function typePin(pin: string): Promise<void> {
  await type(till.page, pin);
  await till.page.keyboard.press("Enter");
}

function wrongPin(): string {
  const right = till.pins.get("cashier-1") ?? "";
  return right === "000000" ? "111111" : "000000";
}

describe("Wrong PINs", () => {
  it("are counted down on the screen and then lock that person out, and nobody else", async () => {
    await choose("cashier-1");
    for (const left of [4, 3, 2, 1]) {
      await typePin(wrongPin());
      await until(`${left} tries left`, () => part(till.page, "trouble").getByText(String(left)).isVisible());
    }
    await typePin(wrongPin());
    await until("the lock is in plain words", () => part(till.page, "trouble").getByText("已暂时锁定").isVisible());

    // The right PIN is of no use now, neither by keys nor past the screen.
    const right = till.pins.get("cashier-1") ?? "";
    await typePin(right);
    expect(await till.send("sign-in", { cashierId: "cashier-1", pin: right })).toMatchObject({
      ok: false,
      fault: { kind: "locked" },
    });
    expect((await till.view()).session).toBeNull();
  });

  it("stay counted over a restart; the manager can still sign in", async () => {
    await till.kill();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await choose("cashier-1");
    await until("still locked", () => part(till.page, "trouble").getByText("已暂时锁定").isVisible());
    const right = till.pins.get("cashier-1") ?? "";
    expect(await till.send("sign-in", { cashierId: "cashier-1", pin: right })).toMatchObject({
      ok: false,
      fault: { kind: "locked" },
    });

    await choose("manager-1");
    await typePin(till.pins.get("manager-1") ?? "");
    await until("the manager is in", async () => (await till.view()).session?.cashierId === "manager-1");
  });
});
