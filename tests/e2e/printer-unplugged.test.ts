import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Paper } from "#contract/bench/devices.ts";
import { readBooks } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openSerialPrinter, type SerialPrinter } from "#tests/support/serial-printer.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";

let shop: Shop;
let printer: SerialPrinter;
let till: TillUnderTest;

beforeAll(async () => {
  printer = await openSerialPrinter(48);
  const transport = { kind: "serial", path: printer.path, baudRate: 115_200 } as const;
  shop = await openShop({ devices: { printer: { id: "printer-1", transport, drawer: {} } } });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
  await printerIs("ready");
});

afterAll(async () => {
  await till.close();
  await printer.unplug();
  await shop.close();
});

async function printerIs(state: "ready" | "away"): Promise<void> {
  await until(`the printer is ${state}`, async () => {
    const device = (await till.view()).status.devices.find((one) => one.role === "printer");
    return (device?.state === "ready") === (state === "ready");
  });
}

/** @returns the sale's number */
async function sellForCash(): Promise<string> {
  await ringUp(till, "6920536012350");
  await till.send("take-payment", {});
  expect(await till.send("pay-cash", { receivedFen: 350 })).toEqual({ ok: true, value: null });
  const { payment } = await till.view();
  await till.send("next-sale", {});
  return payment?.done?.saleNumber ?? "no sale";
}

function numberOn(paper: Paper): string | undefined {
  return paper.elements.find((element) => element.kind === "barcode")?.text;
}

function isCopy(paper: Paper): boolean {
  return plainLines(paper.elements, 48).some((line) => line.trim() === "副本 COPY");
}

describe("A receipt printer whose cable is pulled", () => {
  it("holds up no sale, and prints what waited once it is back, each receipt once", async () => {
    await printer.unplug();
    await printerIs("away");
    const first = await sellForCash();
    const second = await sellForCash();

    await until("the cashier is told", async () =>
      (await till.view()).notices.find((notice) => notice.kind === "printer-trouble"),
    );
    expect(readBooks(shop.dataDir).sales.map((sale) => sale.saleNumber)).toEqual([first, second]);
    expect((await till.view()).status.receiptsWaiting).toBe(2);
    expect(printer.papers()).toEqual([]);

    await printer.plugIn();
    await until("nothing waits any more", async () => (await till.view()).status.receiptsWaiting === 0);
    expect(printer.papers().map(numberOn)).toEqual([first, second]);
    expect(printer.papers().map(isCopy)).toEqual([false, false]);
    await until(
      "the trouble is forgotten",
      async () => !(await till.view()).notices.some((notice) => notice.kind === "printer-trouble"),
    );
  });

  it("in the middle of a receipt makes the till ask, and print again as a copy; the next sale goes on", async () => {
    const paperBefore = printer.papers().length;
    const pulled = printer.unplugInMidReceipt();
    const doubtful = await sellForCash();
    await pulled;
    const asked = await until("the cashier is asked", async () =>
      (await till.view()).notices.find((notice) => notice.kind === "print-unknown"),
    );
    expect(asked).toMatchObject({ saleNumber: doubtful });

    const next = await sellForCash();
    await printer.plugIn();
    await until("the next sale's receipt is out", () => printer.papers().length === paperBefore + 1);
    expect(
      printer
        .papers()
        .slice(paperBefore)
        .map((paper) => [numberOn(paper), isCopy(paper)]),
    ).toEqual([[next, false]]);

    if (asked.kind !== "print-unknown") throw new Error("another notice");
    expect(await till.send("resolve-print", { jobId: asked.jobId, as: "print-again" })).toEqual({
      ok: true,
      value: null,
    });
    await until("the copy is out", () => printer.papers().length === paperBefore + 2);
    expect(
      printer
        .papers()
        .slice(paperBefore + 1)
        .map((paper) => [numberOn(paper), isCopy(paper)]),
    ).toEqual([[doubtful, true]]);
    expect((await till.view()).notices).toEqual([]);
  });
});
