import { expect, it } from "vitest";
import type { ReturnableLineView } from "#contract/ipc/return-view.ts";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { allOrNothing, askedLines, type Chosen, stepped, withCondition, withQuantity } from "./chosen-lines.ts";

const none: Chosen = new Map();
const line = (changes: Partial<ReturnableLineView> = {}): ReturnableLineView => ({
  ...{ lineNumber: 1, nameZh: "可乐", nameEn: "Cola", unit: "piece", paidFen: fen(700) },
  ...{ sold: pieces(3), returned: pieces(1), remaining: pieces(2) },
  ...changes,
});
const weighed = line({ lineNumber: 2, unit: "kg", sold: milli(845), returned: milli(0), remaining: milli(845) });

it("steps by pieces, never below nothing nor beyond what remains", () => {
  let chosen = stepped(none, line(), -1);
  expect(askedLines(chosen)).toEqual([]);
  for (let press = 0; press < 5; press += 1) chosen = stepped(chosen, line(), 1);
  expect(askedLines(chosen)).toEqual([{ lineNumber: 1, quantity: 2000, condition: "back-to-stock" }]);
});

it("takes what was weighed back whole by a step, and in part by a typed weight", () => {
  expect(askedLines(stepped(none, weighed, 1))).toMatchObject([{ quantity: 845 }]);
  expect(askedLines(withQuantity(none, weighed, 300))).toMatchObject([{ quantity: 300 }]);
  expect(askedLines(withQuantity(none, weighed, 9_000))).toMatchObject([{ quantity: 845 }]);
});

it("chooses all of a line and lets go of it by the same key, and tells lines in the order of the sale", () => {
  const both = withCondition(allOrNothing(allOrNothing(none, weighed), line()), line());
  expect(askedLines(both)).toEqual([
    { lineNumber: 1, quantity: 2000, condition: "damaged" },
    { lineNumber: 2, quantity: 845, condition: "back-to-stock" },
  ]);
  expect(askedLines(allOrNothing(both, line()))).toHaveLength(1);
});
