import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demoItems } from "#tests/support/demo-items.ts";
import { compose, pressComposedKeys, pressKeys } from "#tests/support/keyboard.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, moneyWord, part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/** Twice the usual, and still below a quick typist's: a busy machine makes pauses of its own between a scanner's keys. */
const maxKeyGapMs = 60;

/** A scanner's pace, a quick typist's and a usual one's: milliseconds between two keys. */
const scannerMs = 5;
const fastTypistMs = 67;
const typistMs = 125;
/** From the last key to the trigger, and back to the keys: what comes sooner may belong to the code before. */
const reachMs = 300;

const items = demoItems(12);
const codeAt = (at: number): string => items[at]?.barcode ?? "";

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  const printer = { id: "printer-1", transport: { kind: "virtual" }, drawer: {} } as const;
  shop = await openShop({
    devices: { scanners: [{ id: "wedge-1", transport: { kind: "wedge", maxKeyGapMs } }], printer },
  });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

/** Each test begins with one item in the cart and nothing open. */
beforeEach(async () => {
  await till.page.keyboard.press("Escape");
  const { lines } = (await till.view()).sale;
  for (const { lineId } of lines) await till.send("void-line", { lineId });
  await linesOnScreen(till.page, 0);
  await scanned(codeAt(0));
});

async function scanned(code: string): Promise<void> {
  const before = (await till.view()).sale.scanCount;
  await pressKeys(till, `${code}⏎`, scannerMs, reachMs);
  await until("the scan is answered", async () => (await till.view()).sale.scanCount === before + 1);
}

const names = async (): Promise<readonly string[]> => (await till.view()).sale.lines.map((line) => line.nameZh);
const searched = (): Promise<string> => part(till.page, "search").inputValue();

describe("A scanner that types like a keyboard", () => {
  it("is shown as a scanner that is ready", async () => {
    expect((await till.view()).status.devices.filter(({ role }) => role === "scanner")).toEqual([
      { deviceId: "wedge-1", role: "scanner", state: "ready", reason: null, trouble: null },
    ]);
  });

  it("leaves nothing in the search field that has the focus, and its Enter chooses nothing there", async () => {
    await till.page.keyboard.press("F2");
    await pressKeys(till, "kele", typistMs);
    await part(till.page, "search-result").first().waitFor();
    await scanned(codeAt(1));
    expect(await searched()).toBe("kele");
    expect(await names()).toEqual([items[0]?.zh, items[1]?.zh]);
    await till.page.keyboard.press("Escape");
  });

  it("leaves the quantity that is being typed alone", async () => {
    await till.page.keyboard.press("F3");
    await part(till.page, "quantity").waitFor();
    const typed = (): Promise<readonly string[]> =>
      part(till.page, "quantity").evaluate((dialog) =>
        [...dialog.querySelectorAll("input, output, [data-testid]")].map((one) => one.textContent ?? ""),
      );
    await pressKeys(till, "1", typistMs);
    await until("the digit is there", async () => (await typed()).join().includes("1"));
    const before = await typed();
    await scanned(codeAt(1));
    expect(await typed()).toEqual(before);
    expect((await till.view()).sale.lines.map((line) => line.quantity)).toEqual([1_000, 1_000]);
    await till.page.keyboard.press("Escape");
  });

  it("types nothing into the manager's PIN", async () => {
    await till.page.keyboard.press("F9");
    await part(till.page, "no-sale").waitFor();
    await part(till.page, "reason-1").click();
    await part(till.page, "no-sale-confirm").click();
    await part(till.page, "approval").waitFor();
    await scanned(codeAt(1));
    // A PIN of digits and Enter would have been refused by now.
    expect(await part(till.page, "approval").getByRole("alert").count()).toBe(0);
    await pressKeys(till, `${till.pins.get("manager-1") ?? ""}⏎`, fastTypistMs);
    await part(till.page, "approval").waitFor({ state: "detached" });
    expect(await names()).toHaveLength(2);
  });

  it("does not press the button that has the focus", async () => {
    // Without a line on the screen it is disabled, and would not take the focus.
    await linesOnScreen(till.page, 1);
    await part(till.page, "pay").focus();
    expect(await part(till.page, "pay").evaluate((button) => button === document.activeElement)).toBe(true);
    await scanned(codeAt(1));
    expect((await till.view()).payment).toBeNull();
    expect(await names()).toHaveLength(2);
    // A person's Enter does press it, when it comes too late to be the code's own.
    await pressKeys(till, "⏎", typistMs, reachMs);
    await until("the payment is open", async () => (await till.view()).payment !== null);
    await till.send("leave-payment", {});
  });

  it("hands the customer's payment code over like any other scanner", async () => {
    await till.send("take-payment", {});
    await part(till.page, "payment").waitFor();
    await pressKeys(till, `${await shop.paymentCode()}⏎`, scannerMs);
    await until("it is paid", async () => (await moneyWord(till.page)) === "paid");
    await till.send("next-sale", {});
  });

  it("is read by its keys while a Chinese input method is on, which keeps none of them", async () => {
    await till.page.keyboard.press("F2");
    const before = (await till.view()).sale.scanCount;
    await compose(till, "abc12345");
    await until("the letters stand in the field", async () => (await searched()) === "abc12345");
    await pressComposedKeys(till, "abc12345⏎", scannerMs);
    await until("the scan is answered", async () => (await till.view()).sale.scanCount === before + 1);
    await until("the field is empty", async () => (await searched()) === "");
    const unknown = (await till.view()).notices.filter(({ kind }) => kind === "unknown-barcode");
    expect(unknown.map((notice) => notice.kind === "unknown-barcode" && notice.text)).toEqual(["abc12345"]);
    await till.page.keyboard.press("Escape");
  });

  it("together with a second one is unreadable, and rings nothing up", async () => {
    const mixed = [...codeAt(1)].map((digit, at) => `${digit}${codeAt(2)[at] ?? ""}`).join("");
    await pressKeys(till, `${mixed}⏎⏎`, scannerMs);
    await till.page.locator("[data-testid=notice][data-kind=scan-unreadable]").waitFor();
    expect(await names()).toEqual([items[0]?.zh]);
  });
});

describe("A person at the same keyboard", () => {
  it.each([
    ["eight", typistMs],
    ["fifteen", fastTypistMs],
  ])("types %s keys a second into the search field, and every one arrives", async (_name, gapMs) => {
    await till.page.keyboard.press("F2");
    await pressKeys(till, "kkKL 330ml-2.5 (A)", gapMs);
    await until("all of it is there", async () => (await searched()) === "kkKL 330ml-2.5 (A)");
    await till.page.keyboard.press("Escape");
    expect(await searched()).toBe("");
  });

  it("types an amount and takes the money with Enter", async () => {
    await till.send("take-payment", {});
    await part(till.page, "payment").waitFor();
    await pressKeys(till, "500⏎", fastTypistMs);
    await until("it is paid", async () => (await moneyWord(till.page)) === "paid");
    await till.send("next-sale", {});
  });

  it("types a quantity before a scan", async () => {
    await pressKeys(till, "3*", typistMs);
    await until("it waits for the scan", async () => (await till.view()).sale.multiplier === 3_000);
    await scanned(codeAt(1));
    expect((await till.view()).sale.lines.map((line) => line.quantity)).toEqual([1_000, 3_000]);
  });
});
