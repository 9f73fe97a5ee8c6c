import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mod10CheckDigit } from "#core/barcode/check-digit.ts";
import { apples, benchConfig, businessDay, cola, people, unknownItem } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

// The shop's day is 2 March 2026.
const today = "260302";
const yesterday = "260301";
const gs = "\u001d";
const colaPack = `010${cola}`;

let bench: TillBench;

beforeEach(async () => {
  bench = await openTillBench().atWork();
});

afterEach(() => bench.close());

const lines = () =>
  bench.shown.sale.lines.map(({ nameEn, quantity, amountFen, pack }) => [nameEn, quantity, amountFen, pack]);
const notices = () => bench.shown.notices.map(({ id: _id, atMs: _atMs, ...words }) => words);
const journal = (kind: string) => journalBodies(bench.directory, kind);
const plain = { lot: null, serial: null, expiresOn: null, bestBefore: null, state: "good" };
const scan = (label: string, aim = "]C1") => bench.scan(label, aim);
const stopId = (): string => {
  const stop = bench.shown.notices.find((notice) => notice.kind === "pack-stopped");
  return stop?.kind === "pack-stopped" ? stop.stopId : "";
};

describe("a pack with lot and dates", () => {
  it("is sold until the end of its last day, with what it says on its line", async () => {
    await scan(`${colaPack}17${today}10L1${gs}15${today}`);
    const pack = { ...plain, lot: "L1", expiresOn: businessDay, bestBefore: businessDay };
    expect(lines()).toEqual([["Coca-Cola 500 ml", 1000, 350, pack]]);
    expect(notices()).toEqual([]);
    expect(bench.sounds.at(-1)).toBe("found");
  });

  it("shares a line with its own lot and with no other", async () => {
    for (const label of ["10L1", "10L1", "10L2", ""]) await scan(`${colaPack}${label}`);
    await bench.scan(cola, "]E0");
    expect(lines()).toEqual([
      ["Coca-Cola 500 ml", 2000, 700, { ...plain, lot: "L1" }],
      ["Coca-Cola 500 ml", 1000, 350, { ...plain, lot: "L2" }],
      ["Coca-Cola 500 ml", 2000, 700, undefined],
    ]);
  });

  it("takes the quantity typed before it, and the pieces it says it holds", async () => {
    await bench.must("set-multiplier", { quantity: 3_000 });
    await scan(`${colaPack}10L1${gs}304`);
    expect(lines()).toEqual([["Coca-Cola 500 ml", 12_000, 4200, { ...plain, lot: "L1" }]]);
  });

  it("keeps what it says in the draft, in the sale and in its journal entry, through a power cut", async () => {
    await scan(`${colaPack}17${today}10L1${gs}21S9`);
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 350 });
    const pack = { lot: "L1", serial: "S9", expiresOn: businessDay, bestBefore: null };
    expect(bench.sales().map((sale) => sale.lines.map((line) => line.pack))).toEqual([[pack]]);
    expect(JSON.stringify(journal("sale-completed"))).toContain('"lot":"L1"');
  });

  it("is priced by the weight and the price printed on it", async () => {
    const body = `9${apples.slice(0, 12)}`;
    const gtin = `01${body}${mod10CheckDigit(body)}`;
    await scan(`${gtin}310300084510A`, "]e0");
    await scan(`010${apples}310300084539221098`, "]e0");
    expect(lines()).toEqual([
      ["Apples", 845, 1098, { ...plain, lot: "A" }],
      ["Apples", 845, 1098, undefined],
    ]);
    await scan(`010${apples}310300084539229900`, "]e0");
    expect(notices()).toEqual([{ kind: "label-refused", why: "amount-and-weight-disagree" }]);
  });

  it("goes over the scale where its label tells no weight, and keeps its lot", async () => {
    await scan(`010${apples}10A7`);
    expect(lines()).toEqual([]);
    expect(bench.shown.weighing).toMatchObject({ nameEn: "Apples" });
    await bench.must("type-weight", { grams: 500 });
    expect(lines()).toEqual([["Apples", 500, expect.any(Number), { ...plain, lot: "A7" }]]);
  });

  it("says which identifier is not understood, and adds nothing", async () => {
    await scan(`${colaPack}0512`);
    await scan(`${colaPack}17261331`);
    await scan("00006141411234567890");
    expect(notices()).toEqual([
      { kind: "gs1-refused", why: "unknown-ai", ai: "05" },
      { kind: "gs1-refused", why: "bad-date", ai: "17" },
      { kind: "gs1-refused", why: "no-item", ai: "" },
    ]);
    expect(lines()).toEqual([]);
    await scan(colaPack);
    expect(notices()).toEqual([]);
  });

  it("of an unknown article is said by the number that stands on the pack", async () => {
    await scan(`010${unknownItem}10L1`);
    expect(notices()).toEqual([{ kind: "unknown-barcode", text: unknownItem }]);
  });
});

describe("a pack with a serial number", () => {
  it("is refused the second time, by whichever label, and its quantity cannot be changed", async () => {
    await scan(`${colaPack}21S1`);
    await scan(`${colaPack}21S1${gs}10L1`);
    expect(notices()).toEqual([
      { kind: "double-scan", nameZh: "可口可乐 500ml", nameEn: "Coca-Cola 500 ml", serial: "S1" },
    ]);
    expect(bench.sounds.at(-1)).toBe("unknown");
    const [line] = bench.shown.sale.lines;
    const more = await bench.send("set-quantity", { lineId: line?.lineId ?? "", quantity: 2_000 });
    expect(more).toEqual({ ok: false, fault: { kind: "label-quantity-fixed" } });
    await scan(`${colaPack}21S2`);
    expect(lines().map(([, quantity]) => quantity)).toEqual([1000, 1000]);
    expect(notices()).toEqual([]);
  });

  it("may be scanned again once its line was voided", async () => {
    await scan(`${colaPack}21S1`);
    await scan(colaPack);
    await bench.must("void-line", { lineId: bench.shown.sale.lines[0]?.lineId ?? "" });
    await scan(`${colaPack}21S1`);
    expect(lines()).toHaveLength(2);
  });
});

