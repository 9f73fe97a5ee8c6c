import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PaperElement } from "#contract/bench/devices.ts";
import { decodeStrictly, EscPosDecoder } from "./escpos-decoder.ts";
import { plainLines } from "./plain-lines.ts";
import type { DecoderEvent, PrinterProfile } from "./print-engine.ts";

const wide: PrinterProfile = { columns: 48, allowsFourByteChinese: false };
const narrow: PrinterProfile = { columns: 32, allowsFourByteChinese: false };

/** Hexadecimal pairs, and text in double quotes: `1B 40 "abc" 0A`. */
function bytes(notation: string): Uint8Array {
  const parts = notation.match(/"[^"]*"|[0-9A-Fa-f]{2}/g) ?? [];
  return Uint8Array.from(
    parts.flatMap((part) => (part.startsWith('"') ? [...Buffer.from(part.slice(1, -1))] : [Number.parseInt(part, 16)])),
  );
}

function events(pieces: readonly Uint8Array[], profile = wide): DecoderEvent[] {
  const seen: DecoderEvent[] = [];
  const decoder = new EscPosDecoder(profile, (event) => seen.push(event));
  for (const piece of pieces) decoder.feed(piece);
  decoder.hangUp();
  return seen;
}

const decode = (notation: string, profile = wide): PaperElement[] => decodeStrictly(bytes(notation), profile);
const faults = (notation: string, profile = wide): string[] =>
  events([bytes(notation)], profile).flatMap((event) => (event.kind === "fault" ? [event.fault.message] : []));

const plain = { bold: false, underline: false, widthTimes: 1, heightTimes: 1, inverse: false };
const line = (text: string, widthDots: number, more = {}) => ({
  kind: "text",
  align: "left",
  upsideDown: false,
  widthDots,
  runs: text === "" ? [] : [{ text, ...plain, ...more }],
});

describe("text", () => {
  it("reads the Chinese another encoder wrote: mode off, page 0, mode on, 苹果", () => {
    expect(decode('1C 2E 1B 74 00 1C 26 C6 BB B9 FB " 3.50" 0A')).toEqual([line("苹果 3.50", 4 * 24 - 48 + 5 * 12)]);
  });

  it("prints a blank line for a lone LF and nothing for CR", () => {
    expect(decode('"a" 0D 0A 0A')).toEqual([line("a", 12), line("", 0)]);
  });

  it("splits a line into runs where the look changes", () => {
    expect(decode('"a" 1B 45 01 "b" 1D 21 11 "c" 1B 45 00 1D 21 00 1B 2D 01 "d" 1D 42 01 "e" 0A')).toEqual([
      {
        ...line("", 12 + 12 + 24 + 12 + 12),
        runs: [
          { text: "a", ...plain },
          { text: "b", ...plain, bold: true },
          { text: "c", ...plain, bold: true, widthTimes: 2, heightTimes: 2 },
          { text: "d", ...plain, underline: true },
          { text: "e", ...plain, underline: true, inverse: true },
        ],
      },
    ]);
  });

  it("gives ESC ! to one-byte characters and FS ! to two-byte ones, as the reference says", () => {
    expect(decode('1C 26 1B 21 30 "a" D6 D0 1B 21 00 1C 21 0C "b" D6 D0 0A')).toEqual([
      {
        ...line("", 24 + 24 + 12 + 48),
        runs: [
          { text: "a", ...plain, widthTimes: 2, heightTimes: 2 },
          { text: "中b", ...plain },
          { text: "中", ...plain, widthTimes: 2, heightTimes: 2 },
        ],
      },
    ]);
  });

  it("reads high bytes on the selected code page when Chinese mode is off", () => {
    expect(decode("1C 2E 1B 74 00 82 1B 74 10 80 1B 74 13 D5 0A")).toEqual([line("é€€", 36)]);
  });

  it("turns the dollar into a yuan sign under ESC R 15, as the printer would", () => {
    expect(decode('1B 52 0F "$5" 1B 52 00 "$5" 0A')).toEqual([line("¥5$5", 48)]);
  });

  it("goes to the next eighth column at HT", () => {
    expect(decode('"abc" 09 "d" 0A')).toEqual([line("abc     d", 9 * 12)]);
    expect(faults('1D 21 10 "12345678901234567890" 09')).toHaveLength(1);
  });

  it("keeps Chinese mode until FS . and forgets it at ESC @", () => {
    expect(faults("1C 26 D6 D0 0A D6 D0 0A")).toEqual([]);
    expect(faults("1C 26 1C 2E D6")[0]).toMatch(/outside Chinese mode/);
    expect(faults("1C 26 1B 40 D6")[0]).toMatch(/before FS & or FS \./);
  });
});

