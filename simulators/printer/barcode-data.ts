import type { BarcodeSymbology } from "#contract/bench/devices.ts";

/** A symbol a reader could read: its text, and its width in modules where that is a matter of arithmetic. */
export interface BarcodeReading {
  readonly text: string;
  readonly modules: number | undefined;
}

/**
 * Reads the data of GS k the way the printer does. Refuses what a printer prints as nothing or as text: wrong length,
 * characters outside the symbology, a wrong check digit. Refusals are sentences.
 */
export function readBarcode(symbology: BarcodeSymbology, data: Uint8Array): BarcodeReading | string {
  switch (symbology) {
    case "upc-a":
      return readDigits(symbology, data, 11, 95);
    case "ean13":
      return readDigits(symbology, data, 12, 95);
    case "ean8":
      return readDigits(symbology, data, 7, 67);
    case "upc-e":
      return readPattern(symbology, data, /^(0[0-9]{5,7}|[0-9]{11,12})$/, 51);
    case "code39":
      return readPattern(symbology, data, /^\*?[0-9A-Z $%+\-./]+\*?$/, undefined);
    case "itf":
      return readPattern(symbology, data, /^([0-9]{2})+$/, undefined);
    case "codabar":
      return readPattern(symbology, data, /^[A-D][0-9$+\-./:]*[A-D]$/i, undefined);
    case "code93":
      return data.length > 0 && data.every((byte) => byte <= 0x7f)
        ? { text: latin(data), modules: undefined }
        : "code93 holds ASCII only";
    case "code128":
      return readCode128(data);
  }
}

/** EAN and UPC: `plain` digits, to which the printer adds the check digit, or one more, which must be the right one. */
function readDigits(name: string, data: Uint8Array, plain: number, modules: number): BarcodeReading | string {
  const text = latin(data);
  if (!/^[0-9]*$/.test(text)) return `${name} holds digits only, got ${JSON.stringify(text)}`;
  if (text.length !== plain && text.length !== plain + 1)
    return `${name} takes ${plain} or ${plain + 1} digits, got ${text.length}`;
  const complete = text.slice(0, plain) + checkDigit(text.slice(0, plain));
  if (text.length > plain && text !== complete) return `${name} ${text} has a wrong check digit`;
  return { text: complete, modules };
}

/** GS1 modulo 10: weights 3 and 1 from the right. */
function checkDigit(digits: string): string {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

function readPattern(
  name: string,
  data: Uint8Array,
  pattern: RegExp,
  modules: number | undefined,
): BarcodeReading | string {
  const text = latin(data);
  return pattern.test(text) ? { text, modules } : `${name} cannot hold ${JSON.stringify(text)}`;
}

type CodeSet = "A" | "B" | "C";

/**
 * Code 128 as Epson writes it: `{A`, `{B`, `{C` choose the code set (the first must), `{S` shifts one character between
 * A and B, `{1` is FNC1, `{{` is a brace; in set C one byte 0–99 is two digits. FNC2–FNC4 are refused: nothing a shop
 * prints on a receipt has them, so they are a slip of the encoder.
 */
function readCode128(data: Uint8Array): BarcodeReading | string {
  let set: CodeSet | undefined;
  let isShifted = false;
  let text = "";
  let symbols = 0;
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0;
    if (byte === 0x7b && set !== "C" && data[at + 1] === 0x7b) {
      if (set === undefined) return "code128 must begin with a code set: {A, {B or {C";
      if (set === "A" && !isShifted) return "code128 set A has no brace";
      text += "{";
      at += 1;
    } else if (byte === 0x7b) {
      const escape = String.fromCharCode(data[at + 1] ?? 0);
      at += 1;
      if (escape === "A" || escape === "B" || escape === "C") set = escape;
      else if (set === undefined) return "code128 must begin with a code set: {A, {B or {C";
      else if (escape === "1") text += "\u001d";
      else if (escape === "S" && set !== "C" && !isShifted) {
        isShifted = true;
        symbols += 1;
        continue;
      } else return `code128 does not know {${JSON.stringify(escape).slice(1, -1)} here`;
    } else {
      const characters = set === undefined ? undefined : inCodeSet(isShifted ? (set === "A" ? "B" : "A") : set, byte);
      if (characters === undefined)
        return `code128 ${set === undefined ? "must begin with a code set" : `set ${set} cannot hold byte ${byte}`}`;
      text += characters;
    }
    isShifted = false;
    symbols += 1;
  }
  if (text === "" || isShifted) return "code128 holds no data";
  // Every symbol is 11 modules; the start is among `symbols`, the check symbol is one more, the stop has 13.
  return { text, modules: (symbols + 1) * 11 + 13 };
}

function inCodeSet(set: CodeSet, byte: number): string | undefined {
  if (set === "C") return byte <= 99 ? String(byte).padStart(2, "0") : undefined;
  const isInSet = set === "A" ? byte <= 0x5f : byte >= 0x20 && byte <= 0x7f;
  return isInSet ? String.fromCharCode(byte) : undefined;
}

function latin(data: Uint8Array): string {
  return Array.from(data, (byte) => String.fromCharCode(byte)).join("");
}
