import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awayReasons } from "#contract/devices/reasons.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openDevices } from "#tests/support/device-screens.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

// A till whose printer only has a driver, on a machine whose system offers no printer. What comes out where there is one
// `npm run devices:system-printer` shows on a real print server.

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop({ devices: { scanners: [], printer: { id: "printer-1", transport: { kind: "system" } } } });
  // Nothing listens there, whatever print server this machine has.
  till = await openTill({ dataDir: shop.dataDir, env: { CUPS_SERVER: "127.0.0.1:1" } });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

describe("A till on the system's printer where the system has none", () => {
  it("says so, sells all the same, and keeps the receipt", async () => {
    await until("the printer is away", async () =>
      (await till.view()).status.devices.find((one) => one.role === "printer" && one.state === "absent"),
    );
    await ringUp(till, "6920536012350");
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: 350 })).toEqual({ ok: true, value: null });
    await till.send("next-sale", {});
    const pin = await until("the manager's PIN", () => till.pins.get("manager-1"));
    await till.send("sign-out", {});
    expect((await till.send("sign-in", { cashierId: "manager-1", pin })).ok).toBe(true);
    const devices = await till.send("devices", {});
    expect(devices.ok && devices.value.devices).toMatchObject([{ state: "absent", reason: awayReasons.noneInstalled }]);
    const prints = await until("the receipt waits", async () => {
      const answer = await till.send("print-jobs", {});
      return answer.ok && answer.value.some(({ waitsFor }) => waitsFor === "not-connected") ? answer.value : null;
    });
    expect(prints.map(({ kind, waitsFor }) => [kind, waitsFor])).toEqual([["receipt", "not-connected"]]);
  });

  it("tells a manager what to do about it", async () => {
    await openDevices(till.page);
    const card = part(till.page, "device-printer-1");
    await card.waitFor();
    expect(await card.innerText()).toMatch(/操作系统中没有可用的打印机/);
    expect(await card.innerText()).toMatch(/系统默认打印机/);
  });
});
