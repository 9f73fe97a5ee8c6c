import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { terminalConfigSchema } from "#contract/config/terminal.ts";
import { chips, cola, paymentCode, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const shopNames = { code: "S01", nameZh: "蜂鸟便利", nameEn: "Hummingbird Mart" };

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const stage = () => bench.displays.at(-1)?.stage;

describe("what the till window is told", () => {
  it("is one message a scan, with the sections that changed", async () => {
    bench.patches.length = 0;
    await bench.scan(cola);
    expect(bench.patches.map((patch) => Object.keys(patch))).toEqual([["sale"]]);
  });

  it("reaches the window before the answer to the intent", async () => {
    await bench.scan(cola);
    bench.patches.length = 0;
    await bench.till.perform("take-payment", {});
    expect(bench.patches).toHaveLength(1);
  });

  it("sums to the whole view after every step of a day", async () => {
    const steps: (() => Promise<unknown>)[] = [
      () => bench.scan(cola),
      () => bench.scan("6901999999990"),
      () => bench.must("set-multiplier", { quantity: 2000 }),
      () => bench.scan(chips),
      () => bench.must("hold-sale", { label: "a" }),
      () => bench.must("recall-sale", { saleId: bench.shown.held[0]?.saleId ?? "" }),
      () => bench.must("take-payment", {}),
      () => bench.must("pay-cash", { receivedFen: 100 }),
      () => bench.scan(paymentCode),
      () => bench.must("reprint-receipt", { saleId: bench.shown.lastSales[0]?.saleId ?? "" }),
      () => bench.must("next-sale", {}),
      () => bench.must("open-drawer", { reason: "换零钱", approvalPin: people.manager.pin }),
      () => bench.must("set-locale", { locale: "en" }),
      () => bench.must("close-shift", { countedCashFen: 10_100 }),
      () => bench.must("sign-out", {}),
      () => bench.send("sign-in", { cashierId: "m1", pin: "0000" }),
      () => bench.must("sign-in", { cashierId: "m1", pin: people.manager.pin }),
    ];
    for (const step of steps) {
      await step();
      expect(bench.shown).toEqual(bench.till.view());
      expect(await bench.must("look", {})).toEqual(bench.shown);
    }
  });

  it("names the devices, the gateway and what waits", async () => {
    const devices = [{ deviceId: "s", role: "scanner", state: "ready", reason: null, trouble: null } as const];
    bench.till.devicesChanged(devices);
    bench.till.gatewayReached("offline");
    await bench.scan(cola);
    expect(bench.shown.status).toMatchObject({
      ...{ devices, receiptsWaiting: 0 },
      gateway: { state: "offline", sinceMs: bench.clock.now(), clockOffsetMs: null },
    });
    bench.till.clockMeasured(-240_000);
    bench.till.clockMeasured(-240_900); // not worth a new line of status
    await bench.scan(cola);
    expect(bench.shown.status.gateway.clockOffsetMs).toBe(-240_000);
    bench.till.gatewayReached("offline");
    expect(bench.shown.status.gateway.sinceMs).toBe(bench.clock.now());
  });
});

describe("what the windows are told of the shop", () => {
  it("has its clock, whatever the machine's is set to", async () => {
    const store = terminalConfigSchema.shape.store.parse({ ...shopNames, utcOffsetMinutes: 345 });
    const elsewhere = await openTillBench({ config: { store } }).atWork();
    expect(elsewhere.till.view().shop.utcOffsetMinutes).toBe(345);
    expect(elsewhere.till.displayView().shop.utcOffsetMinutes).toBe(345);
    elsewhere.close();
  });

  it.each([
    { printer: undefined, hasPrinter: false },
    { printer: { id: "p1", transport: { kind: "virtual" } }, hasPrinter: false },
    { printer: { id: "p1", transport: { kind: "usb", path: "/dev/usb/lp0" } }, hasPrinter: true },
  ])("has a printer only where one prints on paper: $hasPrinter", async ({ printer, hasPrinter }) => {
    const devices = terminalConfigSchema.shape.devices.parse({ printer });
    const there = await openTillBench({ config: { devices } }).atWork();
    expect(there.till.view().shop.hasPrinter).toBe(hasPrinter);
    there.close();
  });
});

describe("what the customer sees", () => {
  it("goes from the shop's name over the lines and the ways to pay to the thank-you, and back", async () => {
    expect(bench.till.displayView()).toMatchObject({ shop: { nameZh: "小林便利店" }, stage: { kind: "idle" } });
    await bench.scan(cola);
    expect(stage()).toMatchObject({
      kind: "selling",
      totalFen: 350,
      pieceCount: 1,
      lines: [{ nameEn: "Coca-Cola 500 ml" }],
    });
    await bench.must("take-payment", {});
    expect(stage()).toEqual({
      kind: "choose-payment",
      leftFen: 350,
      totalFen: 350,
      takesWechat: true,
      takesStaticCode: false,
    });
    bench.gateway.plan = "password";
    await bench.scan(paymentCode);
    expect(stage()).toEqual({ kind: "paying", amountFen: 350, isPasswordAsked: true, isCancelling: false });
    await bench.must("cancel-attempt", { outTradeNo: bench.shown.payment?.attempt?.outTradeNo ?? "" });
    expect(stage()).toMatchObject({ kind: "paying", isCancelling: true });
    await bench.clock.advance(60_000);
    expect(stage()).toEqual({ kind: "not-paid", amountFen: 350, isReturned: false });
    await bench.must("pay-cash", { receivedFen: 500 });
    expect(stage()).toEqual({ kind: "paid", totalFen: 350, staticCodeFen: 0, changeFen: 150 });
    await bench.clock.advance(12_000);
    expect(stage()).toEqual({ kind: "idle" });
    expect(bench.shown.payment?.stage).toBe("done");
  });

  it("shows the last lines of a long cart, newest last", async () => {
    for (let count = 1; count <= 10; count += 1) {
      await bench.must("add-open-price", { name: `第${count}件`, priceFen: count, barcode: null });
    }
    const shown = stage();
    expect(shown?.kind === "selling" && shown.lines.map((line) => line.amountFen)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("leaves the thank-you at once when the next item is scanned", async () => {
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 350 });
    await bench.scan(chips);
    expect(stage()).toMatchObject({ kind: "selling", totalFen: 1000 });
  });
});
