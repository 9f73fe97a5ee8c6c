import { expect, test } from "vitest";
import type { ShelfLabelView } from "#contract/ipc/label-intents.ts";
import { fen } from "#core/money/fen.ts";
import { allChosen, copiesOf, mostCopies, spreadOut, withAll, withCopies, withFound, withScanned } from "./choices.ts";
import { ontoSheets } from "./sheets.ts";

const label = (sku: string): ShelfLabelView => ({
  ...{ sku, nameZh: sku, nameEn: sku, unit: "piece", priceFen: fen(100), unitPrice: null, barcode: null },
  ...{ memberPriceFen: null, offer: null, changedAtMs: 1 },
});
const [tea, coffee, milk] = ["tea", "coffee", "milk"].map(label) as [ShelfLabelView, ShelfLabelView, ShelfLabelView];
const told = (choices: readonly { readonly label: ShelfLabelView; readonly copies: number }[]) =>
  choices.map(({ label: { sku }, copies }) => `${sku} ${copies}`);

test("a search keeps what was chosen on top, drops what was not, and lists nothing twice", () => {
  const first = withCopies(withFound([], [tea, coffee]), "tea", 2);
  expect(told(withFound(first, [milk, tea]))).toEqual(["tea 2", "milk 0"]);
});

test("each scan of the same goods is a label more, up to the most, and stands on top", () => {
  expect(told(withScanned(allChosen([tea, coffee]), [coffee, milk]))).toEqual(["milk 1", "coffee 2", "tea 1"]);
  const many = Array.from({ length: mostCopies + 5 }, () => tea);
  expect(told(withScanned([], many))).toEqual([`tea ${mostCopies}`]);
});

test("copies stay between none and the most, and all or none can be chosen at once", () => {
  const choices = allChosen([tea, coffee]);
  expect(told(withCopies(choices, "tea", -1))).toEqual(["tea 0", "coffee 1"]);
  expect(told(withCopies(choices, "tea", 999))).toEqual([`tea ${mostCopies}`, "coffee 1"]);
  expect(told(withAll(withCopies(choices, "tea", 3), true))).toEqual(["tea 3", "coffee 1"]);
  expect(copiesOf(withAll(choices, false))).toBe(0);
});

test("labels go onto sheets of 24 in their order, each as often as it is wanted", () => {
  const choices = withCopies(withCopies(allChosen([tea, coffee, milk]), "tea", 20), "coffee", 6);
  const sheets = ontoSheets(spreadOut(choices, 240));
  expect(sheets.map((sheet) => sheet.length)).toEqual([24, 3]);
  expect(sheets[1]?.map(({ sku }) => sku)).toEqual(["coffee", "coffee", "milk"]);
  expect(ontoSheets([])).toEqual([]);
});
