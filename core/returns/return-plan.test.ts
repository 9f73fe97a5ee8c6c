import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { PaidTender, PastRefund } from "#core/refund/refund-caps.ts";
import { remainingOfSale, remainingOfTender } from "#core/refund/refund-caps.ts";
import { planReturn, splitExchange } from "./return-plan.ts";

const nowMs = 1_800_000_000_000;
const dayMs = 24 * 3_600_000;
const tender = (tenderId: string, kind: PaidTender["kind"], amount: number, paidAtMs = nowMs - dayMs): PaidTender => ({
  ...{ tenderId, kind, amountFen: fen(amount), payerTotalFen: fen(amount), paidAtMs },
});
const past = (tenderId: string, amount: number, requestedAtMs = nowMs - dayMs): PastRefund => ({
  ...{ tenderId, amountFen: fen(amount), state: "succeeded", requestedAtMs },
});
const mixed = [tender("c", "cash", 600), tender("w", "wechat", 400)];

describe("how a return's money goes back", () => {
  it("goes to the phone first, then from the drawer", () => {
    expect(planReturn(fen(500), mixed, [], nowMs)).toEqual({
      ok: true,
      value: {
        ...{ worthFen: 500, amountFen: 500 },
        parts: [
          { tenderId: "w", kind: "wechat", amountFen: 400, inCash: false },
          { tenderId: "c", kind: "cash", amountFen: 100, inCash: true },
        ],
      },
    });
  });

  it("gives less than the goods' worth where money went back before without goods", () => {
    expect(planReturn(fen(500), mixed, [past("c", 500), past("w", 200)], nowMs)).toMatchObject({
      value: { worthFen: 500, amountFen: 300 },
    });
  });

  it("is refused where all the money is back", () => {
    expect(planReturn(fen(1), mixed, [past("c", 600), past("w", 400)], nowMs)).toEqual({
      ok: false,
      fault: { kind: "nothing-left" },
    });
  });

  it("waits for the gateway's minute, and hands cash over only where the gateway gives nothing back any more", () => {
    expect(planReturn(fen(100), mixed, [past("w", 10, nowMs - 1_000)], nowMs)).toEqual({
      ok: false,
      fault: { kind: "too-soon", waitMs: 59_000 },
    });
    const old = [tender("w", "wechat", 400, nowMs - 400 * dayMs)];
    expect(planReturn(fen(100), old, [], nowMs)).toMatchObject({
      value: { parts: [{ tenderId: "w", amountFen: 100, inCash: true }] },
    });
  });
});

describe("a return set against new goods", () => {
  const plan = (worth: number) => {
    const made = planReturn(fen(worth), mixed, [], nowMs);
    if (!made.ok) throw new Error(made.fault.kind);
    return made.value;
  };

  it("gives what is over back to the phone first, so the drawer gives only what was cash", () => {
    expect(splitExchange(plan(900), fen(300))).toEqual({
      ...{ creditFen: 300, backFen: 600, dueFen: 0 },
      back: [
        { tenderId: "w", kind: "wechat", amountFen: 400, inCash: false },
        { tenderId: "c", kind: "cash", amountFen: 200, inCash: true },
      ],
      credit: [{ tenderId: "c", kind: "cash", amountFen: 300, inCash: true }],
    });
  });

  it("leaves the customer the difference to pay where the new goods cost more", () => {
    expect(splitExchange(plan(500), fen(800))).toMatchObject({ creditFen: 500, backFen: 0, dueFen: 300, back: [] });
  });

  it("accounts for every fen, within each tender, whatever is returned and bought", () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom("cash", "wechat", "static-code"), fc.integer({ min: 1, max: 9_999 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 500 })), { maxLength: 5 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.nat(60_000),
        (tenders, refunds, worth, cost) => {
          const paid = tenders.map(([kind, amount], index) => tender(`t${index}`, kind, amount));
          const before = refunds.map(([index, amount]) => past(`t${index}`, amount));
          const made = planReturn(fen(worth), paid, before, nowMs);
          const left = remainingOfSale(paid, before);
          expect(made.ok).toBe(left > 0);
          if (!made.ok) return;
          expect(made.value.amountFen).toBe(Math.min(worth, left));
          const split = splitExchange(made.value, fen(cost));
          expect(split.creditFen + split.backFen).toBe(made.value.amountFen);
          expect(split.dueFen + split.creditFen).toBe(cost);
          for (const one of paid) {
            const ofTender = [...split.credit, ...split.back].filter(({ tenderId }) => tenderId === one.tenderId);
            const sum = ofTender.reduce((total, { amountFen }) => total + amountFen, 0);
            expect(sum).toBeLessThanOrEqual(remainingOfTender(one, before));
            expect(ofTender.every(({ amountFen }) => amountFen > 0)).toBe(true);
          }
          expect(split.credit.reduce((total, { amountFen }) => total + amountFen, 0)).toBe(split.creditFen);
        },
      ),
    ));
});
