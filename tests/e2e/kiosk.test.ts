import { afterEach, describe, expect, it } from "vitest";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openSettingsPage } from "#tests/support/settings-screens.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let shop: Shop;
let till: TillUnderTest;

afterEach(async () => {
  await till.close();
  await shop.close();
});

/** What the system is told of a window of ours. Xvfb has no window manager, so its size says nothing. */
function windowState(page: "index.html" | "display.html") {
  return till.app.evaluate(({ BrowserWindow }, name) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().includes(name));
    if (window === undefined) return null;
    return { kiosk: window.isKiosk(), top: window.isAlwaysOnTop() };
  }, page);
}

/** As a window manager closes a window, or Alt+F4. */
const closeWindow = (page: "index.html" | "display.html"): Promise<void> =>
  till.app.evaluate(({ BrowserWindow }, name) => {
    BrowserWindow.getAllWindows()
      .find(({ webContents }) => webContents.getURL().includes(name))
      ?.close();
  }, page);

const locked = { kiosk: true, top: true };
const free = { kiosk: false, top: false };
const machine = () => part(till.page, "machine-card");

async function typePin(pin: string): Promise<void> {
  await part(till.page, "manager-pin").waitFor();
  await till.page.keyboard.type(pin);
  await till.page.keyboard.press("Enter");
}

describe("A till that has the machine to itself", () => {
  it("is started so by --kiosk: both screens are locked, a cashier gets nowhere, and a manager's PIN is the door", async () => {
    shop = await openShop();
    till = await openTill({ dataDir: shop.dataDir, args: ["--kiosk", "--display-at", "0,0,800,480"] });
    await beginSelling(till);
    await until("both windows are locked", async () => {
      const states = [await windowState("index.html"), await windowState("display.html")];
      return JSON.stringify(states) === JSON.stringify([locked, locked]);
    });
    for (const page of ["index.html", "display.html"] as const) await closeWindow(page);
    for (const key of ["Alt+F4", "Control+w", "Control+q", "Control+n", "F11"]) await till.page.keyboard.press(key);
    expect([await windowState("index.html"), await windowState("display.html")]).toEqual([locked, locked]);
    // A cashier's word opens nothing, with their own PIN or a manager's.
    const managersPin = till.pins.get("manager-1") ?? "";
    const cashiersPin = till.pins.get("cashier-1") ?? "";
    for (const approvalPin of [cashiersPin, managersPin])
      expect(await till.send("open-kiosk", { approvalPin })).toMatchObject({ fault: { kind: "not-allowed" } });
    expect(await till.send("save-kiosk", { isKiosk: false, approvalPin: managersPin })).toMatchObject({ ok: false });
    expect((await till.view()).sale.lines).toEqual([]);

    await till.send("sign-out", {});
    await till.send("sign-in", { cashierId: "manager-1", pin: managersPin });
    await openSettingsPage(till.page, "till");
    await part(till.page, "kiosk-leave").click();
    await typePin(cashiersPin);
    // Typed while the first is still being checked, a PIN would be lost.
    await part(till.page, "manager-pin").getByTestId("trouble").waitFor();
    expect(await windowState("index.html")).toEqual(locked);
    await till.page.keyboard.type(managersPin);
    await till.page.keyboard.press("Enter");
    await until("the windows are let go", async () => (await machine().getAttribute("data-kiosk")) === "open");
    expect([await windowState("index.html"), await windowState("display.html")]).toEqual([free, free]);
    await part(till.page, "kiosk-lock").click();
    await until("locked again", async () => (await windowState("index.html"))?.kiosk);
    expect(journalBodies(shop.dataDir, "settings-changed")).toMatchObject([
      { page: "kiosk-door", before: "locked", after: "open", cashierId: "manager-1" },
    ]);
  });

  it("is locked by a manager's setting, now and at the next start, until a PIN takes the lock off", async () => {
    shop = await openShop();
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
    expect(await windowState("index.html")).toEqual(free);
    await openSettingsPage(till.page, "till");
    await part(till.page, "kiosk-on").click();
    await until("locked at once", async () => (await windowState("index.html"))?.kiosk);
    const { pins } = till;
    // The till itself may end, as it does when the machine is switched off.
    await till.close();
    till = await openTill({ dataDir: shop.dataDir, pins });
    await until("locked from its start", async () => (await windowState("index.html"))?.kiosk);
    await till.send("sign-in", { cashierId: "manager-1", pin: pins.get("manager-1") ?? "" });
    expect(await till.send("save-kiosk", { isKiosk: false })).toEqual({
      ok: false,
      fault: { kind: "approval-needed" },
    });
    await openSettingsPage(till.page, "till");
    await part(till.page, "kiosk-off").click();
    await typePin(pins.get("manager-1") ?? "");
    await until("let go", async () => (await windowState("index.html"))?.kiosk === false);
    expect(journalBodies(shop.dataDir, "settings-changed")).toMatchObject([
      { page: "kiosk", before: false, after: true },
      { page: "kiosk", before: true, after: false },
    ]);
  });
});
