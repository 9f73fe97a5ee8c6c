import type { WedgeScannerConfig } from "#contract/config/devices.ts";
import { scannerSchema } from "#contract/config/devices.ts";
import { assert } from "#core/result.ts";
import { WedgeAssembler, type WedgeKey, type WedgeScan } from "#main/window/wedge/wedge-assembler.ts";
import type { FuzzParser } from "../parser.ts";

const names = [
  "Enter",
  "NumpadEnter",
  "Tab",
  "ShiftLeft",
  "BracketRight",
  "Minus",
  "Space",
  "F5",
  "Numpad7",
  "Unknown",
];
/** The schema's own defaults; the transport says that it is a wedge. */
const rules = (prefix: string) =>
  scannerSchema.parse({ id: "w", prefix, transport: { kind: "wedge" } }) as WedgeScannerConfig;
const [bare, marked] = [rules(""), rules("~")];

/** Two bytes a key: which one, and how long after the one before it, with what held. */
function keyAt(which: number, how: number, atMs: number): WedgeKey {
  const digit = which >= 48 && which <= 57 ? `Digit${which - 48}` : null;
  const letter = which >= 65 && which <= 90 ? `Key${String.fromCharCode(which)}` : null;
  const code = digit ?? letter ?? names[which % names.length] ?? "";
  return {
    ...{ code, key: how === 0xfe ? "Process" : String.fromCharCode(which), atMs, stallMs: (how & 0x80) === 0 ? 0 : 40 },
    ...{ isShift: (how & 0x40) !== 0, isControl: how === 0xfd, isAlt: how === 0xfc, isMeta: how === 0xfb },
    isAutoRepeat: how === 0xfa,
  };
}

const typed = (text: string) => Uint8Array.from([...Buffer.from(text)].flatMap((byte) => [byte, 3]));

export const scannerWedge: FuzzParser = {
  name: "scanner-wedge",
  reads: "keys of a scanner that types into the till's window, by their gaps (main/window/wedge)",
  seeds: () => [typed("6901234567892\u0000"), typed("T01ABC99\u0000"), typed("134567890123456789\u0002")],
  twentieths: 10,
  read(input) {
    const told = [bare, marked].map((rule) => scansIn(input, rule));
    return { isTaken: told.flat().some(({ kind }) => kind === "scan"), told };
  },
};

function scansIn(input: Uint8Array, rule: WedgeScannerConfig): readonly WedgeScan[] {
  const assembler = new WedgeAssembler(rule);
  const scans: WedgeScan[] = [];
  let atMs = 1_000;
  const take = (scan: WedgeScan | null): void => {
    if (scan === null) return;
    assert(scan.text.length <= 320, "a scan of at most 320 characters");
    scans.push(scan);
  };
  for (let at = 0; at + 1 < input.length; at += 2) {
    const how = input[at + 1] ?? 0;
    // Mostly a few milliseconds; every eighth value is as slow as a person.
    atMs += how % 8 === 7 ? how * 4 : how % 64;
    take(assembler.down(keyAt(input[at] ?? 0, how, atMs)).scan);
  }
  take(assembler.silence().scan);
  assert(assembler.dueAtMs() === null, "nothing is held after a silence");
  return scans;
}
