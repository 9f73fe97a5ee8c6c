import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DevicesConfig } from "#contract/config/devices.ts";
import { devicesSchema } from "#contract/config/devices.ts";
import type { DeviceState } from "#contract/devices/messages.ts";
import { cola, melon, paymentCode } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const devices: DevicesConfig = devicesSchema.parse({
  scale: {
    id: "scale",
    transport: { kind: "tcp", host: "127.0.0.1", port: 4001 },
    protocol: "toledo-8217",
    minGrams: 40,
  },
});

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench({ config: { devices } }).atWork();
  scaleIs("ready");
});
afterEach(() => bench.close());

const lines = () =>
  bench.shown.sale.lines.map(({ nameEn, quantity, amountFen, weighing }) => ({
    nameEn,
    quantity,
    amountFen,
    weighing,
  }));
const tray = () => bench.shown.weighing?.tray;

function scaleIs(state: DeviceState): void {
  bench.till.devicesChanged([{ deviceId: "scale", role: "scale", state, reason: null, trouble: null }]);
}

/** The scale says it twice, as a scale does that stands still. */
async function settles(grams: number): Promise<void> {
  await bench.weigh(grams);
  await bench.clock.advance(100);
  await bench.weigh(grams);
}

const pickApples = () => bench.must("add-item", { sku: "apple", quantity: 1000, by: "tile" });

