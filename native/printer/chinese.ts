import iconv from "iconv-lite";
import type { PrinterConfig } from "#contract/config/devices.ts";

/** A run of characters that a printer reads in one mode. Every character of a double-byte run covers two columns. */
export interface TextRun {
  readonly mode: "single" | "double";
  readonly bytes: Buffer;
}

/** 〓, the printer's mark for a character it has no picture of. */
const MISSING_WIDE = Buffer.from([0xa1, 0xfe]);
const MISSING_NARROW = 0x3f;

/**
 * Splits a text into runs of printable ASCII and of two-byte Chinese. Nothing else gets through: control characters
 * (a product name with ESC p in it would open the drawer) and characters without a width are dropped, and what the
 * printer cannot draw becomes 〓 or ? of the same width, so columns hold.
 */
export function encodeText(text: string, chinese: PrinterConfig["chinese"]): readonly TextRun[] {
  const runs: { mode: "single" | "double"; bytes: number[] }[] = [];
  for (const character of printable(text)) {
    const bytes = encodeCharacter(character, chinese);
    const mode = bytes.length === 1 ? "single" : "double";
    const last = runs.at(-1);
    if (last?.mode === mode) last.bytes.push(...bytes);
    else runs.push({ mode, bytes: [...bytes] });
  }
  return runs.map((run) => ({ mode: run.mode, bytes: Buffer.from(run.bytes) }));
}

/** Removes what takes no column on paper: controls, bidi and joining marks, variation selectors, loose accents. */
export function printable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\u00a0/g, " ")
    .replace(/\u00a5/g, "\uffe5")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Mn}\p{Me}]/gu, "");
}

function encodeCharacter(character: string, chinese: PrinterConfig["chinese"]): Uint8Array {
  const codePoint = character.codePointAt(0) ?? MISSING_NARROW;
  if (codePoint < 0x7f) return Uint8Array.of(codePoint);
  const bytes = iconv.encode(character, chinese);
  // Printers know the two-byte part only: four-byte characters, and the one-byte € of GBK, they misread.
  if (isTwoByte(bytes)) return bytes;
  return isHalfWidthForm(codePoint) ? Uint8Array.of(MISSING_NARROW) : MISSING_WIDE;
}

function isTwoByte(bytes: Buffer): boolean {
  const [lead = 0, trail = 0] = bytes;
  return bytes.length === 2 && lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail !== 0x7f && trail <= 0xfe;
}

/** The half-width forms of Asian scripts take one column, as the layout counts; all else outside ASCII takes two. */
function isHalfWidthForm(codePoint: number): boolean {
  return (
    codePoint === 0x20a9 || (codePoint >= 0xff61 && codePoint <= 0xffdc) || (codePoint >= 0xffe8 && codePoint <= 0xffee)
  );
}
