import type { PrinterProfile } from "./print-engine.ts";

/**
 * One character of Chinese mode, from the bytes received so far: it may need more, be complete, or be none.
 * Decoded by the platform's GB18030 and Big5 (ICU), which shares nothing with the tables the till encodes with.
 */
export type ChineseReading =
  | { readonly kind: "more" }
  | { readonly kind: "character"; readonly text: string }
  | { readonly kind: "none"; readonly complaint: string };

/** 0x80 and 0xFF begin nothing; the web's decoder reads 0x80 as a euro sign, a printer does not. */
export function isChineseLead(byte: number): boolean {
  return byte >= 0x81 && byte <= 0xfe;
}

export function nameOf({ chinese = "gb18030" }: PrinterProfile): string {
  return { gb18030: "GB18030", gbk: "GBK", big5: "Big5", none: "any Chinese font" }[chinese];
}

export function readChinese(bytes: readonly number[], profile: PrinterProfile): ChineseReading {
  if (profile.chinese === "big5") return readTwoByte(bytes, profile);
  const [, second = 0, third, fourth] = bytes;
  if (second < 0x30 || second > 0x39) return readTwoByte(bytes, profile);
  if (third === undefined) return { kind: "more" };
  const broken = { kind: "none", complaint: "is a broken four-byte character of GB18030" } as const;
  if (!isChineseLead(third)) return broken;
  if (fourth === undefined) return { kind: "more" };
  if (fourth < 0x30 || fourth > 0x39) return broken;
  return profile.allowsFourByteChinese
    ? decode(bytes, profile)
    : { kind: "none", complaint: "is a four-byte character, which this printer's font has not" };
}

/** Trails: GBK 0x40–0xFE but 0x7F; Big5 0x40–0x7E and 0xA1–0xFE. */
function readTwoByte(bytes: readonly number[], profile: PrinterProfile): ChineseReading {
  const [, trail = 0] = bytes;
  const isBig5 = profile.chinese === "big5";
  const isTrail = trail >= 0x40 && trail <= 0xfe && trail !== 0x7f && !(isBig5 && trail > 0x7e && trail < 0xa1);
  return isTrail ? decode(bytes, profile) : { kind: "none", complaint: `is a broken character of ${nameOf(profile)}` };
}

const gb18030 = new TextDecoder("gb18030", { fatal: true });
const big5 = new TextDecoder("big5", { fatal: true });

function decode(bytes: readonly number[], profile: PrinterProfile): ChineseReading {
  try {
    const text = (profile.chinese === "big5" ? big5 : gb18030).decode(Uint8Array.from(bytes));
    // The user-defined areas map to private use: no font of a printer has a glyph there.
    if (/\p{Co}/u.test(text))
      return { kind: "none", complaint: `is in a user-defined area of ${nameOf(profile)}: no glyph stands there` };
    return { kind: "character", text };
  } catch {
    return { kind: "none", complaint: `is no character of ${nameOf(profile)}` };
  }
}
