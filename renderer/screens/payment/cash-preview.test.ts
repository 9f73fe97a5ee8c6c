import { expect, test } from "vitest";
import { fen } from "#core/money/fen.ts";
import { cashPreview } from "./cash-preview.ts";

test("shows the change while the cash is being typed", () => {
  expect(cashPreview("50", fen(2123))).toEqual({ kind: "change", receivedFen: 5000, changeFen: 2877 });
  expect(cashPreview("21.23", fen(2123))).toEqual({ kind: "change", receivedFen: 2123, changeFen: 0 });
});

test("says what is missing where the cash does not cover it", () => {
  expect(cashPreview("5", fen(2123))).toEqual({ kind: "part", receivedFen: 500, missingFen: 1623 });
});

test("means nothing before an amount is typed, and for half of one", () => {
  expect([cashPreview("", fen(2123)), cashPreview(".", fen(2123)), cashPreview("0", fen(2123))]).toEqual([
    { kind: "nothing" },
    { kind: "nothing" },
    { kind: "nothing" },
  ]);
});

test("takes no more cash than a till may", () => {
  expect(cashPreview("50000.01", fen(2123))).toEqual({ kind: "too-much" });
  expect(cashPreview("50000", fen(2123)).kind).toBe("change");
});
