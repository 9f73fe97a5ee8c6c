import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PaperElement } from "#contract/bench/devices.ts";
import { displayWidth } from "./display-width.ts";
import { plainLines } from "./plain-lines.ts";

const look = { bold: false, underline: false, widthTimes: 1, heightTimes: 1, inverse: false };

function line(text: string, align: "left" | "center" | "right", widthTimes = 1): PaperElement {
  return { kind: "text", align, upsideDown: false, widthDots: 0, runs: [{ ...look, text, widthTimes }] };
}

describe("displayWidth", () => {
  it.each([
    ["abc", 3],
    ["可口可乐", 8],
    ["￥3.50", 6],
    ["，。：（）", 10],
    ["×·—“”", 5],
    ["㐀𠀀", 4],
    ["e\u0301", 1],
    ["", 0],
  ])("of %j is %i columns", (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe("plainLines", () => {
  it("places a line by its alignment, its width and its size", () => {
    const lines = [
      line("中国", "left"),
      line("中国", "center"),
      line("中国", "right"),
      line("中国", "center", 2),
      line("abc", "center"),
    ];
    expect(plainLines(lines, 20)).toEqual([
      "中国",
      "        中国",
      "                中国",
      "      中国",
      "        abc",
    ]);
  });

  it("drops blanks at the end after placing the line with them", () => {
    expect(plainLines([line("ab  ", "right"), line("   ", "left")], 10)).toEqual(["      ab", ""]);
  });

  it("reads the digits beside a barcode where they are printed, and nothing of what is not text", () => {
    const barcode = {
      kind: "barcode",
      align: "center",
      symbology: "ean8",
      text: "96385074",
      heightDots: 60,
      module: 2,
    } as const;
    const elements: PaperElement[] = [
      { ...barcode, hri: "none" },
      { ...barcode, hri: "both" },
      { kind: "feed", unit: "lines", count: 2 },
      { kind: "feed", unit: "dots", count: 90 },
      { kind: "qr", align: "left", text: "x", moduleDots: 4, level: "M" },
      { kind: "raster", align: "left", widthDots: 8, heightDots: 1, widthTimes: 1, heightTimes: 1, bitsBase64: "AA==" },
      { kind: "drawer-pulse", pin: 2, onMs: 50, offMs: 500 },
      { kind: "cut", cut: "full" },
    ];
    expect(plainLines(elements, 10)).toEqual([" 96385074", " 96385074", "", ""]);
  });

  it("never makes a line wider than the paper when what was printed fits", () => {
    const text = fc.stringMatching(/^[a-z中国￥ ]{0,16}$/);
    fc.assert(
      fc.property(text, fc.constantFrom("left", "center", "right"), (words, align) => {
        const [read = ""] = plainLines([line(words, align)], 32);
        expect(displayWidth(read)).toBeLessThanOrEqual(32);
        expect(read.trim()).toBe(words.trim());
      }),
    );
  });
});