describe("an expired pack", () => {
  const stopped = {
    ...{ kind: "pack-stopped", why: "expired", nameZh: "可口可乐 500ml", nameEn: "Coca-Cola 500 ml" },
    ...{ lot: "L1", date: "2026-03-01" },
  };
  const label = `${colaPack}17${yesterday}10L1`;

  it("is stopped, once however often it is scanned, and holds up no other scan", async () => {
    await scan(label);
    await scan(label);
    expect(notices()).toEqual([{ ...stopped, stopId: stopId() }]);
    expect(bench.sounds.at(-1)).toBe("unknown");
    await bench.scan(cola, "]E0");
    expect(lines()).toEqual([["Coca-Cola 500 ml", 1000, 350, undefined]]);
    expect(notices()).toEqual([{ ...stopped, stopId: stopId() }]);
  });

  it("is sold by a manager's word alone, journaled with lot and dates", async () => {
    await scan(label);
    const id = stopId();
    expect(await bench.send("sell-stopped-pack", { stopId: id })).toEqual({
      ok: false,
      fault: { kind: "approval-needed" },
    });
    const wrong = await bench.send("sell-stopped-pack", { stopId: id, approvalPin: people.cashier.pin });
    expect(wrong).toEqual({ ok: false, fault: { kind: "approval-refused" } });
    expect(lines()).toEqual([]);
    await bench.must("sell-stopped-pack", { stopId: id, approvalPin: people.manager.pin });
    const pack = { lot: "L1", serial: null, expiresOn: "2026-03-01", bestBefore: null };
    expect(lines()).toEqual([["Coca-Cola 500 ml", 1000, 350, { ...pack, state: "expired" }]]);
    expect(notices()).toEqual([]);
    expect(journal("expired-pack-sold")).toEqual([
      {
        ...{ saleId: bench.shown.sale.saleId, cashierId: people.cashier.id, approvedBy: people.manager.id },
        ...{ businessDate: businessDay, sku: "cola", barcode: cola, pack },
      },
    ]);
    const again = await bench.send("sell-stopped-pack", { stopId: id, approvalPin: people.manager.pin });
    expect(again).toEqual({ ok: false, fault: { kind: "no-such-pack" } });
  });

  it("needs no PIN where a manager is signed in, who is then the one in the journal", async () => {
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    await scan(label);
    await bench.must("sell-stopped-pack", { stopId: stopId() });
    expect(journal("expired-pack-sold")).toMatchObject([{ cashierId: people.manager.id, approvedBy: null }]);
  });

  it("is forgotten when its sentence is dismissed, and with its sale", async () => {
    await scan(label);
    const dismissed = stopId();
    await bench.must("dismiss-notice", { noticeId: bench.shown.notices[0]?.id ?? "" });
    expect(await bench.send("sell-stopped-pack", { stopId: dismissed, approvalPin: people.manager.pin })).toEqual({
      ok: false,
      fault: { kind: "no-such-pack" },
    });
    await bench.scan(cola, "]E0");
    await scan(label);
    await bench.must("hold-sale", { label: "" });
    expect(notices()).toEqual([]);
    expect(await bench.send("sell-stopped-pack", { stopId: stopId(), approvalPin: people.manager.pin })).toEqual({
      ok: false,
      fault: { kind: "no-such-pack" },
    });
  });

  it("is judged by the shop's own day: past midnight it is still yesterday before the cut-off", async () => {
    bench.close();
    const { store } = benchConfig(undefined);
    bench = await openTillBench({ config: { store: { ...store, dayCutOffMinutes: 720 } } }).atWork();
    await scan(label);
    expect(lines()).toHaveLength(1);
  });
});

describe("a pack past best before", () => {
  const label = `${colaPack}15${yesterday}`;
  const facts = { nameZh: "可口可乐 500ml", nameEn: "Coca-Cola 500 ml", lot: null, date: "2026-03-01" };

  it("is sold with a warning, where the shop wants it so, that stands until the sale is over", async () => {
    bench.close();
    bench = await openTillBench({ config: { goods: { pastBestBefore: "warn", packOnReceipt: false } } }).atWork();
    await scan(label);
    await bench.scan(cola, "]E0");
    expect(lines().map(([, quantity]) => quantity)).toEqual([1000, 1000]);
    expect(notices()).toEqual([{ kind: "pack-past-best-before", ...facts }]);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 700 });
    expect(notices()).toEqual([]);
  });

  it("is stopped like an expired one", async () => {
    await scan(label);
    expect(lines()).toEqual([]);
    expect(notices()).toEqual([{ kind: "pack-stopped", why: "past-best-before", stopId: stopId(), ...facts }]);
    await bench.must("sell-stopped-pack", { stopId: stopId(), approvalPin: people.manager.pin });
    expect(lines()).toHaveLength(1);
  });
});

describe("one article under its numbers of different lengths", () => {
  it("is one line, from an EAN-13, a DataBar and a Digital Link", async () => {
    await bench.scan(cola, "]E0");
    await bench.scan(colaPack, "]e0");
    await bench.scan(`https://example.com/01/${cola}`, "]Q1");
    await bench.scan(`0${cola}`, "]I1");
    expect(lines()).toEqual([["Coca-Cola 500 ml", 4000, 1400, undefined]]);
  });
});
