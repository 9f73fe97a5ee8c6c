import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { type Candidate, explainVariance, mostCandidates } from "./explain-variance.ts";
import type { ShiftEvent, ShiftFact } from "./shift-event.ts";
import { recountShift } from "./shift-totals.ts";
import { anyFact, anySale, inJournal, moveOf } from "#tests/support/any-shift.ts";

const floatFen = fen(30_000);

function explain(events: readonly ShiftEvent[], differenceFen: number): readonly Candidate[] {
  const { expectedCashFen } = recountShift(floatFen, events);
  const countedCashFen = fen(expectedCashFen + differenceFen);
  return explainVariance({ events, floatFen, countedCashFen, differenceFen: fen(differenceFen) });
}

type SaleFact = Extract<ShiftFact, { readonly kind: "sale" }>;
const cashSale = (amount: number, changeFen = 0): SaleFact => ({
  ...{ kind: "sale", saleId: "", saleNumber: "", totalFen: fen(amount), cashFen: fen(amount), wechatFen: fen(0) },
  ...{ staticCodeFen: fen(0), changeFen: fen(changeFen), discountFen: fen(0), discountsFen: [] },
});
const wechatSale = (amount: number): SaleFact => ({ ...cashSale(amount), cashFen: fen(0), wechatFen: fen(amount) });
const kinds = (found: readonly Candidate[]) => found.map(({ kind }) => kind);

describe("What a difference may have come from", () => {
  it("names a sale that was booked the wrong way among two hundred others, at the head of the list", () => {
    // Drawn so that it is no other sale's amount: which of two equal sales it was, nobody can tell.
    const planted = fc.integer({ min: 1, max: 60_000 }).map((odd) => 100_000 + odd);
    fc.assert(
      fc.property(
        fc.array(anySale, { minLength: 200, maxLength: 200 }),
        planted,
        fc.nat(199),
        fc.boolean(),
        (sales, amount, at, isShort) => {
          const facts = sales.with(at, isShort ? cashSale(amount) : wechatSale(amount));
          const [first] = explain(inJournal(facts), isShort ? -amount : amount);
          expect(first).toMatchObject({
            kind: isShort ? "booked-as-cash" : "booked-as-wechat",
            amountFen: amount,
            sales: [{ saleId: `sale-${at}` }],
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is listed likeliest first, at most so many, each fitting to the fen or saying that nobody can know", () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 200 }), fc.integer({ min: -60_000, max: 60_000 }), (facts, off) => {
        const events = inJournal(facts);
        if (recountShift(floatFen, events).expectedCashFen + off < 0) return;
        const found = explain(events, off);
        expect(found.length).toBeLessThanOrEqual(off === 0 ? 0 : mostCandidates);
        const likelihoods = found.map(({ likelihood }) => likelihood);
        expect(likelihoods).toEqual(likelihoods.toSorted((one, other) => other - one));
        for (const { kind, amountFen } of found) expect(amountFen).toBe(kind === "no-sale" ? 0 : Math.abs(off));
        expect(explain(events, off)).toEqual(found);
      }),
    );
  });

  it.each<[string, ShiftFact, number, Candidate["kind"]]>([
    ["change given twice", cashSale(1_234, 766), -766, "change-twice"],
    ["change that was kept", cashSale(1_234, 766), 766, "change-kept"],
    ["a WeChat refund that was paid out in cash", refund("wechat", 845), -845, "refund-in-cash"],
    ["a cash refund that was never handed over", refund("cash", 845), 845, "refund-not-given"],
    ["a pay-out that stayed in the drawer", moved("pay-out", 5_015), 5_015, "move-not-done"],
    ["a pay-in that never came", moved("pay-in", 5_015), -5_015, "move-not-done"],
    ["a pay-in that was a pay-out", moved("pay-in", 5_015), -10_030, "move-wrong-way"],
    ["a drop the other way", moved("safe-drop", 5_015), 10_030, "move-wrong-way"],
    [
      "a voided sale that was paid all the same",
      { kind: "sale-voided", saleId: "v", amountFen: fen(777) },
      777,
      "sale-voided",
    ],
    ["a voided line", { kind: "line-voided", saleId: "v", name: "可乐", amountFen: fen(350) }, -350, "line-voided"],
    ["a discount", { ...cashSale(1_000), discountsFen: [fen(123)] }, 123, "discount"],
  ])("finds %s, with the event behind it", (_name, fact, off, kind) => {
    const events = inJournal([cashSale(4_321), fact, wechatSale(9_876)]);
    expect(explain(events, off)[0]).toMatchObject({ kind, position: events[1]?.position });
  });

  it("finds a float that was left out or counted twice", () => {
    expect(kinds(explain(inJournal([cashSale(4_321)]), -30_000))[0]).toBe("float");
    expect(kinds(explain(inJournal([cashSale(4_321)]), 30_000))[0]).toBe("float");
  });

  it("finds swapped digits of the count", () => {
    // 343.21 expected, 434.21 counted.
    expect(kinds(explain(inJournal([cashSale(4_321)]), 9_100))).not.toContain("digits-swapped");
    expect(kinds(explain(inJournal([cashSale(4_321)]), 9_000))).toContain("digits-swapped");
  });

  it("takes a round sum for one that somebody took by hand, the more so where the drawer was opened", () => {
    const quiet = explain(inJournal([cashSale(4_321)]), -20_000);
    const opened = explain(inJournal([cashSale(4_321), { kind: "no-sale", reason: "换零钱" }]), -20_000);
    expect(kinds(quiet)).toEqual(["move-forgotten"]);
    expect(kinds(opened)).toEqual(["move-forgotten", "no-sale"]);
    expect(opened[0]?.likelihood).toBeGreaterThan(quiet[0]?.likelihood ?? 100);
  });

  it("puts two sales together only where no single one fits", () => {
    const both = explain(inJournal([cashSale(1_111), cashSale(2_222), wechatSale(3_333)]), -3_333);
    expect(both).toMatchObject([{ kind: "two-sales", sales: [{ saleId: "sale-0" }, { saleId: "sale-1" }] }]);
  });

  it("takes a cash sale the more for a WeChat one where a WeChat payment of that amount had come to nothing", () => {
    const events = inJournal([{ kind: "attempt-ended", saleId: "sale-1", amountFen: fen(4_321) }, cashSale(4_321)]);
    const [tried] = explain(events, -4_321);
    const [untried] = explain(inJournal([cashSale(4_321)]), -4_321);
    expect(tried?.likelihood).toBeGreaterThan(untried?.likelihood ?? 100);
  });

  it("needs no reason for nothing", () => {
    expect(explain(inJournal([cashSale(4_321)]), 0)).toEqual([]);
  });
});

function refund(how: "cash" | "wechat", amount: number): ShiftFact {
  return { kind: "refund", refundNo: "r1", saleId: "s1", saleNumber: "T01-000001", how, amountFen: fen(amount) };
}

function moved(kind: "pay-in" | "pay-out" | "safe-drop", amount: number): ShiftFact {
  return { kind: "cash-moved", move: moveOf({ kind, amountFen: fen(amount) }) };
}
