import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let shop: Shop;
let till: TillUnderTest;

beforeAll(async () => {
  shop = await openShop();
  till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
  await beginSelling(till);
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

describe("A page of the till", () => {
  it("knows neither Node nor Electron", async () => {
    for (const page of [till.page, await till.window("display.html")]) {
      const found = await page.evaluate(() =>
        ["require", "process", "module", "Buffer", "global", "electron", "ipcRenderer"].filter(
          (name) => name in globalThis,
        ),
      );
      expect(found).toEqual([]);
    }
  });

  it("has a bridge that it cannot change", async () => {
    const send = await till.page.evaluate(() => {
      const before = tillway.send;
      try {
        Object.assign(tillway, { send: () => "forged" });
      } catch {
        // Refused loudly; refused silently would do as well.
      }
      return tillway.send === before;
    });
    expect(send).toBe(true);
  });

  it("opens no window, leaves for no other page and reaches no network", async () => {
    const { gateway, control } = shop.simulators.ready;
    const windowsBefore = till.app.windows().length;
    expect(await till.page.evaluate(() => window.open("https://example.com/") === null)).toBe(true);

    const address = till.page.url();
    for (const target of ["https://example.com/", "app://tillway/display.html", gateway.baseUrl]) {
      await till.page.evaluate((url) => window.location.assign(url), target).catch(() => null);
    }
    expect((await till.view()).session?.cashierId).toBe("cashier-1");
    expect(till.page.url()).toBe(address);
    expect(till.app.windows()).toHaveLength(windowsBefore);

    for (const url of ["https://example.com/", control.url, "app://tillway/index.html"]) {
      const reached = await till.page.evaluate(
        (from) =>
          fetch(from).then(
            () => true,
            () => false,
          ),
        url,
      );
      expect([url, reached]).toEqual([url, false]);
    }
    const isImageLoaded = await till.page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const image = new Image();
          image.addEventListener("load", () => resolve(true));
          image.addEventListener("error", () => resolve(false));
          image.src = url;
        }),
      `${control.url}/x.png`,
    );
    expect(isImageLoaded).toBe(false);
  });

  it("runs no text as a program and takes no foreign script", async () => {
    const isInlineRun = await till.page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.foreignScriptRan = true";
      document.head.append(script);
      return "foreignScriptRan" in globalThis;
    });
    // As a text, because the test's own tools would rewrite an import.
    const isImported = await till.page.evaluate(
      'import("data:text/javascript,export default 1").then(() => true, () => false)',
    );
    expect([isInlineRun, isImported]).toEqual([false, false]);
  });

  it("is granted no permission", async () => {
    const states = await till.page.evaluate(async () => {
      const names = ["geolocation", "notifications", "camera", "microphone"] as const;
      const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
      return answers.map((answer) => answer.state);
    });
    expect(states).not.toContain("granted");
  });
});

describe("Main", () => {
  it("refuses unknown intents and arguments of the wrong shape, whoever asks", async () => {
    const refused = { ok: false, fault: { kind: "bad-arguments" } };
    const ask = (name: unknown, args: unknown): Promise<unknown> =>
      till.page.evaluate(([intent, value]) => tillway.send(intent as never, value as never), [name, args] as const);

    expect(await ask("open-sesame", {})).toEqual(refused);
    expect(await ask("toString", {})).toEqual(refused);
    expect(await ask("__proto__", {})).toEqual(refused);
    expect(await ask(["look"], {})).toEqual(refused);
    expect(await ask("look", null)).toEqual(refused);
    expect(await ask("look", { andMore: true })).toEqual(refused);
    expect(await ask("scan", { text: "x".repeat(257), by: "typed" })).toEqual(refused);
    expect(await ask("pay-cash", { receivedFen: 1.5 })).toEqual(refused);
    expect(await ask("pay-cash", { receivedFen: "100" })).toEqual(refused);
    expect(await ask("pay-cash", { receivedFen: -100 })).toEqual(refused);
    expect(await ask("look", {})).toMatchObject({ ok: true });
  });

  it("shows the day to a manager only, and what needs one asks for a manager's PIN", async () => {
    const day = { businessDate: null };
    expect(await till.send("day", day)).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    expect(await till.send("day-sales", { ...day, limit: 10, before: null })).toEqual({
      ok: false,
      fault: { kind: "not-allowed" },
    });
    expect(await till.send("open-drawer", { reason: "test" })).toEqual({
      ok: false,
      fault: { kind: "approval-needed" },
    });
    expect(await till.send("open-drawer", { reason: "test", approvalPin: till.pins.get("cashier-1") })).toMatchObject({
      ok: false,
    });

    await till.send("sign-out", {});
    expect(await till.send("day", day)).toEqual({ ok: false, fault: { kind: "not-signed-in" } });
    await beginSelling(till, "manager-1");
    expect(await till.send("day", day)).toMatchObject({ ok: true });
    await beginSelling(till);
  });
});
