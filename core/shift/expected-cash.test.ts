import fc from "fast-check";
import { expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { ShiftFact } from "./shift-event.ts";
import { recountShift } from "./shift-totals.ts";
import { anyFact } from "#tests/support/any-shift.ts";

/** Note by note, as somebody would who stands beside the drawer: written without any of the code it judges. */
function standingBeside(floatFen: number, facts: readonly ShiftFact[]): number {
  let drawer = floatFen;
  for (const fact of facts) {
    if (fact.kind === "sale") {
      drawer += fact.cashFen + fact.changeFen;
      drawer -= fact.changeFen;
    }
    if (fact.kind === "refund" && fact.how === "cash") drawer -= fact.amountFen;
    if (fact.kind === "cash-moved" && fact.move.kind === "pay-in") drawer += fact.move.amountFen;
    if (fact.kind === "cash-moved" && fact.move.kind !== "pay-in") drawer -= fact.move.amountFen;
  }
  return drawer;
}

const anyFloat = fc.nat(200_000).map(fen);
const anyShift = fc.array(anyFact, { maxLength: 120 });

it("the expected cash of any shift is what somebody beside the drawer would have counted", () => {
  fc.assert(
    fc.property(anyFloat, anyShift, (floatFen, facts) => {
      expect(recountShift(floatFen, facts).expectedCashFen).toBe(standingBeside(floatFen, facts));
    }),
  );
});

it("cash, WeChat and the printed code sum to the sales, whatever happened between", () => {
  fc.assert(
    fc.property(anyFloat, anyShift, (floatFen, facts) => {
      const { salesFen, cashFen, wechatFen, staticCodeFen } = recountShift(floatFen, facts);
      expect(cashFen + wechatFen + staticCodeFen).toBe(salesFen);
    }),
  );
});

it.each(["pay-in", "pay-out", "safe-drop"] as const)("a till that forgets every %s is caught", (forgotten) => {
  const forgetful = (facts: readonly ShiftFact[]): readonly ShiftFact[] =>
    facts.filter((fact) => fact.kind !== "cash-moved" || fact.move.kind !== forgotten);
  const found = fc.check(
    fc.property(anyFloat, anyShift, (floatFen, facts) => {
      expect(recountShift(floatFen, forgetful(facts)).expectedCashFen).toBe(standingBeside(floatFen, facts));
    }),
  );
  expect(found.failed).toBe(true);
});
