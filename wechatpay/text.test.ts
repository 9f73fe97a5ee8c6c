import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { billText } from "./text.ts";

describe("the text of the customer's bill", () => {
  it.each([
    ["便利店·关东煮", "便利店·关东煮"],
    ["🍎苹果🍎 500g", "苹果 500g"],
    ["👨‍👩‍👧 family ❤️", "family ❤"],
    ["𠮷野家", "野家"],
    ["a\n\tb\u0000c", "a b c"],
    ["大杯`,`小杯", "大杯','小杯"],
    ["\uD83C", "FALLBACK"],
    ["🍎🍎", "FALLBACK"],
    ["   ", "FALLBACK"],
  ])("of %j is %j", (text, plain) => {
    expect(billText(text, "FALLBACK")).toBe(plain);
  });

  it("is cut at 127 bytes between two characters", () => {
    expect(billText("茶".repeat(60), "x")).toBe("茶".repeat(42)); // 126 bytes; a 43rd would end inside itself
    expect(billText("a".repeat(200), "x")).toBe("a".repeat(127));
    expect(billText(`${"a".repeat(126)}茶`, "x")).toBe("a".repeat(126));
  });

  it("is always 1–127 bytes of characters of at most three bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const plain = billText(text, "x");
        const sizes = [...plain].map((character) => Buffer.byteLength(character));
        expect(Buffer.byteLength(plain)).toBeLessThanOrEqual(127);
        expect(plain.length).toBeGreaterThan(0);
        expect(sizes.every((size) => size <= 3)).toBe(true);
        expect(Buffer.from(plain).toString()).toBe(plain);
      }),
    );
  });
});
