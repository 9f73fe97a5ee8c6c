import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { characterWidth } from "#core/receipt/width.ts";
import { characterOnPage } from "#simulators/printer/code-pages.ts";

/** What a printer of this configuration can put on paper, told from ICU's tables and the twin's, not the encoder's. */
export interface TypeCase {
  /** `perhaps`: in a corner of the encoding where tables and fonts disagree; printed or replaced, both are right. */
  has(character: string): "yes" | "no" | "perhaps";
  /** Whether `found` on the paper is what `wanted` looks like, or the mark for it where the printer has it not. */
  mayStandFor(found: string, wanted: string): boolean;
  /** What a typed line shows for it: itself, or on a printer without Chinese a `?` for each of its columns. */
  shownAs(character: string): readonly string[];
  codeOf(line: Extract<PrintLine, { kind: "barcode" | "qr" }>): {
    readonly as: "native" | "raster" | "text" | "nothing";
    readonly text: string;
  };
}

const numbers = { pc437: 0, pc850: 2, wpc1252: 16 } as const;

export function typeCaseOf(config: PrinterConfig): TypeCase {
  const chinese = chineseCharacters(config.chinese);
  const page = new Set<string>();
  if (config.codePage !== "none") {
    for (let byte = 0x80; byte < 0x100; byte += 1) page.add(characterOnPage(numbers[config.codePage], byte) ?? "");
  }
  const has = (character: string): "yes" | "no" | "perhaps" => {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x7f) return "yes";
    // Half-width forms are on no page we use; in Chinese mode they would be twice as wide as laid out.
    if (isHalfWidth(point)) return page.has(character) ? "yes" : "no";
    if (page.has(character === "\uffe5" ? "\u00a5" : character)) return "yes";
    if (chinese.has(character)) return isCore(point, character) ? "yes" : "perhaps";
    return config.fourByte && config.chinese === "gb18030" ? "perhaps" : "no";
  };
  return {
    has,
    mayStandFor(found, wanted) {
      const isIt = found === wanted || (wanted === "\uffe5" && found === "\u00a5");
      return has(wanted) === "yes" ? isIt : isIt || "〓□?".includes(found);
    },
    shownAs(character) {
      if (config.chinese !== "none" || has(character) !== "no") return [character];
      return characterWidth(character) === 2 ? ["?", "?"] : ["?"];
    },
    codeOf: (line) => codeOf(line, config),
  };
}

/** The characters every font of the encoding has: the ideographs of 1993, kana, and the signs a receipt needs. */
function isCore(point: number, character: string): boolean {
  return (
    (point >= 0x4e00 && point <= 0x9fa5) ||
    (point >= 0x3041 && point <= 0x3093) ||
    "￥×、。《》「」（）！：；？".includes(character)
  );
}

function isHalfWidth(point: number): boolean {
  return point === 0x20a9 || (point >= 0xff61 && point <= 0xffdc) || (point >= 0xffe8 && point <= 0xffee);
}

const known = new Map<string, ReadonlySet<string>>();

function chineseCharacters(chinese: PrinterConfig["chinese"]): ReadonlySet<string> {
  const cached = known.get(chinese);
  if (cached !== undefined) return cached;
  const characters = new Set<string>();
  if (chinese !== "none") {
    const decoder = new TextDecoder(chinese);
    for (let lead = 0x81; lead <= 0xfe; lead += 1) {
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        const text = decoder.decode(Uint8Array.of(lead, trail));
        const code = lead * 256 + trail;
        // Beyond Big5 of 1984 the platform reads what vendors and Hong Kong added; fonts differ there.
        if (chinese === "big5" && (code < 0xa140 || code > 0xf9d5 || (code > 0xc67e && code < 0xc940))) continue;
        if ([...text].length === 1 && text !== "\ufffd") characters.add(text);
      }
    }
  }
  known.set(chinese, characters);
  return characters;
}

/** Modules of the QR versions at level M, by the bytes they hold (ISO/IEC 18004, table 7). */
const capacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
  997,
];

function codeOf(
  line: Extract<PrintLine, { kind: "barcode" | "qr" }>,
  config: PrinterConfig,
): ReturnType<TypeCase["codeOf"]> {
  const text = cleaned(line.text);
  const paperDots = config.columns * 12;
  if (line.kind === "qr") {
    const version = capacities.findIndex((capacity) => capacity >= Buffer.byteLength(text));
    const isReadable = text !== "" && version >= 0 && Math.floor(paperDots / (17 + 4 * (version + 1) + 8)) >= 3;
    return { as: config.qr === "none" || !isReadable ? "nothing" : config.qr, text };
  }
  return { as: code128Fits(text, paperDots) ? config.barcode : "text", text };
}

/**
 * ISO/IEC 15417: digits two to a symbol where that is shorter. Between the widths of the two packings only the encoder
 * knows which it took, so the generator's texts stay clear of the edge.
 */
function code128Fits(text: string, paperDots: number): boolean {
  if (!/^[\x20-\x7e]+$/.test(text)) return false;
  const digits = /^\d+$/.test(text) ? Math.ceil(text.length / 2) + 1 : text.length;
  return (11 * (digits + 2) + 13 + 20) * 2 <= paperDots;
}

/** What of a code's text reaches the symbol: nothing that cannot be printed. */
function cleaned(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll("\u00a0", " ")
    .replaceAll("\u00a5", "\uffe5")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Mn}\p{Me}]/gu, "");
}
