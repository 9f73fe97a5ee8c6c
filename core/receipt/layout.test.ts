import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PaperColumns, PrintLine, ReceiptElement, TextStyle } from "./document.ts";
import { fold } from "./fold.ts";
import { layOut } from "./layout.ts";
import { characterWidth, displayWidth, printable } from "./width.ts";

function texts(element: ReceiptElement, columns: PaperColumns = 32): readonly string[] {
  return layOut({ elements: [element] }, columns).map((line) => (line.kind === "text" ? line.text : `<${line.kind}>`));
}

const row = (left: string, right: string, style: TextStyle = {}): ReceiptElement => ({
  kind: "row",
  left,
  right,
  style,
});

describe("display width", () => {
  it.each([
    ["Water 550ml", 11],
    ["农夫山泉", 8],
    ["Ａ１", 4],
    ["ｱｲ", 2],
    ["￥12.30", 7],
    ["2 × 3.00", 9],
    ["…", 2],
    ["e\u0301", 1],
    ["한", 2],
    ["🧋", 2],
    ["a\u0007\u200bb", 2],
    ["", 0],
  ])("of %j is %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("printable text", () => {
  it.each([
    ["milk\u001bp\u0000\u0019\u00fa", "milkpú"],
    ["a\u009bb\u007fc", "abc"],
    ["price \u202e00.1\u202c", "price 00.1"],
    ["¥5", "￥5"],
    ["a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["a\tb\u00a0c\u3000d", "a b c\u3000d"],
    ["e\u0301", "é"],
    ["o\u200b\u0301", "ó"],
    ["cut \ud83e", "cut ?"],
    ["☕\ufe0f", "☕"],
  ])("of %j is %j", (text, clean) => {
    expect(printable(text)).toBe(clean);
  });
});

describe("width", () => {
  it("of an ideograph is two, and none of them is a mark", () => {
    for (let point = 0x4e00; point <= 0x9fff; point += 1) {
      const character = String.fromCodePoint(point);
      if (characterWidth(character) !== 2 || /[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u.test(character))
        throw new Error(`U+${point.toString(16)} is not two columns wide`);
    }
  });
});

describe("folding", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["农夫山泉矿泉水", 8, ["农夫山泉", "矿泉水"]],
    ["农夫山泉", 7, ["农夫山", "泉"]],
    ["可乐Coke330ml", 9, ["可乐", "Coke330ml"]],
    ["abcdefghij", 4, ["abcd", "efgh", "ij"]],
    ["ab abcdefghij", 4, ["ab a", "bcde", "fghi", "j"]],
    ["a  b", 2, ["a", "b"]],
    ["  2 x", 8, ["  2 x"]],
    ["a\n\nb", 8, ["a", "", "b"]],
    ["", 8, [""]],
    ["    ", 2, [""]],
  ])("%j in %i columns gives %j", (text, columns, lines) => {
    expect(fold(text, columns)).toEqual(lines);
  });

  it("leaves what fits as it is, as where a line is broken behind it", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab 1农夫，é"), maxLength: 12 });
    fc.assert(
      fc.property(text, fc.nat({ max: 3 }), (fits, room) => {
        const columns = Math.max(2, displayWidth(fits) + room);
        const filled = "x".repeat(columns);
        expect(fold(fits, columns)).toEqual([fits.trimEnd()]);
        expect(fold(`${fits} ${filled}`, columns)).toEqual([fits.trimEnd(), filled]);
      }),
    );
  });

  it("loses nothing but blanks", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 20 }), (text, columns) => {
        const clean = printable(text);
        const lines = fold(clean, columns);
        expect(lines.join("").replaceAll(/\s/gu, "")).toBe(clean.replaceAll(/\s/gu, ""));
        expect(lines.every((line) => displayWidth(line) <= columns)).toBe(true);
      }),
    );
  });
});

describe("laying out", () => {
  it("keeps the right side in its column while the left folds", () => {
    expect(texts(row("  2 × 3.00", "6.00"))).toEqual([`  2 × 3.00${" ".repeat(17)}6.00`]);
    expect(texts(row("一二三四五六七八九十甲乙丙丁戊己", "123.45"))).toEqual([
      "一二三四五六七八九十甲乙  123.45",
      "丙丁戊己",
    ]);
  });

  it("counts double width double", () => {
    expect(texts(row("合计", "￥12.30", { widthTimes: 2 }), 48)).toEqual([`合计${" ".repeat(13)}￥12.30`]);
    expect(texts({ kind: "text", text: "一二三四五六七八九", align: "center", style: { widthTimes: 2 } })).toEqual([
      "一二三四五六七八",
      "九",
    ]);
  });

  it("gives an amount that leaves no room a line of its own, at the right", () => {
    const lines = layOut({ elements: [row("Total", "9,999,999.99", { widthTimes: 2 })] }, 32);
    expect(lines.map((line) => (line.kind === "text" ? [line.text, line.align] : []))).toEqual([
      ["Total", "left"],
      ["9,999,999.99", "right"],
    ]);
  });

  it("draws rules across and passes blanks and codes on", () => {
    expect(texts({ kind: "rule" })).toEqual(["-".repeat(32)]);
    expect(texts({ kind: "rule" }, 48)).toEqual(["-".repeat(48)]);
    expect(layOut({ elements: [{ kind: "blank" }, { kind: "qr", text: "中" }] }, 48)).toEqual([
      { kind: "blank" },
      { kind: "qr", text: "中" },
    ]);
  });

  it("never makes a line wider than the paper nor lets a control character through, whatever the texts hold", () => {
    const unicode = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.string({
        unit: fc.constantFrom("茶", "a", " ", "é", "\u001b", "\n", "¥", "\u0301", "\ud800", "🧋"),
        maxLength: 80,
      }),
    );
    const style = fc.record(
      {
        bold: fc.boolean(),
        widthTimes: fc.constantFrom(1 as const, 2 as const),
        heightTimes: fc.constantFrom(1 as const, 2 as const),
      },
      { requiredKeys: [] },
    );
    const element = fc.oneof(
      fc.record({ kind: fc.constant("row" as const), left: unicode, right: unicode, style }),
      fc.record({
        kind: fc.constant("text" as const),
        text: unicode,
        align: fc.constantFrom("left" as const, "right" as const),
        style,
      }),
      fc.constant({ kind: "rule" } as const),
    );
    const isSound = (line: PrintLine, columns: number) =>
      line.kind === "blank" ||
      (line.kind === "text" &&
        displayWidth(line.text) * (line.style.widthTimes ?? 1) <= columns &&
        !/[\p{Cc}\p{Cf}\p{Cs}\u00A5]/u.test(line.text));
    fc.assert(
      fc.property(fc.array(element), fc.constantFrom(48 as const, 32 as const), (elements, columns) => {
        const unsound = layOut({ elements }, columns).filter((line) => !isSound(line, columns));
        expect(unsound).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
