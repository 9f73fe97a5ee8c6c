import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PrintLine } from "#contract/devices/messages.ts";
import { encodeReceipt } from "./encode.ts";

const wide = {
  columns: 48,
  chinese: "gb18030",
  fourByte: false,
  codePage: "none",
  otherCharacters: "mark",
  qr: "native",
  barcode: "native",
  cut: "partial",
} as const;
const INIT = "1b40";
const END = "1b6405 1d5601";

function hexOf(
  lines: readonly PrintLine[],
  config: Parameters<typeof encodeReceipt>[1] = wide,
  id: string | null = null,
): string {
  return Buffer.concat(encodeReceipt(lines, config, id)).toString("hex");
}

function document(...parts: readonly string[]): string {
  return [INIT, ...parts, END].join("").replaceAll(" ", "");
}

function text(content: string, extra: Partial<Extract<PrintLine, { kind: "text" }>> = {}): PrintLine {
  return { kind: "text", text: content, align: "left", style: {}, ...extra };
}

// Expected bytes are written out from Epson's ESC/POS reference, GB 18030's two-byte table and ISO/IEC 15417 and 18004.
describe("encodeReceipt", () => {
  it("initialises, feeds the last line past the cutter and cuts", () => {
    expect(hexOf([])).toBe(document());
    expect(hexOf([], { ...wide, cut: "full" })).toBe("1b401b64051d5600");
    expect(hexOf([], { ...wide, cut: "none" })).toBe("1b401b6406");
  });

  it("asks for its process id last, after the cut", () => {
    expect(hexOf([], wide, "ABCD")).toBe(`${document()}1d2848060030304142 4344`.replaceAll(" ", ""));
  });

  it("wraps Chinese in FS & and FS . and leaves ASCII outside", () => {
    expect(hexOf([text("A可乐1")])).toBe(document("41 1c26 bfc9 c0d6 1c2e 31 0a"));
  });

  it("prints the half-width yen sign as the full-width one the printer has", () => {
    expect(hexOf([text("¥5")])).toBe(document("1c26 a3a4 1c2e 35 0a"));
    expect(hexOf([text("￥5")])).toBe(document("1c26 a3a4 1c2e 35 0a"));
  });

  it("sends a mode only when it changes and returns to it", () => {
    const big = text("T", { align: "center", style: { bold: true, widthTimes: 2, heightTimes: 2 } });
    expect(hexOf([big, big, text("x")])).toBe(
      document("1b6101 1b4501 1d2111 54 0a", "54 0a", "1b6100 1b4500 1d2100 78 0a"),
    );
  });

  it("puts the width in the high half of GS ! and the height in the low half", () => {
    expect(hexOf([text("w", { style: { widthTimes: 2 } })])).toBe(document("1d2110 77 0a"));
    expect(hexOf([text("h", { style: { heightTimes: 2 } })])).toBe(document("1d2101 68 0a"));
  });

  it("keeps a blank line, in ordinary size", () => {
    expect(hexOf([text("h", { style: { heightTimes: 2 } }), { kind: "blank" }])).toBe(
      document("1d2101 68 0a", "1d2100 0a"),
    );
  });

  it("shows what the printer has no picture of as 〓 or ? of the same width", () => {
    // 𠮷, 😀 and ñ are four bytes in GB 18030, é is two; half-width ｱ has none and takes one column.
    expect(hexOf([text("𠮷😀ñéｱ")])).toBe(document("1c26 a1fe a1fe a1fe a8a6 1c2e 3f 0a"));
  });

  it("does not send the one-byte euro sign of GBK", () => {
    expect(hexOf([text("€")], { ...wide, chinese: "gbk" })).toBe(document("1c26 a1fe 1c2e 0a"));
    expect(hexOf([text("€")])).toBe(document("1c26 a2e3 1c2e 0a"));
  });

  it("prints a sale number as Code 128, digits packed in pairs, as wide as the paper allows", () => {
    // {B A 0 1 - {C 00 01 23: 8 symbols and a check: 11 × 9 + 13 = 112 modules, with quiet zones 132 × 3 dots ≤ 576.
    const barcode: PrintLine = { kind: "barcode", text: "A01-000123" };
    expect(hexOf([barcode])).toBe(
      document("1b6101", "1d6848 1d7703 1d6600 1d4802 1d6b49 0b 7b42 4130312d 7b43 000117"),
    );
    expect(hexOf([barcode], { ...wide, columns: 32 })).toContain("1d7702");
  });

  it("prints a code that no barcode of this paper holds as text", () => {
    const long = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    expect(hexOf([{ kind: "barcode", text: long }])).toBe(document("1b6101", Buffer.from(long).toString("hex"), "0a"));
    expect(hexOf([{ kind: "barcode", text: "可乐" }])).toBe(document("1b6101", "1c26 bfc9c0d6 1c2e 0a"));
  });

  it("counts the bytes, not the characters, of a QR code", () => {
    // 6 bytes of UTF-8 and three of the function: 09 00. Version 1 with quiet zone: 29 modules of 6 dots.
    const stored = "1d286b0900 315030 e4b8ade69687";
    expect(hexOf([{ kind: "qr", text: "中文" }])).toBe(
      document("1b6101", "1d286b0400 31413200", "1d286b0300 314306", "1d286b0300 314531", stored, "1d286b0300 315130"),
    );
  });

  it("fits a long QR code to narrow paper with smaller modules, and leaves it out when too fine or not drawn", () => {
    const narrow = { ...wide, columns: 32 } as const;
    // 300 bytes: version 13, 69 modules and 8 of quiet: 384 / 77 = 4 dots.
    expect(hexOf([{ kind: "qr", text: "a".repeat(300) }], narrow)).toContain("1d286b0300314304");
    expect(hexOf([{ kind: "qr", text: "a".repeat(998) }], narrow)).toBe(document());
    expect(hexOf([{ kind: "qr", text: "中文" }], { ...wide, qr: "none" })).toBe(document());
  });

  it("cuts a long receipt into chunks of at most 1 KiB, each of whole lines", () => {
    const chunks = encodeReceipt(
      Array.from({ length: 300 }, (_, i) => text(`line ${i}`)),
      wide,
      "WXYZ",
    );
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(1024);
    for (const chunk of chunks.slice(0, -1)) expect(chunk.at(-1)).toBe(0x0a);
  });

  it("lets no control byte of any text reach the printer", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 60 });
    const hostile = fc.constantFrom(
      "\x1bp\x00\x19\xfa",
      "\x10\x14\x01\x00\x05",
      "x\x1b@",
      "\u009bA",
      "\x1c.",
      "\r\n",
      "\ud800",
    );
    const named = fc.array(fc.oneof(anyText, hostile), { maxLength: 4 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(named, fc.constantFrom("gb18030", "gbk"), (name, chinese) => {
        const hex = hexOf([text(name)], { ...wide, chinese });
        const body = Buffer.from(hex.slice(INIT.length, -END.replaceAll(" ", "").length - 2), "hex");
        const modes = body.toString("latin1").replaceAll("\x1c&", "").replaceAll("\x1c.", "").replaceAll("\n", "");
        for (const character of modes) expect(character.charCodeAt(0)).toBeGreaterThanOrEqual(0x20);
      }),
      { numRuns: 500 },
    );
  });

  it("sends no drawer pulse for a product whose name is one", () => {
    expect(hexOf([text("\x1bp\x00\x19\xfa可乐")])).toBe(document("70", "1c26 a8b2 bfc9 c0d6 1c2e 0a"));
  });
});
