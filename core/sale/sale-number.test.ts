import { describe, expect, it } from "vitest";
import { formatSaleNumber, parseSaleNumber } from "./sale-number.ts";

describe("a sale number", () => {
  it("is the terminal and its counter, and reads back", () => {
    expect(formatSaleNumber("T01", 42)).toBe("T01-000042");
    expect(formatSaleNumber("T01", 12_345_678)).toBe("T01-12345678");
    expect(parseSaleNumber(" t01-000042 ")).toEqual({ terminalId: "T01", counter: 42 });
    expect(parseSaleNumber("T01-12345678")).toEqual({ terminalId: "T01", counter: 12_345_678 });
  });

  it.each(["", "T01", "T01-42", "T01-000000", "T01-0000042", "T 01-000042", "T01-00004２", "T01-0000421234567890123"])(
    "is not %j",
    (text) => {
      expect(parseSaleNumber(text)).toBeNull();
    },
  );

  it("is never made from a counter that is not one", () => {
    expect(() => formatSaleNumber("T01", 0)).toThrow("broken promise");
    expect(() => formatSaleNumber("t1", 1)).toThrow("broken promise");
  });
});
