import { addFen, fen } from "#core/money/fen.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attempt } from "./attempt.ts";
import { quickCashFen } from "./quick-cash.ts";
import { newAttempt } from "./step-attempt.ts";
import {
  addCash,
  addStaticCode,
  canStartAttempt,
  changeOf,
  dropTender,
  isCovered,
  leftToPay,
  maxCashFen,
  startTendering,
  type TenderingState,
  withAttempt,
} from "./tendering.ts";

const sale = startTendering("sale-1", fen(5_000));
const waiting: Attempt = {
  ...newAttempt({
    kind: "codepay",
    outTradeNo: "A1B2C3",
    saleId: "sale-1",
    tenderId: "t1",
    amountFen: fen(3_000),
    nowMs: 0,
  }),
  state: "pending",
};
const paid: Attempt = {
  ...waiting,
  state: "paid",
  paid: { transactionId: "4200000001", payerTotalFen: fen(2_900), successTime: "2026-11-22T19:00:00+08:00" },
};

function afterCash(state: TenderingState, receivedFen: number, tenderId = "cash"): TenderingState {
  const result = addCash(state, { tenderId, receivedFen: fen(receivedFen) });
  if (!result.ok) throw new Error(result.fault.kind);
  return result.value;
}

describe("cash", () => {
  it("covers what is left and gives the rest back", () => {
    const { tenders } = afterCash(sale, 10_000);
    expect(tenders).toEqual([
      { kind: "cash", tenderId: "cash", amountFen: 5_000, receivedFen: 10_000, changeFen: 5_000 },
    ]);
    expect(changeOf(tenders)).toBe(5_000);
  });

  it("that does not cover the sale is a part payment without change", () => {
    const state = afterCash(sale, 2_000);
    expect([leftToPay(state), changeOf(state.tenders), isCovered(state)]).toEqual([3_000, 0, false]);
  });

  it.each([0, -100, maxCashFen + 1])("of %i fen is refused", (received) => {
    const fault = { kind: "amount-out-of-range", mostFen: maxCashFen };
    expect(addCash(sale, { tenderId: "c", receivedFen: fen(received) })).toEqual({ ok: false, fault });
  });

  it("is refused while a payment is not known, and when nothing is left", () => {
    const cash = { tenderId: "c", receivedFen: fen(100) };
    expect(addCash(withAttempt(sale, waiting), cash)).toEqual({ ok: false, fault: { kind: "attempt-unfinished" } });
    expect(addCash(afterCash(sale, 5_000), cash)).toEqual({ ok: false, fault: { kind: "nothing-left-to-pay" } });
  });

  it("can be handed back before the sale is completed", () => {
    expect(dropTender(afterCash(sale, 2_000), "cash")).toEqual(sale);
  });
});

