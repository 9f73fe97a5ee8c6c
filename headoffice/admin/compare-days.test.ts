import { expect, test } from "vitest";
import type { DaySide } from "#contract/wire/agreement.ts";
import { agreementOf } from "./compare-days.ts";

const day = (businessDate: string, change: Partial<DaySide> = {}): DaySide => ({
  ...{
    businessDate,
    saleCount: 3,
    salesFen: 900,
    cashFen: 500,
    wechatFen: 400,
    staticCodeFen: 0,
    refundCount: 0,
    refundFen: 0,
  },
  lastSaleHash: "a".repeat(64),
  ...change,
});
const told = { toldMs: 2_000, lastReceivedMs: 1_000 };

test("two sides with the same days agree", () => {
  const days = [day("2026-11-24"), day("2026-11-25")];
  expect(agreementOf({ ...told, till: days, office: days })).toEqual({
    ...{ state: "agreed", toldMs: 2_000, differingDates: [] },
  });
});

test.each<Partial<DaySide>>([
  { saleCount: 2 },
  { salesFen: 901 },
  { cashFen: 501 },
  { wechatFen: 399 },
  { staticCodeFen: 1 },
  { refundCount: 1 },
  { refundFen: 1 },
  { lastSaleHash: "b".repeat(64) },
])("a day that differs by %j is named", (change) => {
  const sides = {
    till: [day("2026-11-24", change), day("2026-11-25")],
    office: [day("2026-11-24"), day("2026-11-25")],
  };
  expect(agreementOf({ ...told, ...sides }).differingDates).toEqual(["2026-11-24"]);
});

test("a day that only one side knows is named, a day without anything is not", () => {
  const empty = day("2026-11-23", {
    ...{ saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0, staticCodeFen: 0 },
    lastSaleHash: "0".repeat(64),
  });
  const sides = { till: [empty, day("2026-11-25")], office: [day("2026-11-24"), day("2026-11-25")] };
  expect(agreementOf({ ...told, ...sides }).differingDates).toEqual(["2026-11-24"]);
});

test("the day that is being sold is no difference, an older one still is", () => {
  const till = [day("2026-11-24", { salesFen: 1 }), day("2026-11-25")];
  const office = [day("2026-11-24"), day("2026-11-25", { saleCount: 4 })];
  const later = { toldMs: 1_000, lastReceivedMs: 2_000 };
  expect(agreementOf({ ...later, till, office }).differingDates).toEqual(["2026-11-24"]);
  expect(agreementOf({ ...told, till, office }).differingDates).toEqual(["2026-11-25", "2026-11-24"]);
});

test("a till that has told nothing has not agreed", () => {
  expect(agreementOf({ till: [], office: [day("2026-11-25")], toldMs: null, lastReceivedMs: 5 }).state).toBe("never");
});

test("days before the till's oldest are not compared: it tells of the last weeks only", () => {
  const sides = { till: [day("2026-11-25")], office: [day("2026-09-01"), day("2026-11-25")] };
  expect(agreementOf({ ...told, ...sides }).state).toBe("agreed");
});