describe("refused text", () => {
  it.each([
    ["a high byte before any mode is chosen", "D6", /before FS &/],
    ["a high byte outside Chinese mode without a code page", "1C 2E D6", /no code page is selected/],
    ["a hole of the code page", "1C 2E 1B 74 10 81", /no character on code page 16/],
    ["UTF-8 sent as Chinese", "1C 26 E4 B8 AD 0A", /broken character/],
    ["half a Chinese character at the end of a line", "1C 26 D6 0A", /broken character/],
    ["a four-byte character", "1C 26 81 39 EF 30", /four-byte/],
    ["a broken four-byte character", "1C 26 81 39 20", /broken four-byte/],
    ["a user-defined Chinese character", "1C 26 AA A1", /user-defined/],
    ["0x80 and 0xFF in Chinese mode", "1C 26 80", /begins no character/],
    ["a stray control byte", "01", /control byte/],
    ["DEL", "7F", /control byte/],
  ])("%s", (_, notation, message) => {
    expect(faults(notation)).toHaveLength(1);
    expect(faults(notation)[0]).toMatch(message);
  });

  it("takes a four-byte character when the printer's font has them", () => {
    expect(decode("1C 26 81 39 EF 30 0A", { ...wide, allowsFourByteChinese: true })).toEqual([line("㐁", 24)]);
  });

  it("starts what follows a broken character afresh", () => {
    expect(events([bytes('1C 26 D6 0A "a" 0A')]).filter((event) => event.kind === "element")).toEqual([
      { kind: "element", element: line("", 0) },
      { kind: "element", element: line("a", 12) },
    ]);
  });
});

describe("the width of the paper", () => {
  it("takes a line that just fits and refuses one column more, on both papers", () => {
    for (const profile of [wide, narrow]) {
      const full = `"${"x".repeat(profile.columns)}"`;
      expect(faults(`${full} 0A`, profile)).toEqual([]);
      expect(faults(`${full} "y" 0A`, profile)).toEqual([
        `byte ${profile.columns}: 79 the line is wider than the paper (${profile.columns} columns)`,
      ]);
    }
  });

  it("counts two columns for a Chinese character and multiplies both by the size", () => {
    const sixteen = "D6 D0 ".repeat(16);
    expect(faults(`1C 26 ${sixteen} 0A`, narrow)).toEqual([]);
    expect(faults(`1C 26 ${sixteen} "a" 0A`, narrow)).toHaveLength(1);
    expect(faults(`1C 26 1D 21 10 ${"D6 D0 ".repeat(8)} 0A`, narrow)).toEqual([]);
    expect(faults(`1C 26 1D 21 10 ${"D6 D0 ".repeat(8)} "a" 0A`, narrow)).toHaveLength(1);
  });

  it("counts the two bytes of × in Chinese mode as the two columns they take", () => {
    expect(faults(`1C 26 "${"x".repeat(30)}" A1 C1 0A`, narrow)).toEqual([]);
    expect(faults(`1C 26 "${"x".repeat(31)}" A1 C1 0A`, narrow)).toHaveLength(1);
  });
});

