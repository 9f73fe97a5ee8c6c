import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { code128 } from "./code128.ts";

describe("code128", () => {
  it("packs digits in pairs and keeps an odd one before them", () => {
    expect(code128("12345")?.data.toString("hex")).toBe("7b42317b43172d");
    expect(code128("6901234567892")?.data.toString("latin1").slice(0, 5)).toBe("{B6{C");
  });

  it("does not change sets for a short run of digits inside", () => {
    expect(code128("AB1234CD")?.data.toString("latin1")).toBe("{BAB1234CD");
    expect(code128("AB123456CD")?.data.toString("hex")).toBe("7b4241427b430c22387b424344");
  });

  it("writes a brace twice", () => {
    expect(code128("a{b")?.data.toString("latin1")).toBe("{Ba{{b");
  });

  it("counts start, data, check and stop", () => {
    // Start, A, check at 11 modules; stop 13.
    expect(code128("A")?.modules).toBe(46);
  });

  it("refuses what Code 128 in sets B and C cannot say", () => {
    expect([code128(""), code128("é"), code128("a\x1db"), code128("x".repeat(254))]).toEqual([null, null, null, null]);
  });

  it("never sends a packed byte that could begin a real-time command", () => {
    expect(code128("1604")?.data.toString("latin1")).toBe("{B1604");
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,60}$/), (digits) => {
        expect(code128(digits)?.data.includes(0x10)).toBe(false);
      }),
    );
  });
});
