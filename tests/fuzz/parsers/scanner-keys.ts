import { KeyText } from "#native/scanner/key-text.ts";
import { ScanSplitter } from "#native/scanner/scan-splitter.ts";
import type { FuzzParser } from "../parser.ts";
import { scansOf } from "./scanner-serial.ts";

/** Two bytes a key: its code, and down, up, repeated or lost. */
function typed(codes: readonly number[]): Uint8Array {
  return Uint8Array.from(codes.flatMap((code) => [code, 1, code, 0]));
}

const enter = 28;
const digits = [7, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9, 10, 3];

export const scannerKeys: FuzzParser = {
  name: "scanner-keys",
  reads: "keys of a scanner taken from the system as a keyboard (native/scanner/key-text)",
  seeds: () => [
    typed([...digits, enter]),
    Uint8Array.from([42, 1, 30, 1, 30, 0, 42, 0, ...typed([...digits, 96])]),
    // Alt and four digits of the keypad, then Ctrl and the bracket: a character by its number, and GS.
    Uint8Array.from([
      56,
      1,
      ...typed([82, 82, 77, 76]),
      56,
      0,
      29,
      1,
      ...typed([27]),
      29,
      0,
      ...typed([2, 3, 4, enter]),
    ]),
  ],
  read(input) {
    const keys: number[] = [];
    for (let at = 0; at + 1 < input.length; at += 2)
      keys.push(at * 1_000, input[at] === 255 ? -1 : (input[at] ?? 0), (input[at + 1] ?? 0) % 4);
    const text = new KeyText().feed(keys);
    const scans = scansOf(new ScanSplitter(""), [Buffer.from(text)]);
    return { isTaken: scans.some(({ kind }) => kind === "scan"), told: scans };
  },
};
