import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outTradeNo } from "./out-trade-no.ts";

const capitals = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), minLength, maxLength });

describe("an out_trade_no", () => {
  it("joins store, terminal, local time and suffix", () => {
    expect(outTradeNo("SH01", "T01", "261122193205", "00k3z")).toBe("SH01T0126112219320500K3Z");
  });

  it("is always 6 to 32 capitals and digits", () => {
    fc.assert(
      fc.property(capitals(1, 8), capitals(1, 8), capitals(1, 4), (store, terminalId, suffix) => {
        expect(outTradeNo(store, terminalId, "261122193205", suffix)).toMatch(/^[0-9A-Z]{6,32}$/u);
      }),
    );
  });

  it.each([
    ["", "T01", "261122193205", "1"],
    ["sh01", "T01", "261122193205", "1"],
    ["SH01", "T-1", "261122193205", "1"],
    ["SH01", "T01", "20261122193205", "1"],
    ["SH01", "T01", "261122193205", ""],
    ["SH01", "T01", "261122193205", "1|2"],
    ["ABCDEFGH", "ABCDEFGH", "261122193205", "12345"],
  ])("is refused for parts that do not fit: %s %s %s %s", (...parts) => {
    expect(() => outTradeNo(...parts)).toThrow("broken promise");
  });
});
