import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupEnrolmentCode, readEnrolmentCode } from "./enrolment-code.ts";

const alphabet = [..."23456789ABCDEFGHJKMNPQRSTUVWXYZ"];
const code = fc
  .array(fc.constantFrom(...alphabet), { minLength: 10, maxLength: 10 })
  .map((letters) => letters.join(""));

describe("The one-time code of head office", () => {
  it("is read however its groups, blanks and letters are written", () => {
    const gap = fc.constantFrom("", "-", " ", "\u2013", " - ");
    fc.assert(
      fc.property(code, fc.array(gap, { minLength: 10, maxLength: 10 }), fc.boolean(), (wanted, gaps, isLower) => {
        const spaced = [...wanted].map((letter, at) => `${letter}${gaps[at]}`).join("");
        fc.pre(spaced.length <= 40);
        expect(readEnrolmentCode(isLower ? spaced.toLowerCase() : spaced)).toBe(wanted);
      }),
    );
  });

  it("reads back from the two groups it is shown in", () => {
    fc.assert(
      fc.property(code, (wanted) => {
        expect(readEnrolmentCode(groupEnrolmentCode(wanted))).toBe(wanted);
      }),
    );
  });

  it.each(["", "AB2CD3EF4", "AB2CD3EF4GH", "AB2CD3EF40", "AB2CD3EFOG", "AB1CD3EF4G", "ABLCD3EF4G", "6920536011247"])(
    "is not %j",
    (text) => expect(readEnrolmentCode(text)).toBeNull(),
  );

  it("is not anything long, whatever it is padded with", () => {
    expect(readEnrolmentCode(`AB2CD3EF4G${" ".repeat(31)}`)).toBeNull();
  });
});
