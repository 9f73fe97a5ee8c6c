import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { openDevices, pairByNetwork, pairingCode, pairingIs, placeAt } from "#tests/support/device-screens.ts";
import { pressKeys } from "#tests/support/keyboard.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { scan } from "#tests/support/shop-day.ts";
import { openSpareScanner, type SpareScanner } from "#tests/support/spare-scanner.ts";
import { poleRows, put } from "#tests/support/weighing-screens.ts";

const cola = "6920536012350";

let shop: Shop;
let till: TillUnderTest;
let spare: SpareScanner;

beforeEach(async () => {
  spare = await openSpareScanner();
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
});
afterEach(async () => {
  await till.close();
  await shop.close();
  await spare.close();
});

function terminalJson(): { readonly devices: { readonly scanners: readonly object[]; readonly printer: object } } {
  return JSON.parse(readFileSync(join(shop.dataDir, "terminal.json"), "utf8"));
}

/** What the journal says was changed, in order. */
function changes(): readonly Record<string, unknown>[] {
  const db = new Database(join(shop.dataDir, "sales.db"), { readonly: true });
  try {
    const rows = db.prepare<[], { body: Buffer }>(
      "SELECT body FROM journal WHERE kind = 'device-changed' ORDER BY seq",
    );
    return rows.all().map(({ body }) => JSON.parse(body.toString()));
  } finally {
    db.close();
  }
}

async function linesInCart(): Promise<number> {
  return (await till.view()).sale.lines.length;
}

/** The last paper of the printer, line by line. */
async function lastPaper(columns: 48 | 32): Promise<readonly string[]> {
  const { papers } = (await shop.control("GET", "/printer")) as PrinterState;
  return plainLines(papers.at(-1)?.elements ?? [], columns);
}

async function sellForCash(): Promise<void> {
  await ringUp(till, cola);
  await till.send("take-payment", {});
  await till.send("pay-cash", { receivedFen: 350 });
  await until("the receipt is out", async () => (await till.view()).payment?.done?.receipt === "printed");
  await till.send("next-sale", {});
}

describe("A manager at the page of devices", () => {
  it("pairs a scanner by one code: it sells at once, is written down and journaled, and is there after a restart", async () => {
    const { page } = till;
    await beginSelling(till, "manager-1");
    await openDevices(page);
    let code = "";
    await pairByNetwork(page, spare.address, (shown) => {
      code = shown;
      spare.send(`]C0#${shown}\r\n`);
    });
    // The impatient second pull of the trigger, when the scanner already sells.
    await until("it is connected", () => spare.connections() === 1);
    spare.send(`]C0#${code}\r\n`);
    await part(page, "pairing-done").click();
    const paired = {
      ...{ id: "scanner-2", prefix: "#" },
      transport: { kind: "tcp", host: "127.0.0.1", port: spare.port },
    };
    expect(terminalJson().devices.scanners.at(-1)).toEqual(paired);
    expect(changes()).toEqual([
      { role: "scanner", deviceId: "scanner-2", before: null, after: paired, cashierId: "manager-1" },
    ]);
    spare.send(`]E0#${cola}\r\n`);
    await until("its scan is in the cart", async () => (await linesInCart()) === 1);
    expect((await till.view()).notices).toEqual([]);

    await till.close();
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await beginSelling(till);
    await until("it is connected again", () => spare.connections() === 1);
    spare.send(`#${cola}\r\n`);
    await until("and sells", async () => (await till.view()).sale.pieceCount === 2);
  });

  it("changes the paper's width, and the next receipt is that wide without a restart; one that is removed is gone at once", async () => {
    const { page } = till;
    await beginSelling(till, "manager-1");
    await sellForCash();
    expect(Math.max(...(await lastPaper(48)).map((line) => line.length))).toBeGreaterThan(32);
    await openDevices(page);
    await part(page, "change-printer-1").click();
    await part(page, "columns-32").click();
    await part(page, "printer-save").click();
    await part(page, "devices-page").waitFor();
    await part(page, "settings-leave").click();
    await sellForCash();
    const narrow = await lastPaper(48);
    expect(narrow.length).toBeGreaterThan(10);
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(32);
    expect(terminalJson().devices.printer).toMatchObject({ id: "printer-1", columns: 32, drawer: { pin: 2 } });

    await openDevices(page);
    await part(page, "remove-printer-1").click();
    await part(page, "remove-sure-printer-1").click();
    await until("there is no printer", async () => !(await till.view()).shop.hasPrinter);
    expect(terminalJson().devices).not.toHaveProperty("printer");
    expect(changes().map(({ deviceId, before, after }) => [deviceId, before !== null, after !== null])).toEqual([
      ["printer-1", true, true],
      ["printer-1", true, false],
    ]);
  });

  it("is refused with a sentence where terminal.json cannot be rewritten, and everything stays as it was", async () => {
    const before = readFileSync(join(shop.dataDir, "terminal.json"), "utf8");
    await beginSelling(till, "manager-1");
    // A folder where the new file is to be written: refused by the disk for whoever asks, root included.
    mkdirSync(join(shop.dataDir, "terminal.json.new"));
    const { page } = till;
    await openDevices(page);
    await part(page, "remove-scanner-1").click();
    await part(page, "remove-sure-scanner-1").click();
    await part(page, "trouble").waitFor();
    expect(readFileSync(join(shop.dataDir, "terminal.json"), "utf8")).toBe(before);
    expect(changes()).toEqual([]);
    await part(page, "settings-leave").click();
    await scan(shop, cola);
    await until("the scanner still sells", async () => (await linesInCart()) === 1);
  });

  it("scans a product instead of the code, then the code with a scanner the till already has", async () => {
    const { page } = till;
    await beginSelling(till, "manager-1");
    await openDevices(page);
    await part(page, "add-scanner").click();
    await part(page, "pairing-address").fill(spare.address);
    await part(page, "pairing-listen").click();
    await until("it is listened to", () => spare.connections() === 1);
    spare.send(`${cola}\r\n`);
    await until("another code was heard", async () => {
      return (await part(page, `port-${spare.address}`).getAttribute("data-heard")) === "another-code";
    });
    const code = (await part(page, "pairing-code").getAttribute("data-code")) ?? "";
    await scan(shop, code);
    await until("it is known", async () => {
      return (await part(page, "pairing-state").getAttribute("data-state")) === "already";
    });
    expect([await linesInCart(), terminalJson().devices.scanners.length]).toEqual([0, 1]);
    await until("nobody listens any more", () => spare.connections() === 0);
  });
});

