import { expect, test } from "vitest";
import type { FindingAction, FindingKind } from "#core/reconciliation/finding.ts";
import zh from "../../../resources/locales/zh-CN/reconciliation.json" with { type: "json" };
import { formatSum, meaningKey } from "./words.ts";

/** Every pair that core's rules make; seeded days meet all of them. */
const pairs: readonly (readonly [FindingKind, readonly FindingAction[]])[] = [
  ["matched", ["none"]],
  ["missing-here", ["none", "finish-attempt", "refund-customer", "look-into", "ask-gateway"]],
  ["missing-there", ["ask-gateway"]],
  ["amount-differs", ["look-into"]],
  ["taken-back", ["look-into"]],
  ["charged-twice", ["look-into"]],
  ["cross-midnight", ["none", "wait-for-next-bill"]],
  ["refund-matched", ["none"]],
  ["refund-missing-here", ["look-into", "ask-gateway"]],
  ["refund-missing-there", ["ask-gateway"]],
  ["refund-amount-differs", ["look-into"]],
  ["refunded-twice", ["look-into"]],
];

test("every finding has its sentence", () => {
  const keys = pairs.flatMap(([kind, actions]) => actions.map((action) => meaningKey({ kind, action })));
  expect(keys.filter((key) => !Object.hasOwn(zh, key))).toEqual([]);
});

test("a sum larger than any amount of a till is written out to the fen", () => {
  expect([formatSum(1_234_567_890_123), formatSum(-7), formatSum(0)]).toEqual([
    "¥12,345,678,901.23",
    "\u2212¥0.07",
    "¥0.00",
  ]);
});
