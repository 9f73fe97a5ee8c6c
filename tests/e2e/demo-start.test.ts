import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { readQr } from "#tests/support/read-qr.ts";
import { runTill } from "#tests/support/run-till.ts";
import { linesOnScreen, moneyWord, part, totalOnScreen, type } from "#tests/support/sale-screen.ts";

let dataDir: string;
let till: TillUnderTest;
let bench: Page;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-demo-"));
  till = await openTill({ dataDir });
  bench = await till.window("bench.html");
});

afterAll(async () => {
  await till.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("A start without terminal.json", () => {
  it("opens the demo store and says in one line what runs where", async () => {
    const line = await until("the ready line", () => till.console().match(/^ready (\{.*\})$/m)?.[1]);
    expect(JSON.parse(line)).toMatchObject({
      dataDir,
      terminal: "T01",
      scanners: [{ kind: "tcp", host: "127.0.0.1" }],
      printer: { kind: "tcp", host: "127.0.0.1" },
      simulators: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
    });
    expect((JSON.parse(line) as { items: number }).items).toBeGreaterThanOrEqual(2_000);
  });

  it("shows the demo PINs on the sign-in screen, the same as on the console, and they work", async () => {
    const shown = await until("both PINs", async () => {
      const texts = await part(till.page, "demo-pin").allInnerTexts();
      return texts.length === 2 && texts;
    });
    const told = [...till.pins.values()];
    expect(shown.map((text) => text.match(/\d{4,}/)?.[0])).toEqual(told);

    await type(till.page, told[0] ?? "");
    await till.page.keyboard.press("Enter");
    await part(till.page, "open-shift").waitFor();
    await type(till.page, "200");
    await till.page.keyboard.press("Enter");
    await part(till.page, "empty-cart").waitFor();
    expect((await till.view()).shift?.floatFen).toBe(20_000);
  });

  it("sells by the buttons of the Device bench alone, down to the receipt on its printer", async () => {
    await bench.locator("[data-testid^=shelf-]").first().click();
    await linesOnScreen(till.page, 1);
    await bench.locator("[data-testid^=label-]").first().click();
    await linesOnScreen(till.page, 2);
    const totalFen = await totalOnScreen(till.page);
    expect(totalFen).toBeGreaterThan(0);

    await till.page.keyboard.press("Space");
    await part(till.page, "payment").waitFor();
    await bench.locator("[data-testid=behaviour-pay]").click();
    await part(bench, "phone-present").click();
    await until("the till says paid", async () => (await moneyWord(till.page)) === "paid");

    expect(readBooks(dataDir).sales.map((sale) => sale.totalFen)).toEqual([totalFen]);
    const number = await part(till.page, "sale-number").innerText();
    await until("the receipt is on the bench's paper", async () =>
      (await part(bench, "papers").innerText()).includes(number),
    );
    expect(await part(bench, "phone-entry").first().getAttribute("data-outcome")).toBe("paid");
  });

  it("lets the bench's phone scan the code on the customer display, think again, and pay it", async () => {
    await till.page.keyboard.press("Space");
    await bench.locator("[data-testid^=shelf-]").nth(1).click();
    await linesOnScreen(till.page, 1);
    const totalFen = await totalOnScreen(till.page);
    await till.page.keyboard.press("Space");
    await part(till.page, "pay-qr").click();

    const display = await till.window("display.html");
    const codeUrl = await until("the customer display shows a QR code", async () => readQr(await display.screenshot()));
    await part(till.page, "qr-copy").waitFor();
    expect(await readQr(await till.page.screenshot())).toBe(codeUrl);

    await part(bench, "phone-scan-display").click();
    await part(bench, "phone-refuse").click();
    expect(await moneyWord(till.page)).toBe("not-known");
    await part(bench, "phone-scan-display").click();
    await part(bench, "phone-accept").click();
    await until("the till says paid", async () => (await moneyWord(till.page)) === "paid");
    expect(await part(bench, "bench-refusal").count()).toBe(0);
    expect(readBooks(dataDir).sales.at(-1)?.totalFen).toBe(totalFen);
    await part(till.page, "qr-copy").waitFor({ state: "detached" });

    await part(bench, "phone-scan-display").click();
    await until("the bench says that no code is shown", () => part(bench, "bench-refusal").isVisible());
  });

  it("a second time on the same directory brings the first to the front and ends", async () => {
    await till.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes("/index.html"));
      window?.minimize();
    });
    const second = runTill(dataDir);
    expect(await second.ended).toBe(0);
    expect(second.console()).toContain(`already open on ${dataDir}`);
    expect(second.console()).not.toContain("ready {");
    await until("the first is in front", () =>
      till.app.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes("/index.html"));
        return window?.isFocused() === true && !window.isMinimized();
      }),
    );
    expect((await till.view()).session).not.toBeNull();
  });
});
