import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { officeBrowser } from "#tests/support/office-browser.ts";
import { openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { isRunning } from "#tests/support/processes.ts";
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

describe("Its head office", () => {
  const sync = async () => (await till.view()).sync;
  const agreed = (afterMs: number) =>
    until("both sides agree", async () => {
      await till.send("sync-now", {});
      const view = await sync();
      const isAgreed = view.waiting === 0 && (view.lastAgreedAtMs ?? 0) > afterMs && view.disagreedDates.length === 0;
      return view.state === "online" && isAgreed;
    });
  const sell = async (count: number) => {
    for (let sold = 0; sold < count; sold += 1) {
      await till.send("next-sale", {});
      await ringUp(till, "6920536011247");
      await till.send("take-payment", {});
      expect(await till.send("pay-cash", { receivedFen: 1_000 })).toMatchObject({ ok: true });
    }
  };
  const benchSays = (state: string) =>
    until(`the bench says ${state}`, async () => {
      const note = part(bench, "office-note");
      return (await note.getAttribute("data-state")) === state && note.innerText();
    });
  const pid = () =>
    till.app.evaluate(
      ({ app }) =>
        app.getAppMetrics().find(({ serviceName, name }) => [name, serviceName].includes("head-office"))?.pid,
    );
  /** As the console tells it at the first start. */
  const told = () =>
    until("address and first password", () =>
      /^head office (http:\/\/127\.0\.0\.1:\d+)\/ first sign-in, shown once: (\w+), password (\w+)$/m.exec(
        till.console(),
      ),
    );

  it("has enrolled the till by itself, has all that was sold, and agrees with it", async () => {
    expect(await benchSays("online")).not.toBe("");
    await agreed(0);
    const { lastAgreedAtMs } = await sync();
    await sell(1);
    await agreed(lastAgreedAtMs ?? 0);
    const days = await asManager(() => till.send("agreement-days", {}));
    if (!days.ok) throw new Error(JSON.stringify(days.fault));
    expect(days.value.map(({ there, isAgreed }) => [there?.saleCount, isAgreed])).toEqual([
      [readBooks(dataDir).sales.length, true],
    ]);
  });

  it("serves its page where the console and the bench say, and takes a price list that goes down to the till", async () => {
    const [, url = "", name = "", password = ""] = await told();
    expect(await part(bench, "office-page").innerText()).toBe(url);
    const page = await (await fetch(`${url}/`)).text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? "";
    expect((await fetch(`${url}${script}`)).headers.get("content-type")).toContain("javascript");

    const admin = officeBrowser(url);
    expect((await admin.signIn(name, password)).status).toBe(204);
    const next = "a good long password";
    expect((await admin.send("POST", "/password", { current: password, next })).status).toBe(204);
    const list = "货号,名称,条码,售价,单位,分类\nHO-1,总部新品,6901234567892,8.80,件,饮料\n";
    const { json } = await admin.send<string>("POST", "/shops/D001/imports?mode=all&name=list.csv", undefined, {
      ...{ body: list, headers: { "content-type": "application/octet-stream" } },
    });
    expect(JSON.parse(json.trim().split("\n").at(-1) ?? "")).toMatchObject({ state: "done", written: 1 });
    await till.send("next-sale", {});
    await until("the new item is sold at the till", async () => {
      await till.send("sync-now", {});
      return (await till.send("scan", { text: "6901234567892", by: "typed" })).ok;
    });
    // And none of the store's own went.
    await ringUp(till, "6920536011247");
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: 2_000 })).toMatchObject({ ok: true });
    await agreed((await sync()).lastAgreedAtMs ?? 0);
  });

  it("is away while the bench's cable is out, and has every sale once it is back in", async () => {
    await part(bench, "office-cable").click();
    await sell(5);
    const note = await benchSays("offline");
    expect(note).toMatch(/\d/);
    expect(await sync()).toMatchObject({ state: "offline" });
    expect((await sync()).waiting).toBeGreaterThanOrEqual(5);
    await part(bench, "office-cable").click();
    await benchSays("online");
    await agreed((await sync()).lastAgreedAtMs ?? 0);
    expect(await part(bench, "bench-refusal").count()).toBe(0);
  });

  it("that crashes is an outage to the till and comes back, and ends with the till", async () => {
    const first = await until("head office's process", pid);
    process.kill(first, "SIGKILL");
    await until("the console says so", () => till.console().includes("the till goes on without it"));
    await sell(1);
    const second = await until("another process", async () => {
      const now = await pid();
      return now !== undefined && now !== first && now;
    });
    await benchSays("online");
    await agreed((await sync()).lastAgreedAtMs ?? 0);
    expect(isRunning(second)).toBe(true);
    await till.close();
    await until("it has ended", () => !isRunning(second));
  });

  /** The cashier steps aside for a moment. */
  async function asManager<T>(act: () => Promise<T>): Promise<T> {
    const pinOf = (id: string) => ({ cashierId: id, pin: till.pins.get(id) ?? "" });
    await till.send("next-sale", {});
    await till.send("sign-out", {});
    expect(await till.send("sign-in", pinOf("manager-1"))).toMatchObject({ ok: true });
    const answer = await act();
    await till.send("sign-out", {});
    expect(await till.send("sign-in", pinOf("cashier-1"))).toMatchObject({ ok: true });
    return answer;
  }
});
