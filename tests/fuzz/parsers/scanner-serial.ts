import { assert } from "#core/result.ts";
import { ScanSplitter } from "#native/scanner/scan-splitter.ts";
import { LONGEST_BYTES, LONGEST_SCAN, type ScanReader, type SplitScan } from "#native/scanner/scan-reader.ts";
import type { FuzzParser } from "../parser.ts";

const lines = [
  "6901234567892\r",
  "]E06901234567892\r\n",
  "\u0002]C1010690123456789217261231\u001d10LOT\u0003",
  "134567890123456789\t",
];

export const scannerSerial: FuzzParser = {
  name: "scanner-serial",
  reads: "bytes of a scanner on a serial port (native/scanner/scan-splitter)",
  seeds: () => lines.map((line) => Buffer.from(`${line}${lines[0]}`)),
  words: ["]E0", "]C1", "]Q3", "~~", "\r", "\r\n", "\t", "\u0002", "\u0003", "\u001d"],
  read(input) {
    const whole = scansOf(new ScanSplitter("~"), [input]);
    const cut = scansOf(new ScanSplitter("~"), piecesOf(input));
    assert(JSON.stringify(whole) === JSON.stringify(cut), "the same scans however the bytes are cut");
    return { isTaken: whole.some(({ kind }) => kind === "scan"), told: whole };
  },
};

/** What a reader makes of the pieces and of a silence behind them; each scan is as long as the contract allows. */
export function scansOf(reader: ScanReader, pieces: readonly Uint8Array[]): readonly SplitScan[] {
  const scans = [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.idle()];
  assert(!reader.isWaiting(), "nothing is held after a silence");
  for (const scan of scans) {
    if (scan.kind !== "scan") continue;
    assert(scan.text.length > 0 && scan.text.length <= LONGEST_SCAN, "a scan of 1 to 320 characters");
    assert(scan.aim === null || /^\][A-Za-z][0-9A-Za-z]$/.test(scan.aim), "an AIM identifier");
  }
  return scans;
}

/** Cut where the bytes themselves say, so that the same input is always cut the same. */
export function piecesOf(input: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < input.length;) {
    const to = from + 1 + ((input[from] ?? 0) % 7);
    pieces.push(input.subarray(from, to));
    from = to;
  }
  return pieces;
}

/** Longer than any scan, for those that hold bytes. */
export const moreThanAScan = LONGEST_BYTES * 3;