describe("a payment to the shop's printed code", () => {
  const taking = (amountFen: number) => ({ tenderId: "code", amountFen: fen(amountFen), approvedBy: "m1" });

  it("covers all that is left or a part of it, and can be taken back before the sale is completed", () => {
    const part = addStaticCode(sale, taking(2_000));
    if (!part.ok) throw new Error(part.fault.kind);
    const tender = { kind: "static-code", tenderId: "code", amountFen: 2_000, approvedBy: "m1" };
    expect(part.value).toEqual({ ...sale, tenders: [tender] });
    expect([leftToPay(part.value), changeOf(part.value.tenders)]).toEqual([3_000, 0]);
    expect(dropTender(part.value, "code")).toEqual(sale);
    const whole = addStaticCode(part.value, { ...taking(3_000), tenderId: "more" });
    expect(whole.ok && isCovered(whole.value)).toBe(true);
  });

  it("is refused for more than is left, for nothing, and while another payment is not known", () => {
    const refused = (state: TenderingState, amountFen: number) => addStaticCode(state, taking(amountFen));
    expect(refused(sale, 5_001)).toEqual({ ok: false, fault: { kind: "more-than-left", leftFen: 5_000 } });
    expect(refused(sale, 0)).toMatchObject({ fault: { kind: "amount-out-of-range" } });
    expect(refused(withAttempt(sale, waiting), 5_000)).toMatchObject({ fault: { kind: "attempt-unfinished" } });
    expect(refused(afterCash(sale, 5_000), 1)).toMatchObject({ fault: { kind: "nothing-left-to-pay" } });
  });

  it("and cash in any order always sum to the total, and a payment by WeChat is never dropped", () => {
    const step = fc.record({ isCode: fc.boolean(), amountFen: fc.integer({ min: 1, max: 60_000 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.array(step), (totalFen, steps) => {
        let state = startTendering("s", fen(totalFen));
        steps.forEach(({ isCode, amountFen }, index) => {
          const tenderId = `t${index}`;
          const next = isCode
            ? addStaticCode(state, { ...taking(amountFen), tenderId })
            : addCash(state, { tenderId, receivedFen: fen(amountFen) });
          if (next.ok) state = next.value;
        });
        const covered = addFen(fen(0), ...state.tenders.map((tender) => tender.amountFen));
        expect(covered + leftToPay(state)).toBe(totalFen);
        expect(leftToPay(state)).toBeGreaterThanOrEqual(0);
      }),
    );
    const once = withAttempt(withAttempt(sale, waiting), paid);
    expect(dropTender(once, "t1")).toEqual(once);
  });
});

describe("an attempt of a sale", () => {
  it("becomes a tender when paid, and a second telling changes nothing", () => {
    const once = withAttempt(withAttempt(sale, waiting), paid);
    const tender = { kind: "wechat", tenderId: "t1", amountFen: 3_000, method: "codepay" };
    const proof = { outTradeNo: "A1B2C3", transactionId: "4200000001", payerTotalFen: 2_900 };
    expect(once).toEqual({ ...sale, tenders: [{ ...tender, ...proof }] });
    expect(withAttempt(once, paid)).toEqual(once);
  });

  it("that took nothing leaves the sale as it was", () => {
    expect(withAttempt(withAttempt(sale, waiting), { ...waiting, state: "reversed" })).toEqual(sale);
  });

  it("is the only one, and never for more than is left", () => {
    expect(canStartAttempt(sale, fen(5_000))).toEqual({ ok: true, value: 5_000 });
    expect(canStartAttempt(sale, fen(5_001))).toEqual({ ok: false, fault: { kind: "more-than-left", leftFen: 5_000 } });
    expect(canStartAttempt(sale, fen(0))).toEqual({
      ok: false,
      fault: { kind: "amount-out-of-range", mostFen: 5_000 },
    });
    expect(canStartAttempt(withAttempt(sale, waiting), fen(1))).toEqual({
      ok: false,
      fault: { kind: "attempt-unfinished" },
    });
    const done = { ok: false, fault: { kind: "nothing-left-to-pay" } };
    expect(canStartAttempt(afterCash(sale, 5_000), fen(1))).toEqual(done);
    expect(() => withAttempt(withAttempt(sale, waiting), { ...waiting, outTradeNo: "OTHER1" })).toThrow("at most one");
    expect(() => withAttempt(sale, { ...waiting, saleId: "sale-2" })).toThrow("broken promise");
  });

  it("and cash together always sum to the total, whatever is handed over", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(fc.integer({ min: 1, max: 200_000 })),
        (total, handed) => {
          let state = startTendering("s", fen(total));
          for (const received of handed) if (!isCovered(state)) state = afterCash(state, received);
          const given = addFen(
            fen(0),
            ...state.tenders.map((tender) => (tender.kind === "cash" ? tender.receivedFen : fen(0))),
          );
          expect(given - changeOf(state.tenders) + leftToPay(state)).toBe(total);
        },
      ),
    );
  });
});

describe("the quick cash keys", () => {
  it.each([
    [1_230, [1_230, 1_500, 2_000, 5_000, 10_000]],
    [12_340, [12_340, 13_000, 14_000, 15_000, 20_000]],
    [10_000, [10_000]],
    [9_999, [9_999, 10_000]],
    [1, [1, 1_000, 2_000, 5_000, 10_000]],
    [0, []],
    [4_999_900, [4_999_900, 5_000_000]],
  ])("for %i fen are %j", (left, keys) => {
    expect(quickCashFen(fen(left))).toEqual(keys);
  });

  it("start exact, rise, and are never more than five or over the limit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: maxCashFen }), (left) => {
        const keys = quickCashFen(fen(left));
        expect(keys[0]).toBe(left);
        expect(keys.length).toBeLessThanOrEqual(5);
        expect(keys.every((key, index) => key <= maxCashFen && key > (keys[index - 1] ?? 0))).toBe(true);
      }),
    );
  });
});
