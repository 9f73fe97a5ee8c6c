import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openSerialPrinter, type SerialPrinter } from "#tests/support/serial-printer.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

// The native addon in the real till: Electron's utility process loads the binary that Node loads in the other tests. A
// pty stands for /dev/usb/lp0; the kernel's own printer driver is met in tests/devices/guest.

let shop: Shop;
let printer: SerialPrinter;
let till: TillUnderTest;

beforeAll(async () => {
  printer = await openSerialPrinter(48);
  shop = await openShop({
    devices: {
      printer: { id: "printer-1", transport: { kind: "usb", path: printer.path }, drawer: {} },
      scanners: [{ id: "keys-1", transport: { kind: "keyboard", path: printer.path } }],
    },
  });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await printer.unplug();
  await shop.close();
});

describe("A printer on a device node", () => {
  it("prints the receipt of a sale in the real till", async () => {
    await until("the printer is ready", async () =>
      (await till.view()).status.devices.find((one) => one.role === "printer" && one.state === "ready"),
    );
    await ringUp(till, "6920536012350");
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: 350 })).toEqual({ ok: true, value: null });
    const saleNumber = (await till.view()).payment?.done?.saleNumber;
    await until("the receipt is out", () => printer.papers().length === 1);
    const numbers = printer.papers().map(({ elements }) => elements.find(({ kind }) => kind === "barcode"));
    expect(numbers).toMatchObject([{ text: saleNumber }]);
    await until("the drawer was opened", () => printer.drawerKicks() > 0);
  });

  it("that is no keyboard is not taken for one", async () => {
    const keys = await until("the scanner said how it stands", async () =>
      (await till.view()).status.devices.find((one) => one.role === "scanner" && one.state !== "opening"),
    );
    expect(keys).toMatchObject({ state: "absent" });
  });
});