describe("A scanner that types like a keyboard", () => {
  it("is offered as it is, presses no button meanwhile, and sells as soon as the manager says so", async () => {
    const { page } = till;
    await beginSelling(till, "manager-1");
    await openDevices(page);
    await part(page, "add-scanner").click();
    await pairingIs(page, "listening");
    const code = await pairingCode(page);
    // On the button that would end the pairing.
    await part(page, "pairing-cancel").focus();
    await until("it is offered", async () => {
      if ((await part(page, "pairing-use-typed").count()) === 1) return true;
      await pressKeys(till, `]C0~${code}⏎`, 5);
      return false;
    });
    expect(changes()).toEqual([]);
    await part(page, "pairing-use-typed").click();
    await pairingIs(page, "found");
    await part(page, "pairing-done").click();
    const [, wedge] = terminalJson().devices.scanners;
    expect(wedge).toMatchObject({ id: "scanner-2", prefix: "~", transport: { kind: "wedge", suffix: "enter" } });
    await part(page, "settings-leave").click();
    await pressKeys(till, `]E0~${cola}⏎`, 5);
    await until("its scan is in the cart", async () => (await linesInCart()) === 1);
  });
});

describe("A scale and a pole display", () => {
  it("are added by their addresses, show a live weight and a sample, and are gone again, all without a restart", async () => {
    const { page } = till;
    const { scale, poleDisplay } = shop.simulators.ready;
    await beginSelling(till, "manager-1");
    await openDevices(page);
    await part(page, "add-scale").click();
    await part(page, "scale-editor").waitFor();
    await part(page, "place-network").click();
    await placeAt(page, scale);
    await part(page, "scale-min").fill("20000");
    expect(await part(page, "counter-save").isDisabled()).toBe(true);
    await part(page, "counter-wrong").waitFor();
    await part(page, "scale-min").fill("40");
    await part(page, "counter-save").click();
    await put(shop, 1_255);
    await until("its weight is shown", async () => {
      const weight = part(page, "live-weight");
      if ((await weight.count()) === 0) return false;
      return (
        (await weight.getAttribute("data-grams")) === "1255" && (await weight.getAttribute("data-state")) === "stable"
      );
    });

    await part(page, "add-display").click();
    await part(page, "display-editor").waitFor();
    await part(page, "place-network").click();
    await placeAt(page, poleDisplay);
    await part(page, "counter-save").click();
    await until("it shows what the customer's window does", async () =>
      (await poleRows(shop)).join().includes("Humming"),
    );
    await part(page, "sample-display-1").click();
    await until("the sample is shown", async () => (await poleRows(shop))[0] === "12345678901234567890");
    await until("it is over", async () => (await poleRows(shop)).join().includes("Humming"));

    // Changed in its place: the same id, and what was not touched stays.
    await part(page, "change-scale-1").click();
    await part(page, "scale-division").fill("2");
    await part(page, "counter-save").click();
    await part(page, "devices-page").waitFor();
    expect(terminalJson().devices).toMatchObject({
      scale: { id: "scale-1", protocol: "toledo-8217", minGrams: 40, divisionGrams: 2, transport: { ...scale } },
      poleDisplay: { id: "display-1", protocol: "cd5220", transport: { ...poleDisplay } },
    });
    for (const id of ["scale-1", "display-1"]) {
      await part(page, `remove-${id}`).click();
      await part(page, `remove-sure-${id}`).click();
      await part(page, `device-${id}`).waitFor({ state: "detached" });
    }
    expect(Object.keys(terminalJson().devices)).toEqual(["scanners", "printer"]);
    expect(changes().map(({ role, before, after }) => [role, before !== null, after !== null])).toEqual([
      ["scale", false, true],
      ["display", false, true],
      ["scale", true, true],
      ["scale", true, false],
      ["display", true, false],
    ]);
  });
});