describe("an item sold by weight", () => {
  it("asks the scale, shows what it costs once it stands still, and is rung up with gross, tare and source", async () => {
    await pickApples();
    expect([lines(), bench.isWeightWanted, tray()]).toEqual([[], true, "silent"]);
    await bench.weigh(300, { isStable: false });
    expect(bench.shown.weighing).toMatchObject({ tray: "moving", grams: 300, netGrams: null, amountFen: null });
    await settles(850);
    await bench.must("set-tare", { grams: 5 });
    expect(bench.shown.weighing).toEqual({
      ...{ nameZh: "苹果", nameEn: "Apples", unitPriceFen: 1299, tray: "ready" },
      ...{ grams: 850, tareGrams: 5, netGrams: 845, amountFen: 1098, minGrams: 40, maxGrams: 15_000 },
    });
    await bench.must("take-weight", { grams: 850 });
    const weighing = { by: "scale", grossGrams: 850, tareGrams: 5 };
    expect(lines()).toEqual([{ nameEn: "Apples", quantity: 845, amountFen: 1098, weighing }]);
    expect([bench.shown.weighing, bench.isWeightWanted]).toEqual([null, false]);
    expect(bench.shown.sale.lines[0]?.isQuantityFixed).toBe(true);

    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1098 });
    // The sale is read back from its journal entry.
    expect(bench.sales()[0]?.lines[0]).toMatchObject({ quantity: 845, netFen: 1098, weighing });
  });

  it("is never rung up with a weight that moves, is stale, was said once, or is not the one on the screen", async () => {
    await pickApples();
    const take = async (grams: number) => {
      const taken = await bench.send("take-weight", { grams });
      return taken.ok ? "taken" : taken.fault.kind;
    };
    expect(await take(845)).toBe("weight-not-ready");
    await bench.weigh(845);
    expect(await take(845)).toBe("weight-not-ready");
    await bench.weigh(845, { isStable: false });
    expect(await take(845)).toBe("weight-not-ready");
    await settles(845);
    await bench.clock.advance(500);
    expect([tray(), await take(845)]).toEqual(["silent", "weight-not-ready"]);
    await settles(900);
    expect(await take(845)).toBe("weight-changed");
    expect(await take(900)).toBe("taken");
    expect(await take(900)).toBe("not-weighing");
    expect(lines()).toHaveLength(1);
  });

  it("puts the next item on only after the tray was seen to change, unless the cashier says so", async () => {
    await pickApples();
    await settles(845);
    await bench.must("take-weight", { grams: 845 });
    await pickApples();
    await settles(845);
    expect([tray(), (await bench.send("take-weight", { grams: 845 })).ok]).toEqual(["same-again", false]);
    await bench.must("take-weight", { grams: 845, sameAgain: true });
    // Lifted between the two while nobody weighed: that is seen as well.
    await bench.weigh(0);
    await pickApples();
    await settles(845);
    expect(tray()).toBe("ready");
    await bench.must("take-weight", { grams: 845 });
    // Three packs, three lines: each has its own weighing.
    expect(lines().map(({ quantity }) => quantity)).toEqual([845, 845, 845]);
  });

  it.each([
    ["empty", 0, {}],
    ["too-light", 35, {}],
    ["over", null, { isOver: true }],
    ["under", -5, { isUnder: true }],
  ] as const)("says that the tray is %s", async (state, grams, flags) => {
    await pickApples();
    await bench.weigh(grams, flags);
    await bench.weigh(grams, flags);
    expect([tray(), bench.shown.weighing?.amountFen]).toEqual([state, null]);
  });

  it("says that there is no more on the tray than the tare, and that two tares are one too many", async () => {
    await pickApples();
    await bench.must("set-tare", { grams: 50 });
    await settles(50);
    expect(tray()).toBe("only-tare");
    await bench.weigh(845, { isNet: true });
    await bench.weigh(845, { isNet: true });
    expect(tray()).toBe("tare-twice");
  });

  it("is weighed by hand while the scale is away, and says for ever that it was typed", async () => {
    scaleIs("back-off");
    await pickApples();
    expect(tray()).toBe("away");
    await bench.must("set-tare", { grams: 5 });
    expect(await bench.send("type-weight", { grams: 5 })).toEqual({
      ok: false,
      fault: { kind: "quantity-out-of-range" },
    });
    await bench.must("type-weight", { grams: 850 });
    const weighing = { by: "typed", grossGrams: 850, tareGrams: 5 };
    expect(lines()).toEqual([{ nameEn: "Apples", quantity: 845, amountFen: 1098, weighing }]);
    // What was typed may be typed again; the bag still weighs what it did.
    const [line] = bench.shown.sale.lines;
    await bench.must("set-quantity", { lineId: line?.lineId ?? "", quantity: 1000 });
    expect(lines()[0]).toMatchObject({ quantity: 1000, weighing: { by: "typed", grossGrams: 1005, tareGrams: 5 } });
  });

  it("typed before it with * needs no dialog", async () => {
    await bench.must("set-multiplier", { quantity: 845 });
    await pickApples();
    const weighing = { by: "typed", grossGrams: 845, tareGrams: 0 };
    expect([tray(), lines()]).toEqual([undefined, [{ nameEn: "Apples", quantity: 845, amountFen: 1098, weighing }]]);
  });

  it("keeps a scale's weight from being changed by hand", async () => {
    await pickApples();
    await settles(845);
    await bench.must("take-weight", { grams: 845 });
    const [line] = bench.shown.sale.lines;
    const changed = await bench.send("set-quantity", { lineId: line?.lineId ?? "", quantity: 100 });
    expect(changed).toEqual({ ok: false, fault: { kind: "label-quantity-fixed" } });
  });

  it("lets piece goods be scanned meanwhile, and no payment begin over it", async () => {
    await pickApples();
    await bench.scan(cola);
    expect([lines().map(({ nameEn }) => nameEn), bench.shown.weighing?.nameEn]).toEqual([
      ["Coca-Cola 500 ml"],
      "Apples",
    ]);
    expect(await bench.send("take-payment", {})).toEqual({ ok: false, fault: { kind: "weighing-under-way" } });
    await bench.must("leave-weighing", {});
    expect([bench.shown.weighing, bench.isWeightWanted]).toEqual([null, false]);
    await bench.must("take-payment", {});
  });

  it("picked while the customer is about to pay steps back from the payment, so that no code pays too little", async () => {
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await pickApples();
    await bench.scan(paymentCode, "]Q1");
    expect([bench.shown.payment, bench.shown.notices.map(({ kind }) => kind)]).toEqual([
      null,
      ["payment-code-too-early"],
    ]);
    expect(await bench.send("pay-cash", { receivedFen: 350 })).toMatchObject({ fault: { kind: "not-taking-payment" } });
    await settles(845);
    await bench.must("take-weight", { grams: 845 });
    await bench.must("take-payment", {});
    expect(bench.shown.payment?.leftFen).toBe(350 + 1098);
  });

  it("scanned while another lies on the scale is refused with a sentence, and the same one twice is one", async () => {
    await bench.scan(melon);
    await bench.scan(melon);
    expect([bench.shown.weighing?.nameEn, bench.sounds]).toEqual(["Melon", ["found", "found"]]);
    expect(await bench.send("add-item", { sku: "apple", quantity: 1000, by: "tile" })).toMatchObject({
      fault: { kind: "weighing-under-way" },
    });
    await bench.must("leave-weighing", {});
    await pickApples();
    await bench.scan(melon);
    const words = bench.shown.notices.map(({ id: _id, atMs: _atMs, ...notice }) => notice);
    expect(words).toEqual([{ kind: "scan-refused", fault: "weighing-under-way" }]);
    expect([bench.shown.weighing?.nameEn, bench.sounds.at(-1)]).toEqual(["Apples", "unknown"]);
  });

  it("is given up when the cashier signs out, and nothing of it is left after a power cut", async () => {
    await pickApples();
    await bench.must("sign-out", {});
    expect([bench.till.view().weighing, bench.isWeightWanted]).toEqual([null, false]);
    await bench.crash();
    expect([bench.till.view().weighing, bench.till.view().sale.lines]).toEqual([null, []]);
  });
});

describe("a till without a scale", () => {
  it("asks for the weight by hand instead of selling a kilogram nobody weighed", async () => {
    const plain = await openTillBench().atWork();
    await plain.must("add-item", { sku: "apple", quantity: 1000, by: "search" });
    expect([plain.shown.weighing?.tray, plain.shown.sale.lines]).toEqual(["none", []]);
    await plain.must("type-weight", { grams: 845 });
    expect(plain.shown.sale.totalFen).toBe(1098);
    plain.close();
  });
});
