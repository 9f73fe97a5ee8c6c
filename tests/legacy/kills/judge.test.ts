import { expect, it } from "vitest";
import type { Charged, Stored } from "#tests/crash/books.ts";
import { judgeOldTill } from "./judge.ts";
import type { Note } from "./old-till-words.ts";
import { type Claim, untrueClaims } from "./truth.ts";
import { everyPoint, type Visit, visits } from "./visits.ts";
import { seededRandom } from "#tests/support/random.ts";

const charge = (outTradeNo: string, amountFen: number, refundedFen = 0): Charged => ({
  ...{ outTradeNo, amountFen, chargedFen: amountFen, refundedFen, refunds: [], violations: [] },
});
const sale = (saleId: string, totalFen: number): Stored["sales"][number] => ({ saleId, saleNumber: saleId, totalFen });
const note = (number: number, word: string | null, transactionId: string | null = null): Note => ({
  ...{ category: "Payment" as const, number, service: `K${number}`, fen: 1_000 + number, word, transactionId },
});
const back = (number: number, word: string | null): Note => ({
  ...note(number, word, "a"),
  ...{ category: "Reversal", service: `R${number}` },
});
const refund = (status: "SUCCESS" | "PROCESSING", amountFen: number): Charged["refunds"][number] => ({
  ...{ outRefundNo: "R", refundId: "1", amountFen, status, acceptedAt: 0, endedAt: null },
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

it("Money that goes back is told once, and is with the customer once", () => {
  const sold = [sale("a", 1_001)];
  const paid = note(1, "Success", "a");
  const given = { ...charge("A", 1_001, 1_001), refunds: [refund("SUCCESS", 1_001)] };
  expect(found([paid, back(1, "Success")], [given], sold)).toEqual([]);
  expect(found([paid, back(1, "Cancel")], [charge("A", 1_001)], sold)).toEqual([]);
  expect(found([paid, back(1, "Success")], [charge("A", 1_001)], sold)).toEqual(["lost"]);
  expect(found([paid, back(1, "Cancel")], [given], sold)).toEqual(["lost"]);
  const onItsWay = { ...charge("A", 1_001), refunds: [refund("PROCESSING", 1_001)] };
  expect(found([paid, back(1, "Cancel")], [onItsWay], sold)).toEqual(["lost"]);
  const twice = { ...charge("A", 1_001, 1_001), refunds: [refund("SUCCESS", 500), refund("SUCCESS", 501)] };
  expect(found([paid, back(1, "Success")], [twice], sold)).toEqual(["duplicated"]);
  const again = { ...back(1, "Success"), service: "R1-2" };
  expect(found([paid, back(1, "Success"), again], [given], sold)).toEqual(["duplicated"]);
});

it("A status is true that says the end, that there is none yet, or nothing where nothing has moved", () => {
  const claim = (said: string, isMoved = false): Claim => ({
    ...{ number: 1, service: "K1", category: "Payment", said, moved: { isMoved, isOnItsWay: false } },
  });
  const untrue = (said: readonly Claim[], word: string): number => untrueClaims(said, [note(1, word, "a")]).length;
  const end = claim("Success", true);
  expect(untrue([claim("InProgress"), claim("NotFound"), claim("Success"), end], "Success")).toBe(0);
  expect(untrue([claim("NotFound", true), end], "Success")).toBe(1);
  expect(untrue([claim("Cancel"), end], "Success")).toBe(1);
  expect(untrue([claim("InProgress")], "Success")).toBe(1);
  expect(untrue([claim("NotFound")], "Cancel")).toBe(1);
  expect(untrue([claim("NotFound")], "NotAllowed")).toBe(0);
});

it("A request without an answer is unresolved, whatever became of its payment", () => {
  expect(found([note(1, null)], [], [])).toEqual(["unresolved"]);
  expect(found([note(1, null)], [charge("A", 1_001)], [sale("a", 1_001)])).toEqual(["unresolved"]);
});

const nameOf = ({ category, side, step }: Pick<Visit, "category" | "side" | "step">) => `${category} ${side} ${step}`;

it("Each side is killed at each step in every round, in the order of the seed", () => {
  const names = (seed: number) => visits(seededRandom(seed), 2 * everyPoint.length).map(nameOf);
  expect(names(1).toSorted()).toEqual([...everyPoint, ...everyPoint].map(nameOf).toSorted());
  expect(names(1)).toEqual(names(1));
  expect(names(1)).not.toEqual(names(2));
});
