import { expect, test } from "vitest";
import { barcodeSymbol, qrSymbol, type Symbol2d } from "./symbol.ts";

test("a QR of version 1 has 21 modules a side, and its finder patterns stand in three corners", () => {
  const symbol = qrSymbol("HELLO", "M");
  expect(symbol).toMatchObject({ width: 21, height: 21 });
  expect(symbol?.path).toContain("M0 21L7 21L7 14L0 14z");
});

test("a WeChat code_url fits a small QR", () => {
  expect(qrSymbol("weixin://wxpay/bizpayurl/up?pr=AbCdEf12&groupid=00", "M")?.width).toBeLessThanOrEqual(33);
});

test("the bars of an EAN-13 are the ones of the standard", () => {
  // Guard 101, six digits in the sets of a leading 6 (ABBBAA), centre guard, six right-hand digits, guard.
  const expected = [
    ...["101", "0001011", "0011011", "0100111", "0111001", "0111101", "0101111", "01010"],
    ...["1110010", "1100110", "1101100", "1000010", "1001110", "1110010", "101"],
  ].join("");
  expect(modulesOf(barcodeSymbol("ean13", "6920536012350"))).toBe(expected);
});

test("a Code 128 begins with its start symbol and ends with its stop", () => {
  const modules = modulesOf(barcodeSymbol("code128", "T01-000042"));
  expect(modules.startsWith("11010010000")).toBe(true);
  expect(modules.endsWith("1100011101011")).toBe(true);
});

test("a text the symbology cannot hold has no symbol", () => {
  expect(barcodeSymbol("ean13", "6920536012351")).toBeNull();
  expect(barcodeSymbol("itf", "12a4")).toBeNull();
  expect(barcodeSymbol("code128", "")).toBeNull();
  expect(qrSymbol("x".repeat(5_000), "H")).toBeNull();
});

function modulesOf(symbol: Symbol2d | null): string {
  const modules = Array.from({ length: symbol?.width ?? 0 }, () => "0");
  for (const [, left, width] of symbol?.path.matchAll(/M(\d+) 0h(\d+)v/g) ?? []) {
    modules.fill("1", Number(left), Number(left) + Number(width));
  }
  return modules.join("").replace(/0+$/, "");
}
