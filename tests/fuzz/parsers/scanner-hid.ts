import { HidPosReader } from "#native/scanner/hid-pos.ts";
import type { FuzzParser } from "../parser.ts";
import { scansOf } from "./scanner-serial.ts";

const reportBytes = 64;

function report(text: string, aim = "]E0", isContinued = false): Uint8Array {
  const bytes = Buffer.alloc(reportBytes);
  bytes[0] = 2;
  bytes[1] = text.length;
  bytes.write(aim, 2, "latin1");
  bytes.write(text, 5, "latin1");
  bytes[63] = isContinued ? 1 : 0;
  return bytes;
}

export const scannerHid: FuzzParser = {
  name: "scanner-hid",
  reads: "reports of a HID-POS scanner (native/scanner/hid-pos)",
  seeds: () => [
    report("6901234567892"),
    Buffer.concat([report("010690123456789217261231", "]C1", true), report("10LOT", "]C1")]),
    Buffer.concat([report("x".repeat(56), "]Q1", true), report("y".repeat(56), "]Q1", true), report("z", "]Q1")]),
  ],
  words: ["]E0", "]C1", "\u0002\u0038", "\u0001"],
  read(input) {
    const reports: Uint8Array[] = [];
    for (let at = 0; at < input.length; at += reportBytes) reports.push(input.subarray(at, at + reportBytes));
    const scans = scansOf(new HidPosReader(""), reports);
    return { isTaken: scans.some(({ kind }) => kind === "scan"), told: scans };
  },
};