describe("commands", () => {
  it.each([
    ["an unknown ESC command", "1B 7A", "byte 0: 1b 7a is no command of this printer"],
    ["an unknown GS ( command", "1D 28 7A", "byte 0: 1d 28 7a is no command of this printer"],
    ["an unknown alignment", "1B 61 03", "byte 0: ESC a (1b 61 03) parameter 3 is out of range"],
    [
      "a command cut off",
      '"ab" 0A 1D 76 30 00 01',
      "byte 3: GS v 0 (1d 76 30 00 01) is unfinished, and nothing follows",
    ],
    ["an unknown code page", "1B 74 63", "byte 0: ESC t (1b 74 63) code page 99 is not one this printer has"],
    ["an unknown cut", "1D 56 02", "byte 0: GS V (1d 56 02) parameter 2 is out of range"],
    [
      "a QR before it is stored",
      "1D 28 6B 03 00 31 51 30",
      "byte 0: GS ( k (1d 28 6b 03 00 31 51 30) prints a QR code nobody stored",
    ],
  ])("%s is a fault with its offset and bytes", (_, notation, message) => {
    expect(faults(notation)).toEqual([message]);
  });

  it.each(["1B 61 01", "1B 7B 01", "1D 56 00", "1B 40"])("%s in the middle of a line is a fault", (command) => {
    expect(faults(`"a" ${command}`)[0]).toMatch(/unfinished line|beginning of a line/);
  });

  it("cuts in all its forms", () => {
    const cutOf = (notation: string) =>
      decode(notation).map((element) => (element.kind === "feed" ? element.count : "cut" in element && element.cut));
    expect(["00", "30", "01", "31"].map((m) => cutOf(`1D 56 ${m}`))).toEqual([
      ["full"],
      ["full"],
      ["partial"],
      ["partial"],
    ]);
    expect(["41", "42", "61", "62", "67", "68"].map((m) => cutOf(`1D 56 ${m} 03`))).toEqual([
      [3, "full"],
      [3, "partial"],
      [3, "full"],
      [3, "partial"],
      [3, "full"],
      [3, "partial"],
    ]);
    expect(cutOf("1D 56 42 00")).toEqual(["partial"]);
  });

  it("feeds lines and dots, the line just printed among them", () => {
    expect(decode('1B 64 03 "a" 1B 64 03 "b" 1B 4A 40')).toEqual([
      { kind: "feed", unit: "lines", count: 3 },
      line("a", 12),
      { kind: "feed", unit: "lines", count: 2 },
      line("b", 12),
      { kind: "feed", unit: "dots", count: 64 },
    ]);
  });

  it("pulses the pin it is told to, in milliseconds", () => {
    expect(decode("1B 70 00 19 FA 1B 70 31 32 FF")).toEqual([
      { kind: "drawer-pulse", pin: 2, onMs: 50, offMs: 500 },
      { kind: "drawer-pulse", pin: 5, onMs: 100, offMs: 510 },
    ]);
  });

  it("finds the drawer command that forgets its times", () => {
    // The well-known slip of a public library: ESC p 0 and ESC p 1 without t1 t2.
    expect(faults("1B 70 00 1B 70 01")).toEqual(["byte 5: 01 is a control byte no command begins with"]);
  });

  it("hands what the host asks for over in order", () => {
    const notation = '10 04 01 1D 61 0F 1D 72 01 1D 49 43 10 14 01 00 02 1D 28 48 06 00 30 30 "0042"';
    expect(events([bytes(notation)]).map((event) => event.kind === "request" && event.request)).toEqual([
      { kind: "real-time-status", n: 1 },
      { kind: "automatic-status", mask: 15 },
      { kind: "sensor-status", sensor: "paper" },
      { kind: "printer-id", n: 67 },
      { kind: "real-time-pulse", pin: 2, onMs: 200 },
      { kind: "process-id", id: [0x30, 0x30, 0x34, 0x32] },
    ]);
  });
});

