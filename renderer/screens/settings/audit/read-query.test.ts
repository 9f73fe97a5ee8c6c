import { expect, test } from "vitest";
import { noFilters, readQuery } from "./read-query.ts";

const beijing = 480;

test("days are the shop's, and the last one is in it to its end", () => {
  const query = readQuery({ ...noFilters, from: "2026-03-02", to: "2026-03-02" }, beijing);
  expect(query).toMatchObject({
    fromMs: Date.parse("2026-03-02T00:00:00+08:00"),
    toMs: Date.parse("2026-03-03T00:00:00+08:00"),
  });
});

test("an amount is whole fen, and what is none asks nothing of main", () => {
  const amountOf = (amount: string) => readQuery({ ...noFilters, amount }, beijing)?.amountFen;
  expect(["12", "12.5", "0.05", ""].map(amountOf)).toEqual([1_200, 1_250, 5, null]);
  expect(["-1", "1.234", "ten"].map((amount) => readQuery({ ...noFilters, amount }, beijing))).toEqual([
    null,
    null,
    null,
  ]);
});

test("no filters ask for everything", () => {
  expect(Object.values(readQuery(noFilters, beijing) ?? {}).every((value) => value === null)).toBe(true);
});
