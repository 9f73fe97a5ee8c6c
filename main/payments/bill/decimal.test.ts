import fc from "fast-check";
import { expect, it } from "vitest";
import { readDecimal } from "./decimal.ts";

/** The rule as a pattern: slower, and plain to see. */
function byPattern(text: string): number | null {
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,5}))?$/u.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", decimals = ""] = match;
  const magnitude = Number(whole) * 100_000 + Number(decimals.padEnd(5, "0"));
  return sign === "-" && magnitude !== 0 ? -magnitude : magnitude;
}

it("A decimal read digit by digit is the one its pattern says, for any text", () => {
  const digits = fc.stringMatching(/^-?\d{0,12}(\.\d{0,7})?$/);
  const odd = fc.stringMatching(/^[-+.,0-9eE ¥]{0,14}$/);
  fc.assert(
    fc.property(fc.oneof(digits, odd, fc.string()), (text) => {
      expect(readDecimal(text)).toBe(byPattern(text));
    }),
    { numRuns: 5_000, examples: [["-0"], ["-0.00000"], [""], ["-"], ["."], ["1."], [".5"], ["10000000000.99999"]] },
  );
});