describe("barcodes and pictures", () => {
  const store = (length: string, text: string) => `1D 28 6B ${length} 31 50 30 ${text}`;
  const printQr = "1D 28 6B 03 00 31 51 30";

  it("draws a QR with its size and level", () => {
    const settings = "1B 61 01 1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31";
    expect(decode(`${settings} ${store("0A 00", '"https:/"')} ${printQr}`)).toEqual([
      { kind: "qr", align: "center", text: "https:/", moduleDots: 6, level: "M" },
    ]);
  });

  it("refuses a QR whose declared length is characters instead of bytes", () => {
    // 中文 is six bytes of UTF-8; two characters plus three were declared.
    expect(faults(`${store("05 00", '"中文"')} ${printQr}`)[0]).toMatch(/not UTF-8/);
    expect(faults(`${store("06 00", '"abcdefg"')} ${printQr}`)[0]).toMatch(/too short/);
    expect(faults(`${store("0B 00", '"abcdef"')} ${printQr} 0A`)[0]).toMatch(/too long/);
  });

  it("misses a QR code that was stored and never printed", () => {
    expect(faults(`${store("04 00", '"a"')} 1D 56 00`)).toEqual([
      "byte 9: GS V (1d 56 00) comes before the stored QR code was printed",
    ]);
    expect(faults(`${store("04 00", '"a"')} 1B 40`)).toHaveLength(1);
  });

  it("prints an EAN-13 with its check digit and refuses a wrong one", () => {
    expect(decode('1D 48 02 1D 68 50 1D 77 02 1D 6B 02 "690123456789" 00')).toEqual([
      {
        kind: "barcode",
        align: "left",
        symbology: "ean13",
        text: "6901234567892",
        heightDots: 80,
        module: 2,
        hri: "below",
      },
    ]);
    expect(decode('1D 6B 43 0D "4006381333931"')).toMatchObject([{ text: "4006381333931", module: 3, hri: "none" }]);
    expect(faults('1D 6B 43 0D "4006381333932"')[0]).toMatch(/wrong check digit/);
    expect(faults('1D 6B 43 0B "40063813339"')[0]).toMatch(/takes 12 or 13 digits/);
  });

  it("does not print a barcode wider than the paper", () => {
    const symbol = '1D 6B 49 0E 7B 42 "S20261122001"';
    expect(faults(`1D 77 02 ${symbol}`, narrow)).toEqual([]);
    expect(faults(`1D 77 03 ${symbol}`, narrow)[0]).toMatch(/needs 501 dots and the paper has 384/);
  });

  it("keeps a raster picture bit by bit, whatever its bytes look like", () => {
    // 10 04 01 inside a picture is a picture, and 1B 40 too.
    expect(decode("1D 76 30 00 02 00 03 00 10 04 01 1B 40 0A")).toEqual([
      {
        kind: "raster",
        align: "left",
        widthDots: 16,
        heightDots: 3,
        widthTimes: 1,
        heightTimes: 1,
        bitsBase64: Buffer.from([0x10, 0x04, 0x01, 0x1b, 0x40, 0x0a]).toString("base64"),
      },
    ]);
    expect(faults(`1D 76 30 00 31 00 01 00 ${"00".repeat(49)}`, narrow)[0]).toMatch(/392 dots wide, the paper 384/);
    expect(faults("1D 76 30 00 01 00 00 00")[0]).toMatch(/empty picture/);
  });
});

describe("bytes in pieces", () => {
  const fragment = fc.constantFrom(
    '"Total 12.50"',
    "1C 26",
    "1C 2E",
    "D6 D0 B9 FA",
    "0A",
    "0A",
    "1B 40",
    "1B 61 01",
    "1B 45 01",
    "1D 21 11",
    "1D 21 00",
    "1B 64 03",
    "1D 56 42 10",
    "1B 70 00 19 FA",
    "1D 76 30 00 02 00 02 00 0A 1B 1D 00",
    "1D 28 6B 07 00 31 50 30 41 42 43 44",
    "1D 28 6B 03 00 31 51 30",
    '1D 6B 02 "690123456789" 00',
    "1D 6B 49 05 7B 43 01 02 03",
    "10 04 02",
    "1D 28 48 06 00 30 30 31 32 33 34",
    "81 39 EF 30",
    "FF",
    "1B",
    "1D 28",
    "1D 56",
    "7F",
  );

  it("decode to the same elements, requests and faults however they are split", () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 12 }), (fragments, cuts) => {
        const whole = bytes(fragments.join(" "));
        const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b);
        const pieces = [0, ...places].map((start, index) => whole.subarray(start, places[index] ?? whole.length));
        expect(events(pieces)).toEqual(events([whole]));
        expect(events(Array.from(whole, (byte) => Uint8Array.of(byte)))).toEqual(events([whole]));
      }),
      { numRuns: 300 },
    );
  });

  it("survive any bytes at all, with every fault where it happened", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        for (const event of events([noise])) {
          if (event.kind !== "fault") continue;
          const quoted = Buffer.from(event.fault.bytesHex.replaceAll(" ", ""), "hex");
          expect([...noise.subarray(event.fault.offset, event.fault.offset + quoted.length)]).toEqual([...quoted]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a whole receipt", () => {
  it("reads line by line as a person would", () => {
    const receipt = `1B 40 1C 26 1B 61 01 1D 21 11 D6 D0 B9 FA 1D 21 00 0A 1B 61 00 C6 BB B9 FB "${" ".repeat(24)}3.50" 0A
      1B 61 02 "ok  " 0A 1B 61 01 1D 48 02 1D 77 02 1D 6B 49 06 7B 42 "0042" 1B 64 02 1D 56 42 00`;
    expect(plainLines(decode(receipt, narrow), 32)).toEqual([
      "            中国",
      "苹果                        3.50",
      "                            ok",
      "              0042",
      "",
      "",
    ]);
  });

  it("is refused when its last line is never printed", () => {
    expect(() => decode('"lost"')).toThrow("no line feed prints");
  });
});
