import { expect, test } from "vitest";
import { readDiscount } from "./read-discount.ts";

test("reads yuan as fen and percent as basis points", () => {
  expect(readDiscount("3.25", "amount")).toEqual({ kind: "amount", amountFen: 325 });
  expect(readDiscount("10", "percent")).toEqual({ kind: "percent", basisPoints: 1000 });
  expect(readDiscount("12.5", "percent")).toEqual({ kind: "percent", basisPoints: 1250 });
});

test("refuses nothing, zero, more than all, and more than two decimals", () => {
  expect(readDiscount("", "amount")).toBeNull();
  expect(readDiscount("0", "percent")).toBeNull();
  expect(readDiscount("100.01", "percent")).toBeNull();
  expect(readDiscount("1.234", "percent")).toBeNull();
});

test("takes the whole price off where asked to", () => {
  expect(readDiscount("100", "percent")).toEqual({ kind: "percent", basisPoints: 10_000 });
});
