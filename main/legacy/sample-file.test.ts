import { afterEach, beforeEach, expect, it } from "vitest";
import { daysOut, salesOut } from "#contract/config/legacy-files.ts";
import { Day } from "#main/store/reports/testing-day.ts";
import { layoutOf } from "./outgoing-files.ts";
import { sampleFile } from "./sample-file.ts";

const asked = { folder: "x", format: "json", amounts: "fen" };
const sales = { of: "sales", layout: layoutOf(salesOut.parse(asked)) } as const;
const days = { of: "days", layout: layoutOf(daysOut.parse(asked)) } as const;
const rowsOf = (text: string): readonly { readonly number: string; readonly date: string }[] => JSON.parse(text);

let day: Day;
beforeEach(() => {
  day = new Day();
});
afterEach(() => day.close());

function sell(): void {
  day.run({ kind: "sell", lines: [{ sku: 1, many: 1, off: 0 }], isSplit: false, hour: 9, who: 0 });
}

it("is of made-up rows where nothing was sold yet and no day is over", () => {
  const nothing = day.store.latestOutgoing("2026-03-01");
  expect(nothing).toEqual({ sales: [], days: [] });
  for (const one of [sales, days]) {
    expect(sampleFile(one, nothing)).toEqual(sampleFile(one, null));
    expect(sampleFile(one, nothing).isOwn).toBe(false);
  }
});

it("is of the shop's last three sales and its last two days that are over, once there are any", () => {
  for (let turn = 0; turn < 3; turn += 1) {
    sell();
    sell();
    if (turn < 2) day.run({ kind: "next-day" });
  }
  const ofSales = sampleFile(sales, day.store.latestOutgoing("2026-03-03"));
  expect(ofSales.isOwn).toBe(true);
  expect(rowsOf(ofSales.text).map(({ number }) => number)).toEqual(
    day.sales.slice(-3).map(({ saleNumber }) => saleNumber),
  );
  const datesBefore = (before: string): readonly string[] =>
    rowsOf(sampleFile(days, day.store.latestOutgoing(before)).text).map(({ date }) => date);
  expect(datesBefore("2026-03-03")).toEqual(["2026-03-01", "2026-03-02"]);
  expect(datesBefore("2026-03-04")).toEqual(["2026-03-02", "2026-03-03"]);
  expect(datesBefore("2026-03-02")).toEqual(["2026-03-01"]);
});
