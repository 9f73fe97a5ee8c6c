import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { allPaymentsEnd, customerWill, enterPassword, scan } from "#tests/support/shop-day.ts";
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
    expect(await till.send("open-drawer", {})).toEqual({ ok: false, fault: { kind: "approval-needed" } });
    expect(await till.send("open-drawer", { approvalPin: till.pins.get("cashier-1") })).toMatchObject({ ok: false });

    await till.send("sign-out", {});
    expect(await till.send("day", day)).toEqual({ ok: false, fault: { kind: "not-signed-in" } });
    await beginSelling(till, "manager-1");
    expect(await till.send("day", day)).toMatchObject({ ok: true });
    await beginSelling(till);
  });
});

describe("After a day's selling", () => {
  it("a PIN would be found beside a name or in a message, and is not in a time or an id", () => {
    const found = (text: string) => holdsPin(Buffer.from(text), "739164");
    expect([found('{"pin":"739164"}'), found("cashier-1739164"), found("id 739164.")]).toEqual([true, true, true]);
    expect([found("1739164000123"), found("0193-a0b7391645cd-7")]).toEqual([false, false]);
    const asTyped = Buffer.from(" 739164 ", "utf16le");
    expect([holdsPin(asTyped, "739164"), holdsPin(asTyped.subarray(1), "739164")]).toEqual([true, true]);
  });

  it("no payment code, PIN or key stands in any file of the till, and a sale's number does", async () => {
    const codes: string[] = [];
    const sell = async (pay: () => Promise<void>): Promise<void> => {
      await ringUp(till, "6920536012350");
      await till.send("take-payment", {});
      await pay();
      await allPaymentsEnd(till);
      const { payment } = await till.view();
      if (payment?.done === null) await till.send("pay-cash", { receivedFen: payment.leftFen });
      await till.send("next-sale", {});
    };
    const byCode = async (): Promise<void> => {
      const code = await shop.paymentCode();
      codes.push(code);
      await scan(shop, code);
      await until("the code is taken", async () => (await till.view()).payment?.stage !== "choose");
    };
    await customerWill(shop, "pay");
    await sell(byCode);
    await customerWill(shop, "password");
    await sell(async () => {
      await byCode();
      await enterPassword(shop, true);
    });
    await customerWill(shop, "not-enough");
    await sell(byCode);
    await shop.control("POST", "/gateway/script", { outcome: "bad-gateway-but-done", next: true });
    await sell(byCode);
    await sell(async () => {
      await till.send("show-qr", { amountFen: null });
      const codeUrl = await until("the QR is up", async () => {
        const { orders } = (await shop.control("GET", "/gateway/ledger")) as {
          orders: { kind: string; state: string }[];
        };
        return orders.some((order) => order.kind === "native" && order.state === "NOTPAY");
      });
      expect(codeUrl).toBe(true);
      const { payment } = await till.view();
      await till.send("cancel-attempt", { outTradeNo: payment?.attempt?.outTradeNo ?? "" });
    });
    // A code scanned too early, and one typed where no code belongs, are codes all the same.
    const early = await shop.paymentCode();
    await till.send("scan", { text: early, by: "typed" });
    await till.send("search-items", { text: early, limit: 5 });
    const wrongPin = "739164";
    await till.send("sign-in", { cashierId: "manager-1", pin: wrongPin });
    const saleNumber = (await till.view()).lastSales[0]?.saleNumber ?? "none";

    const { gateway } = shop.simulators.ready;
    const privateKey = readFileSync(gateway.privateKeyPath, "utf8").split("\n");
    const pins = [wrongPin, ...till.pins.values()];
    const secrets = [...codes, early, gateway.apiV3Key, privateKey[1] ?? "", privateKey[4] ?? ""];
    expect(codes).toHaveLength(4);
    expect([...secrets, ...pins].every((secret) => secret.length >= 6)).toBe(true);

    // First as a power cut would leave the files, write-ahead logs and all, then after an orderly end.
    const running = filesBelow(shop.dataDir);
    await till.close();
    for (const files of [running, filesBelow(shop.dataDir)]) {
      expect(files.map((file) => file.name)).toEqual(
        expect.arrayContaining(["sales.db", "catalog.db", join("logs", "till.log")]),
      );
      const holding = (isIn: (bytes: Buffer) => boolean) =>
        files.filter((file) => isIn(file.bytes)).map((file) => file.name);
      expect(secrets.flatMap((secret) => holding((bytes) => holds(bytes, secret)))).toEqual([]);
      expect(pins.flatMap((pin) => holding((bytes) => holdsPin(bytes, pin)))).toEqual([]);
      expect(files.some((file) => file.name.startsWith("sales.db") && holds(file.bytes, saleNumber))).toBe(true);
    }
  });
});

interface FileFound {
  readonly name: string;
  readonly bytes: Buffer;
}

function filesBelow(folder: string): readonly FileFound[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => {
      const name = path.slice(folder.length + 1);
      try {
        return [{ name, bytes: readFileSync(path) }];
      } catch (cause) {
        // Chromium's own temporary files come and go while the till runs.
        if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
        throw cause;
      }
    });
}

/**
 * Six digits also stand by chance inside times, barcodes and ids, which are longer runs of digits and hexadecimal letters
 * than a PIN beside anything that a till would store next to it.
 */
function holdsPin(bytes: Buffer, pin: string): boolean {
  // Two-byte text may begin at an odd place of the file.
  return [bytes.toString("latin1"), bytes.toString("utf16le"), bytes.toString("utf16le", 1)].some((text) =>
    [...text.matchAll(/[0-9a-f]{6,}/g)].some(([run]) => run.length < 12 && run.includes(pin)),
  );
}

/** As text, and as the two-byte characters in which Chromium keeps what was typed into a page. */
function holds(bytes: Buffer, text: string): boolean {
  return bytes.includes(text, 0, "utf8") || bytes.includes(text, 0, "utf16le");
}
