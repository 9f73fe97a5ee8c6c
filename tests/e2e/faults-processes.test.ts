import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { isRunning } from "#tests/support/processes.ts";
import { runTill } from "#tests/support/run-till.ts";
import { linesOnScreen } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { processOf, windowNow } from "#tests/support/window-by-main.ts";

const cola = "6920536012350";
/** Longer than a page may keep silent before it is taken for hung. Milliseconds. */
const stoppedMs = 13_000;

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
});
afterAll(async () => {
  await till.close();
  await shop.close();
});

const soldFen = (): readonly number[] => readBooks(shop.dataDir).sales.map(({ totalFen }) => totalFen);
const host = (): Promise<number> => until("the device host", () => processOf(till, "device host"));
const scannerState = async () =>
  (await till.view()).status.devices.find(({ role }) => role === "scanner")?.state ?? null;
const isReady = () => until("the scanner is ready", async () => (await scannerState()) === "ready");

describe("The device host", () => {
  it("that dies again and again is told on the screen, started at a growing pace, and hears the scanner again", async () => {
    for (let death = 0; death < 3; death += 1) {
      const before = await host();
      process.kill(before, "SIGKILL");
      await until("the screen says that the scanner is away", async () => (await scannerState()) !== "ready");
      await until("another host", async () => {
        const now = await processOf(till, "device host");
        return now !== null && now !== before;
      });
    }
    // Selling by hand goes on without it.
    await ringUp(till, cola);
    await linesOnScreen(till.page, 1);
    await isReady();
    await until("the scanner is heard", () => shop.control("POST", "/scanner/scan", { text: cola }).catch(() => null));
    await until("its scan is in the cart", async () => (await till.view()).sale.lines[0]?.quantity !== undefined);
    await until("twice the item", async () => (await till.view()).sale.totalFen === 700);
  });
});

describe("A machine that sleeps", () => {
  it("wakes with the same windows, no jump of the clock, its devices opened anew and what it waits for asked", async () => {
    await isReady();
    const [window, before] = [(await windowNow(till, "index.html"))?.pid, await host()];
    await till.send("take-payment", {});
    expect(await till.send("show-qr", { amountFen: null })).toMatchObject({ ok: true });
    const codeUrl = await until("the QR is there", async () => (await till.view()).payment?.attempt?.codeUrl);
    await shop.control("POST", "/wallet/scan-qr", { codeUrl });

    const leader = till.app.process().pid ?? 0;
    process.kill(-leader, "SIGSTOP");
    const stoppedAt = performance.now();
    await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
    await until("the machine has slept", () => performance.now() - stoppedAt > stoppedMs);
    process.kill(-leader, "SIGCONT");
    await till.app.evaluate(({ powerMonitor }) => powerMonitor.emit("resume"));

    await until("the payment is booked", () => soldFen().length === 1);
    expect(soldFen()).toEqual([700]);
    await until("another device host", async () => {
      const now = await processOf(till, "device host");
      return now !== null && now !== before;
    });
    expect((await windowNow(till, "index.html"))?.pid).toBe(window);
    expect(journalBodies(shop.dataDir, "clock-jumped")).toEqual([]);
    expect((await till.view()).notices.map(({ kind }) => kind)).not.toContain("clock-jumped");
    const log = readFileSync(join(shop.dataDir, "logs", "till.log"), "utf8");
    expect(log).toContain("the machine has slept");
    expect(log).not.toContain("page hangs");
    await till.send("next-sale", {});
    await isReady();
    await until("the scanner is heard", () => shop.control("POST", "/scanner/scan", { text: cola }).catch(() => null));
    await linesOnScreen(till.page, 1);
  });
});

describe("A second start", () => {
  it("on another folder opens beside the first, with books of its own", async () => {
    const other = await openShop({ terminalId: "T02" });
    const second = await openTill({ dataDir: other.dataDir });
    try {
      await beginSelling(second);
      await ringUp(second, cola);
      await second.send("take-payment", {});
      expect(await second.send("pay-cash", { receivedFen: 350 })).toMatchObject({ ok: true });
      expect(readBooks(other.dataDir).sales.map(({ saleNumber }) => saleNumber)).toEqual(["T02-000001"]);
      expect(soldFen()).toEqual([700]);
    } finally {
      await second.close();
      await other.close();
    }
  });

  it("after a power cut is a first one, though the lock of the dead process lies there", async () => {
    const leader = till.app.process().pid ?? 0;
    await till.kill();
    expect(isRunning(leader)).toBe(false);
    expect(lstatSync(join(shop.dataDir, "SingletonLock")).isSymbolicLink()).toBe(true);
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
    await beginSelling(till);
    await linesOnScreen(till.page, 1);
    const again = runTill(shop.dataDir);
    expect(await again.ended).toBe(0);
    expect(again.console()).toContain("already open");
    expect(existsSync(join(shop.dataDir, "sales.db"))).toBe(true);
  });
});
