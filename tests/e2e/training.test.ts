import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DrawerState, PrinterState } from "#contract/bench/devices.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { journalEntries } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { approve, openPeoplePage } from "#tests/support/people-screens.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const barcode = "6920536012350";

describe.each(["zh-CN", "en"] as const)("Training, in %s", (locale: Locale) => {
  let shop: Shop;
  let till: TillUnderTest;
  const trainingDir = (): string => join(shop.dataDir, "training");
  const pinOf = (id: string): string => till.pins.get(id) ?? "";
  const signIn = (id: string) => till.send("sign-in", { cashierId: id, pin: pinOf(id) });
  /** The till ends by itself, as its service expects, and is started again by it. */
  const open = async (): Promise<void> => {
    till = await openTill({
      dataDir: shop.dataDir,
      args: ["--supervised", "--display-at=0,0,1024,600"],
      ...(till === undefined ? {} : { pins: till.pins }),
    });
    await part(till.page, "person").first().waitFor();
  };
  const startsAgain = async (): Promise<void> => {
    const child = till.app.process();
    await until("the till has ended", () => child.exitCode !== null || child.signalCode !== null);
    await open();
  };
  const papers = async (): Promise<readonly (readonly string[])[]> => {
    const state = (await shop.control("GET", "/printer")) as PrinterState;
    return state.papers.map(({ elements }) => plainLines(elements, 48));
  };
  const realKinds = (): readonly string[] => journalEntries(shop.dataDir).map(({ kind }) => kind);
  let realBefore: readonly string[] = [];

  beforeAll(async () => {
    shop = await openShop({ locale });
    await open();
    await beginSelling(till, "manager-1");
    await ringUp(till, barcode, barcode);
  });
  afterAll(async () => {
    await till?.close();
    await shop?.close();
  });

  it("is entered by a manager from the settings, and the till starts again as training", async () => {
    const { page } = till;
    await signIn("cashier-1");
    expect(await till.send("enter-training", { approvalPin: pinOf("manager-1") })).toMatchObject({
      ok: false,
      fault: { kind: "not-allowed" },
    });
    await signIn("manager-1");
    await openPeoplePage(page, "training");
    await part(page, "enter-training").click();
    await approve(page, pinOf("manager-1"));
    await startsAgain();
    realBefore = realKinds();
    expect(realBefore.at(-1)).toBe("training-entered");
    const { shop: shown, sale } = await till.view();
    expect(shown).toMatchObject({ isTraining: true, isDemo: false, terminalId: "TR01", hasDrawer: false });
    expect(sale.lines).toEqual([]);
  });

  it("says so on every screen, the customer's too, and in nobody's way", async () => {
    await part(till.page, "training-mark").waitFor();
    await part(await till.window("display.html"), "training-mark").waitFor();
    const look = await lookAt(till.page, "training sign-in");
    expect(look.barriers).toEqual([]);
    expect(look.isTooWide).toBe(false);
  });

  it("knows the shop's people and goods, sells with the simulated gateway, and marks every paper", async () => {
    await beginSelling(till, "cashier-1");
    const before = (await papers()).length;
    await ringUp(till, barcode);
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: 10_000 })).toMatchObject({ ok: true });
    expect((await till.view()).lastSales[0]?.saleNumber).toBe("TR01-000001");
    await until("the receipt is out", async () => (await papers()).length > before);
    const lines = (await papers()).at(-1) ?? [];
    expect(lines.filter((line) => line.includes("不作凭证"))).toHaveLength(2);
    expect(lines.filter((line) => line.includes("TRAINING"))).toHaveLength(2);
    const { journalWaiting } = (await till.view()).status;
    expect((await till.view()).sync.state).toBe("alone");
    expect(journalWaiting).toBeGreaterThan(0);
    await till.send("next-sale", {});
  });

  it("takes money from its own twins alone: a phone's payment never reaches the shop's merchant", async () => {
    const ready = await until("the ready line", () => till.console().match(/^ready (\{.*\})$/m)?.[1]);
    const { wechatPay } = JSON.parse(ready) as { readonly wechatPay: string };
    expect(wechatPay).not.toBe(shop.simulators.ready.gateway.baseUrl);
    await ringUp(till, barcode);
    await till.send("take-payment", {});
    expect(await till.send("show-qr", { amountFen: null })).toMatchObject({ ok: true });
    await until("the QR is there", async () => (await till.view()).payment?.attempt?.phase === "qr-shown");
    const outTradeNo = (await till.view()).payment?.attempt?.outTradeNo ?? "";
    await till.send("cancel-attempt", { outTradeNo });
    await until("it is undone", async () => (await till.view()).openAttempts.length === 0);
    await till.send("leave-payment", {});
  });

  it("opens no drawer, and says why", async () => {
    expect(await till.send("open-drawer", { reason: "换零钱", approvalPin: pinOf("manager-1") })).toMatchObject({
      ok: false,
      fault: { kind: "drawer-off-training" },
    });
    const { kicks, open: isOpen } = (await shop.control("GET", "/drawer")) as DrawerState;
    expect({ kicks, isOpen }).toEqual({ kicks: [], isOpen: false });
  });

  it("is left by a manager, and the real cart is there again, with nothing of training in its books", async () => {
    const { page } = till;
    expect(await till.send("leave-training", { approvalPin: pinOf("manager-1") })).toMatchObject({ ok: false });
    await signIn("manager-1");
    await openPeoplePage(page, "training");
    await part(page, "leave-training").click();
    await approve(page, pinOf("manager-1"));
    await startsAgain();
    const view = await till.view();
    expect(view.shop).toMatchObject({ isTraining: false, terminalId: "T01" });
    expect(view.sale.lines).toHaveLength(1);
    expect(view.lastSales).toEqual([]);
    // The shop's own journal says that there was a training, and nothing that happened in it.
    expect(realKinds().slice(0, realBefore.length + 1)).toEqual([...realBefore, "training-left"]);
    expect(realKinds()).not.toContain("sale-completed");
    expect(journalEntries(trainingDir()).map(({ kind }) => kind)).toContain("sale-completed");
    expect(existsSync(join(shop.dataDir, "training-mode.json"))).toBe(false);
  });
});
