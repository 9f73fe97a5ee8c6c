import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SplitScan } from "./scan-reader.ts";
import { ScanSplitter } from "./scan-splitter.ts";

function split(text: string, prefix = ""): readonly SplitScan[] {
  return new ScanSplitter(prefix).feed(Buffer.from(text));
}

describe("ScanSplitter", () => {
  it("ends a code at CR, LF, TAB or ETX, alone or together", () => {
    expect(split("111\r222\n333\t\x02444\x03\r\n555\r\n").map((scan) => scan.kind === "scan" && scan.text)).toEqual([
      "111",
      "222",
      "333",
      "444",
      "555",
    ]);
  });

  it("keeps a code without an end until it is told of the silence", () => {
    const splitter = new ScanSplitter("");
    expect(splitter.feed(Buffer.from("69012"))).toEqual([]);
    expect([splitter.isWaiting(), splitter.hasSeenSuffix()]).toEqual([true, false]);
    expect(splitter.idle()).toEqual([{ kind: "scan", text: "69012", aim: null }]);
    expect([splitter.isWaiting(), splitter.idle()]).toEqual([false, []]);
  });

  it("takes the AIM identifier and the configured prefix off, in either order", () => {
    const expected = [{ kind: "scan", text: "6901234567892", aim: "]E0" }];
    expect(split("]E06901234567892\r")).toEqual(expected);
    expect(split("\x02S~]E06901234567892\x03", "S~")).toEqual(expected);
    expect(split("]E0S~6901234567892\r", "S~")).toEqual(expected);
  });

  it("keeps the separators of a GS1 label and drops other controls", () => {
    expect(split("]C10112345\x1d10AB\x1e\x04\x7f\u0085\r")).toEqual([
      { kind: "scan", text: "0112345\x1d10AB", aim: "]C1" },
    ]);
  });

  it("reads the UTF-8 of a QR code", () => {
    expect(split("]Q1微信支付🧧\r")).toEqual([{ kind: "scan", text: "微信支付🧧", aim: "]Q1" }]);
  });

  it("takes 320 characters and drops more as a whole", () => {
    expect(split(`${"9".repeat(320)}\r`)).toEqual([{ kind: "scan", text: "9".repeat(320), aim: null }]);
    expect(split(`${"9".repeat(321)}\r5\r`)).toEqual([{ kind: "overlong" }, { kind: "scan", text: "5", aim: null }]);
    expect(split(`${"9".repeat(100_000)}\r5\r`)).toEqual([
      { kind: "overlong" },
      { kind: "scan", text: "5", aim: null },
    ]);
  });

  it("makes no scan of an empty line, a lone prefix or a lone identifier", () => {
    expect([split("\r\r\n\t"), split("S~\r", "S~"), split("]E0\r")]).toEqual([[], [], []]);
  });

  it("gives the same scans in whatever pieces the bytes arrive", () => {
    const stream = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\r", "\n", "\x02", "]E0", "\x1d", "可乐", "S~")),
    );
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (parts, sizes) => {
        const bytes = Buffer.from(`${parts.join("")}\r`);
        const pieces = new ScanSplitter("S~");
        const scans: SplitScan[] = [];
        for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          scans.push(...pieces.feed(bytes.subarray(from, from + size)));
          from += size;
        }
        expect(scans).toEqual(new ScanSplitter("S~").feed(bytes));
      }),
      { numRuns: 300 },
    );
  });
});
