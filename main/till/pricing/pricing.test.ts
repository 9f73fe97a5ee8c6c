import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { chips, cola, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

type SavedPromotion = IntentArgs<"save-promotion">["promotion"];

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const lineId = (index = 0): string => bench.shown.sale.lines[index]?.lineId ?? "none";
const refused = async (sent: Promise<{ readonly ok: boolean; readonly fault?: unknown }>): Promise<unknown> => {
  const result = await sent;
  return result.ok ? "done" : result.fault;
};
const secondAtHalf: SavedPromotion = {
  ...{ id: "half", nameZh: "第二件半价", nameEn: "Second at half" },
  deal: { kind: "nth-off", every: 2, basisPoints: 5_000 },
  scope: { kind: "all" },
  schedule: { fromDate: null, toDate: null, weekdays: [], hours: null },
  ...{ isMemberOnly: false, coupon: null },
};

/** As a manager would save it, before the cashier begins. */
async function keep(...all: readonly SavedPromotion[]): Promise<void> {
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
  for (const promotion of all) await bench.must("save-promotion", { promotion });
  await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
}

describe("promotions of this till", () => {
  it("come off as soon as the goods are there, and go with them", async () => {
    await keep(secondAtHalf);
    await bench.scan(cola);
    expect(bench.shown.sale.promotionFen).toBeUndefined();
    await bench.scan(cola);
    expect(bench.shown.sale).toMatchObject({ grossFen: 700, promotionFen: 175, totalFen: 525 });
    expect(bench.shown.sale.lines[0]?.promotions).toEqual([
      { nameZh: "第二件半价", nameEn: "Second at half", savedFen: 175 },
    ]);
    await bench.must("set-quantity", { lineId: lineId(), quantity: 1000 });
    expect(bench.shown.sale).toMatchObject({ totalFen: 350 });
    expect(bench.shown.sale.promotionFen).toBeUndefined();
  });

  it("are a manager's to see and to change, and each change is in the journal", async () => {
    const promotion = secondAtHalf;
    expect(await refused(bench.send("promotions", {}))).toEqual({ kind: "not-allowed" });
    expect(await refused(bench.send("save-promotion", { promotion }))).toEqual({ kind: "not-allowed" });
    expect(await refused(bench.send("end-promotion", { promotionId: "half" }))).toEqual({ kind: "not-allowed" });
    const before = bench.store.journalStatus().lastSeq;
    await keep(promotion, { ...promotion, nameEn: "Two, one at half" });
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    const listed = await bench.must("promotions", {});
    expect(listed.promotions.map(({ nameEn }) => nameEn)).toEqual(["Two, one at half"]);
    expect(await bench.must("end-promotion", { promotionId: "half" })).toMatchObject({ promotions: [] });
    expect(await refused(bench.send("end-promotion", { promotionId: "half" }))).toEqual({ kind: "no-such-promotion" });
    expect(await refused(bench.send("save-promotion", { promotion }))).toEqual({ kind: "no-such-promotion" });
    // Two saved, one ended; three signed in meanwhile.
    expect(bench.store.journalStatus().lastSeq - before).toBe(6);
  });

  it("a sale on the screen keeps what it has when a promotion ends, and loses it with its next change", async () => {
    await keep(secondAtHalf);
    await bench.scan(cola);
    await bench.scan(cola);
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    await bench.must("end-promotion", { promotionId: "half" });
    expect(bench.shown.sale.totalFen).toBe(525);
    await bench.scan(cola);
    expect(bench.shown.sale.totalFen).toBe(1_050);
  });

  it("a member's price counts from the moment the sale is a member's", async () => {
    await keep({ ...secondAtHalf, deal: { kind: "fixed-price", priceFen: 300 }, isMemberOnly: true });
    await bench.scan(cola);
    expect(bench.shown.sale.totalFen).toBe(350);
    await bench.must("enrol-member", { name: "", phone: "13812341234" });
    expect(bench.shown.sale).toMatchObject({ member: { label: "138****1234" }, totalFen: 300 });
    expect(bench.shown.sale.lines[0]?.promotions?.[0]).toMatchObject({ isMemberOnly: true, savedFen: 50 });
    await bench.must("set-member", { memberId: null });
    expect(bench.shown.sale.totalFen).toBe(350);
  });

  it("are sold with their names in the sale, its lines and the day's sums", async () => {
    await keep(secondAtHalf);
    await bench.scan(cola);
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 525 });
    const { sale } = bench.store.sale(bench.shown.lastSales[0]?.saleId ?? "") ?? {};
    expect(sale).toMatchObject({
      ...{ grossFen: 700, promotionFen: 175, totalFen: 525 },
      promotions: [{ promotionId: "half", level: "line", nameZh: "第二件半价" }],
      lines: [{ promotionFen: 175, netFen: 525, amountRule: "half-up" }],
    });
    expect(bench.store.dayTotals(sale?.businessDate ?? "")).toMatchObject({
      salesFen: 525,
      discountFen: 175,
      taxes: [],
    });
  });
});