describe("A manager at a scanner that is set up", () => {
  it("gives it a name and a prefix: it scans as it is set at once, is journaled, and can be removed", async () => {
    const { page } = till;
    await beginSelling(till, "manager-1");
    await openDevices(page);
    await part(page, "change-scanner-1").click();
    await part(page, "scanner-editor").waitFor();
    await part(page, "scanner-name").fill("printer-1");
    await part(page, "scanner-wrong").waitFor();
    expect(await part(page, "scanner-save").isDisabled()).toBe(true);
    await part(page, "scanner-name").fill("左侧柜台");
    await part(page, "scanner-prefix").fill("#");
    await part(page, "scanner-save").click();
    await part(page, "device-左侧柜台").waitFor();
    expect(terminalJson().devices.scanners).toMatchObject([{ id: "左侧柜台", prefix: "#" }]);
    await part(page, "settings-leave").click();
    await until("it is ready", async () =>
      (await till.view()).status.devices.find(({ role, state }) => role === "scanner" && state === "ready"),
    );
    await scan(shop, `#${cola}`);
    await until("it sells", async () => (await linesInCart()) === 1);
    await openDevices(page);
    await part(page, "remove-左侧柜台").click();
    await part(page, "remove-sure-左侧柜台").click();
    await part(page, "device-左侧柜台").waitFor({ state: "detached" });
    expect(terminalJson().devices.scanners).toEqual([]);
    expect(changes()).toMatchObject([
      { role: "scanner", deviceId: "左侧柜台", before: { id: "scanner-1", prefix: "" }, after: { prefix: "#" } },
      { role: "scanner", deviceId: "左侧柜台", after: null },
    ]);
  });
});

describe("The self-test", () => {
  it("shows what was scanned and what it means, sells nothing, covers payment codes, and ends with the page", async () => {
    const { page } = till;
    await beginSelling(till);
    await page.keyboard.press("F12");
    await part(page, "more-devices").click();
    await part(page, "settings-self-test").click();
    await part(page, "self-test-scanner-1").waitFor();
    await scan(shop, cola);
    await part(page, "trace-text").first().waitFor();
    expect(await part(page, "trace-text").first().textContent()).toBe(cola);
    expect(await part(page, "trace-meaning").first().textContent()).toContain("可口可乐");
    const code = await shop.paymentCode();
    await scan(shop, code);
    await until("the second is shown", async () => (await part(page, "trace-scan").count()) === 2);
    const shown = (await part(page, "trace-list").textContent()) ?? "";
    expect([shown.includes(code), shown.includes(Buffer.from(code).toString("hex").slice(0, 8))]).toEqual([
      false,
      false,
    ]);
    expect(await linesInCart()).toBe(0);
    await part(page, "settings-leave").click();
    await part(page, "settings").waitFor({ state: "detached" });
    await scan(shop, cola);
    await until("scans sell again", async () => (await linesInCart()) === 1);
  });

  it("that is loaded anew in the middle lets scans sell again by itself", async () => {
    const { page } = till;
    await beginSelling(till);
    await page.keyboard.press("F12");
    await part(page, "more-devices").click();
    await part(page, "settings-self-test").click();
    await part(page, "self-test-scanner-1").waitFor();
    await page.reload();
    await until("a scan sells", async () => {
      await scan(shop, cola);
      return (await linesInCart()) > 0;
    });
  });
});

describe("A cashier", () => {
  it("looks at devices and changes none: not on the page, and not by a message either", async () => {
    const { page } = till;
    await beginSelling(till);
    await page.keyboard.press("F12");
    await part(page, "more-devices").click();
    await part(page, "device-scanner-1").waitFor();
    const keys = [
      "add-scanner",
      "add-printer",
      "add-scale",
      "add-display",
      "change-printer-1",
      "change-scanner-1",
      "restart-scanner-1",
      "remove-scanner-1",
      "found",
    ];
    for (const key of keys) expect([key, await part(page, key).count()]).toEqual([key, 0]);
    const address = { role: "scanner", deviceId: "scanner-1" } as const;
    const refused = { ok: false, fault: { kind: "not-allowed" } };
    expect(await till.send("device-remove", address)).toEqual(refused);
    expect(await till.send("device-restart", address)).toEqual(refused);
    expect(await till.send("pairing-begin", { at: null })).toEqual(refused);
    expect(await till.send("pairing-use-typed", {})).toEqual(refused);
    const transport = { kind: "tcp", host: "127.0.0.1", port: spare.port } as const;
    const config = { id: "new", transport } as const;
    const scale = { ...config, protocol: "toledo-8217" } as const;
    expect(await till.send("device-save", { section: { role: "scale", config: scale } })).toEqual(refused);
    expect(await till.send("device-save", { section: { role: "scanner", config } })).toEqual(refused);
    expect([changes(), spare.connections()]).toEqual([[], 0]);
  });
});
