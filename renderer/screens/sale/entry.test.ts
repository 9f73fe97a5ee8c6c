import { describe, expect, test } from "vitest";
import { milli } from "#core/quantity/quantity.ts";
import { asCode, asTimes, typeInto } from "./entry.ts";

function typed(keys: string): string {
  return [...keys].reduce((text, key) => typeInto(text, key) ?? text, "");
}

describe("digits typed on the sale screen", () => {
  test("collect in order and take no letter", () => {
    expect(typed("3a4")).toBe("34");
    expect(typeInto("", "x")).toBeNull();
  });

  test("take one decimal point, and none before the first digit", () => {
    expect(typed(".0.84.5")).toBe("0.845");
  });

  test("become a multiplier in thousandths", () => {
    expect(asTimes(typed("3"))).toBe(milli(3000));
    expect(asTimes(typed("0.845"))).toBe(milli(845));
  });

  test("make no multiplier of zero, of nothing or of more than a till counts", () => {
    expect([asTimes(typed("0")), asTimes(""), asTimes(typed("100000"))]).toEqual([null, null, null]);
  });

  test("are a code from eight digits on, and something to search for below", () => {
    expect(asCode(typed("6920536012350"))).toEqual({ kind: "code", text: "6920536012350" });
    expect(asCode(typed("69012345"))).toEqual({ kind: "code", text: "69012345" });
    expect(asCode(typed("1234567"))).toEqual({ kind: "search", text: "1234567" });
    expect(asCode("")).toBeNull();
  });

  test("are never a code with a decimal point in them", () => {
    expect(asCode(typed("12345.678"))).toEqual({ kind: "search", text: "12345.678" });
  });

  test("stop at a length no code reaches", () => {
    expect(typed("1".repeat(100))).toHaveLength(32);
  });
});
