import { expect, it } from "vitest";
import type { Charged, Stored } from "#tests/crash/books.ts";
import { judgeOldTill } from "./judge.ts";
import type { Note } from "./old-till-words.ts";
import { everyPoint, visits } from "./visits.ts";
import { seededRandom } from "#tests/support/random.ts";

const charge = (outTradeNo: string, amountFen: number, refundedFen = 0): Charged => ({
  ...{ outTradeNo, amountFen, chargedFen: amountFen, refundedFen, refunds: [], violations: [] },
});
const sale = (saleId: string, totalFen: number): Stored["sales"][number] => ({ saleId, saleNumber: saleId, totalFen });
const note = (number: number, word: string | null, transactionId: string | null = null): Note => ({
  ...{ number, service: `K${number}`, fen: 1_000 + number, word, transactionId },
});
const found = (notes: readonly Note[], charged: readonly Charged[], sales: Stored["sales"]): readonly string[] =>
  judgeOldTill(notes, { charged, stored: { sales } }).map(({ kind }) => kind);

it("An old till whose sales are paid once, or not at all, has nothing to complain of", () => {
  const notes = [
    note(1, "Success", "a"),
    note(2, "Cancel"),
    { ...note(2, "Success", "b"), service: "K2-2" },
    note(3, "Refusal"),
  ];
  // What the till took back is nobody's.
  const charged = [charge("A", 1_001), charge("B", 1_002), charge("C", 1_003, 1_003)];
  expect(found(notes, charged, [sale("a", 1_001), sale("b", 1_002)])).toEqual([]);
});

it("A sale that is charged, booked or numbered twice is a double", () => {
  const one = [note(1, "Success", "a")];
  const twice = [...one, { ...note(1, "Success", "b"), service: "K1-2" }];
  expect(found(one, [charge("A", 1_001), charge("B", 1_001)], [sale("a", 1_001)])).toEqual(["duplicated"]);
  expect(found(one, [charge("A", 1_001)], [sale("a", 1_001), sale("b", 1_001)])).toEqual(["duplicated"]);
  expect(found(twice, [charge("A", 1_001)], [sale("a", 1_001)])).toEqual(["duplicated"]);
});

it("Money without a sale, a sale without money and an answer that is another's are losses", () => {
  expect(found([note(1, "Success", "a")], [], [sale("a", 1_001)])).toEqual(["lost"]);
  expect(found([note(1, "Success", "a")], [charge("A", 1_001)], [])).toEqual(["lost"]);
  expect(found([note(1, "Success", "b")], [charge("A", 1_001)], [sale("a", 1_001)])).toEqual(["lost"]);
  expect(found([note(1, "Cancel")], [charge("A", 1_001)], [sale("a", 1_001)])).toEqual(["lost"]);
  expect(found([note(1, "Cancel")], [charge("A", 9_999)], [])).toEqual(["lost"]);
});

it("A request without an answer is unresolved, whatever became of its payment", () => {
  expect(found([note(1, null)], [], [])).toEqual(["unresolved"]);
  expect(found([note(1, null)], [charge("A", 1_001)], [sale("a", 1_001)])).toEqual(["unresolved"]);
});

it("Each side is killed at each step in every round, in the order of the seed", () => {
  const names = (seed: number) =>
    visits(seededRandom(seed), 2 * everyPoint.length).map(({ side, step }) => `${side} ${step}`);
  expect(names(1).toSorted()).toEqual(
    [...everyPoint, ...everyPoint].map(({ side, step }) => `${side} ${step}`).toSorted(),
  );
  expect(names(1)).toEqual(names(1));
  expect(names(1)).not.toEqual(names(2));
});