describe("coupons", () => {
  const numbered: SavedPromotion = {
    ...secondAtHalf,
    ...{ id: "ten", nameZh: "立减券", nameEn: "One yuan off" },
    deal: { kind: "spend-off", thresholdFen: 300, amountFen: 100, isRepeated: false },
    coupon: { kind: "numbered", prefix: "YH10" },
  };

  it("scanned after the goods take effect, once a sale, and only while they are there", async () => {
    await keep(numbered);
    await bench.scan("YH10000123");
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "scan-refused", fault: "empty-cart" });
    await bench.scan(cola);
    await bench.scan("YH10000123");
    expect(bench.shown.sale).toMatchObject({ totalFen: 250, coupons: [{ code: "YH10000123", isUsed: true }] });
    await bench.scan("YH10000124");
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "scan-refused", fault: "coupon-already-in-cart" });
    await bench.must("remove-coupon", { code: "YH10000123" });
    expect(bench.shown.sale).toMatchObject({ totalFen: 350 });
  });

  it("a numbered one is spent with its sale, and promised while it is held", async () => {
    await keep(numbered);
    await bench.scan(cola);
    await bench.scan("YH10000123");
    await bench.must("hold-sale", { label: "" });
    await bench.scan(cola);
    await bench.scan("YH10000123");
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "scan-refused", fault: "coupon-spent" });
    await bench.must("void-line", { lineId: lineId() });
    await bench.must("recall-sale", { saleId: bench.shown.held[0]?.saleId ?? "" });
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 250 });
    expect(bench.store.isCouponSpent("YH10000123")).toBe(true);
    expect(bench.store.isCouponSpent("YH10000124")).toBe(false);
    await bench.must("next-sale", {});
    await bench.scan(cola);
    expect(await refused(bench.send("add-coupon", { code: "YH10000123" }))).toEqual({ kind: "coupon-spent" });
    expect(await refused(bench.send("add-coupon", { code: "NOBODY" }))).toEqual({ kind: "coupon-unknown" });
    await bench.must("add-coupon", { code: "YH10000124" });
    expect(bench.shown.sale.totalFen).toBe(250);
  });

  it("two promotions cannot have codes that read the same", async () => {
    await keep(numbered);
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    const other = { ...numbered, id: "other", coupon: { kind: "numbered", prefix: "YH1000" } } as const;
    expect(await refused(bench.send("save-promotion", { promotion: other }))).toEqual({ kind: "coupon-code-taken" });
  });

  it("of a promotion that is not on says so", async () => {
    const schedule = { fromDate: "2020-01-01", toDate: "2020-01-02", weekdays: [], hours: null };
    await keep({ ...numbered, schedule });
    await bench.scan(cola);
    await bench.scan("YH10000123");
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "scan-refused", fault: "coupon-not-now" });
  });
});

describe("a price set by hand", () => {
  const to = (priceFen: number) => ({ priceFen, reason: "临期" });

  it("is a cashier's down to a fifth, and a manager's below that, above the old price, or beside a discount", async () => {
    await bench.scan(chips);
    await bench.must("override-price", { lineId: lineId(), to: to(800) });
    expect(bench.shown.sale).toMatchObject({ totalFen: 800 });
    expect(bench.shown.sale.lines[0]).toMatchObject({ overrides: { fromFen: 1_000, reason: "临期" } });
    for (const priceFen of [799, 1_001]) {
      expect(await refused(bench.send("override-price", { lineId: lineId(), to: to(priceFen) }))).toEqual({
        kind: "approval-needed",
      });
    }
    const discount = { kind: "amount", amountFen: 1 } as const;
    expect(await refused(bench.send("discount-line", { lineId: lineId(), discount }))).toEqual({
      kind: "approval-needed",
    });
    await bench.must("override-price", { lineId: lineId(), to: to(500), approvalPin: people.manager.pin });
    expect(bench.shown.sale.totalFen).toBe(500);
    await bench.must("override-price", { lineId: lineId(), to: null });
    expect(bench.shown.sale.totalFen).toBe(1_000);
    expect(bench.shown.sale.lines[0]?.overrides).toBeUndefined();
  });

  it("keeps its line apart from the next scan, and out of promotions on goods", async () => {
    await keep(secondAtHalf);
    await bench.scan(chips);
    await bench.must("override-price", { lineId: lineId(), to: to(900) });
    await bench.scan(chips);
    expect(bench.shown.sale.lines).toHaveLength(2);
    expect(bench.shown.sale).toMatchObject({ totalFen: 1_900 });
  });

  it("needs a reason, and a line that is there", async () => {
    await bench.scan(chips);
    expect(await refused(bench.send("override-price", { lineId: "gone", to: to(900) }))).toEqual({
      kind: "no-such-line",
    });
  });
});
