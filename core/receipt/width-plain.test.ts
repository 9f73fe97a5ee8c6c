import fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "./width.ts";

/** The whole way, as for a text that has something in it to be changed: the mark of no width is taken out on it. */
const theLongWay = (text: string): string => printable(`${text}\u200B`);

test("a text with nothing to change in it is printed as it stands, in whichever way it is looked at", () => {
  const plain = "\n 09AZaz~、。一龥！～￥";
  expect(printable(plain)).toBe(plain);
  expect(theLongWay(plain)).toBe(plain);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(printable(text)).toBe(theLongWay(text));
    }),
  );
  for (let point = 0; point < 0x1_0000; point += 1) {
    const character = String.fromCodePoint(point);
    if (printable(character) !== theLongWay(character)) throw new Error(`U+${point.toString(16)} is not plain`);
  }
});
