import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import {
  checkEverything,
  checkRow,
  leaveHealthPage,
  lookIntoPackage,
  openHealthPage,
} from "#tests/support/health-screens.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { customerWill, scan } from "#tests/support/shop-day.ts";
import { sweep } from "#tests/support/sweep.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

const barcode = "6920536012350";
const windows = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

describe.each(["zh-CN", "en"] as const)("The health page, in %s", (locale: Locale) => {
  let shop: Shop;
  let till: TillUnderTest;

  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
    await beginSelling(till, "manager-1");
  });
  afterAll(async () => {
    await till?.close();
    await shop?.close();
  });

  const wordOf = (check: string) => checkRow(till.page, check).getAttribute("data-word");
  const picture = async (name: string): Promise<void> => {
    for (const window of windows) {
      await till.page.setViewportSize(window);
      await pictureIfWanted(till.page, `health/${name}.${locale}.${window.width}x${window.height}`);
    }
    await till.page.setViewportSize(windows[0]);
  };

  it("times what is really scanned, sold, printed and paid", async () => {
    await customerWill(shop, "pay");
    await scan(shop, barcode);
    await until("the scan is answered", async () => (await till.view()).sale.lines.length === 1);
    await till.send("take-payment", {});
    await scan(shop, await shop.paymentCode());
    await until(
      "it is paid",
      async () => (await till.view()).payment?.done !== undefined && (await till.view()).payment?.done !== null,
    );
    await till.send("next-sale", {});
    await until("it is printed", async () => (await till.view()).status.receiptsWaiting === 0);
    await part(till.page, "empty-cart").waitFor();

    await openHealthPage(till.page);
    const count = async (kind: string): Promise<number> =>
      Number(await till.page.locator(`[data-testid=speed-row][data-kind=${kind}]`).getAttribute("data-count"));
    await until("the times are there", async () => (await count("print")) > 0);
    expect(await count("scan-answered")).toBe(2);
    expect(await count("scan-painted")).toBeGreaterThanOrEqual(1);
    expect(await count("commit")).toBe(1);
    expect(await count("gateway-pay")).toBe(1);
  });

  it("checks everything by one key, and says of each what is so", async () => {
    await checkEverything(till.page);
    for (const check of ["database", "durability", "journal-end", "devices", "papers", "log", "version"])
      expect([check, await wordOf(check)]).toEqual([check, "ok"]);
    // A busy machine flushes slowly, which is what the check is for.
    expect(["ok", "slow"]).toContain(await wordOf("disk-write"));
    expect(await wordOf("gateway")).toBe("ok");
    expect(await wordOf("clock")).toBe("ok");
    expect(await wordOf("backup")).toBe("no-folder");
    expect(await wordOf("head-office")).toBe("not-set-up");
    expect(await part(till.page, "health-summary").getAttribute("data-state")).not.toBe("broken");
    await picture("checked");
  });

  it("checks the whole journal by the key of its own row", async () => {
    expect(await wordOf("journal-whole")).toBe("unchecked");
    await checkRow(till.page, "journal-whole").getByRole("button").click();
    await until("the journal is checked", async () => (await wordOf("journal-whole")) === "ok");
  });

  it("tells a printer that is gone and a gateway that is away, with what to do", async () => {
    await shop.simulators.close();
    await until("the printer is missed", async () =>
      (await till.view()).status.devices.some(({ role, state }) => role === "printer" && state !== "ready"),
    );
    await checkEverything(till.page);
    expect(await wordOf("devices")).toBe("trouble");
    expect(await wordOf("gateway")).toBe("away");
    expect(await part(till.page, "health-summary").getAttribute("data-state")).toBe("broken");
    await picture("trouble");
  });

  it("shows what support is given, saves it where the manager says, and nothing in it is anybody's secret", async () => {
    const { page } = till;
    await lookIntoPackage(page);
    await page.locator("[data-testid=support-file][data-name='logs/till.log']").click();
    await until("the log is shown", async () =>
      (await part(page, "support-text").innerText()).includes("gateway answered"),
    );
    await picture("package");
    await page.keyboard.press("Escape");
    await part(page, "support-package").waitFor({ state: "detached" });

    const target = join(shop.dataDir, "..", `support-${locale}.zip`);
    await till.app.evaluate(({ dialog }, filePath) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
    }, target);
    await part(page, "support-save").click();
    await until("it is saved", async () => (await part(page, "support-said").innerText()).includes("KB"));
    const inside = Object.entries(unzipSync(readFileSync(target)));
    expect(inside.map(([name]) => name)).toEqual(
      expect.arrayContaining(["health.json", "database.json", "logs/till.log"]),
    );
    const places = inside.map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }));
    expect(sweep(places, shop.secrets())).toEqual([]);
    const text = places.map(({ bytes }) => bytes.toString("utf8")).join("\n");
    for (const mine of ["店长", "收银员", "蜂鸟", "Hummingbird", "0000-6218", shop.terminal.wechatPay?.mchid ?? "?"])
      expect(text).not.toContain(mine);
    await leaveHealthPage(page);
  });
});
