import fc from "fast-check";
import { expect, it } from "vitest";
import { maskCode, readMemberCode } from "./member-code.ts";
import { memberLabel } from "./member.ts";
import { maskPhone, readPhone } from "./phone.ts";

it.each([
  ["13812341234", "13812341234"],
  [" 138 1234-1234 ", "13812341234"],
  ["+8613812341234", "13812341234"],
  ["8613812341234", "13812341234"],
  ["12812341234", null],
  ["1381234123", null],
  ["138123412345", null],
  ["1381234123x", null],
  ["", null],
])("reads %j as the number %j", (text, phone) => {
  expect(readPhone(text)).toBe(phone);
});

it("shows of a number no more than seven of its digits, whatever it is", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
      expect(maskPhone(phone)).toMatch(/^\d{3}\*{4}\d{4}$/);
      expect(maskPhone(phone)).not.toContain(phone.slice(3, 7).concat(phone.slice(7)));
    }),
  );
});

it("tells a member's card from everything else that is scanned", () => {
  expect(readMemberCode(" twm123456789012\r")).toBe("TWM123456789012");
  for (const text of ["TWB1234567890123456", "T01-000001", "6920536011247", "TWM12345678901", "TWM1234567890123", ""])
    expect(readMemberCode(text)).toBeNull();
});

it("names a member by the masked number, without one by the card's last digits", () => {
  expect(memberLabel({ phone: "13812341234", code: "TWM123456789012" })).toBe("138****1234");
  expect(memberLabel({ phone: null, code: "TWM123456789012" })).toBe(maskCode("TWM123456789012"));
  expect(maskCode("TWM123456789012")).toBe("TWM****9012");
  expect(memberLabel({ phone: null, code: null })).toBe("—");
});
