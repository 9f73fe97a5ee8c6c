/**
 * One character of Chinese mode, from the bytes received so far: it may need more, be complete, or be none.
 * Decoded by the platform's GB18030 (ICU), which shares nothing with the tables the till encodes with.
 */
export type ChineseReading =
  | { readonly kind: "more" }
  | { readonly kind: "character"; readonly text: string }
  | { readonly kind: "none"; readonly complaint: string };

/** 0x80 and 0xFF begin nothing; the web's decoder reads 0x80 as a euro sign, a printer does not. */
export function isChineseLead(byte: number): boolean {
  return byte >= 0x81 && byte <= 0xfe;
}

export function readChinese(bytes: readonly number[], allowsFourByte: boolean): ChineseReading {
  const [, second = 0, third, fourth] = bytes;
  if (second >= 0x30 && second <= 0x39) {
    if (third === undefined) return { kind: "more" };
    if (!isChineseLead(third)) return { kind: "none", complaint: "is a broken four-byte character of GB18030" };
    if (fourth === undefined) return { kind: "more" };
    if (fourth < 0x30 || fourth > 0x39)
      return { kind: "none", complaint: "is a broken four-byte character of GB18030" };
    return allowsFourByte
      ? decode(bytes)
      : { kind: "none", complaint: "is a four-byte character, which this printer's font has not" };
  }
  const isTrail = second >= 0x40 && second <= 0xfe && second !== 0x7f;
  return isTrail ? decode(bytes) : { kind: "none", complaint: "is a broken character of GB18030" };
}

const gb18030 = new TextDecoder("gb18030", { fatal: true });

function decode(bytes: readonly number[]): ChineseReading {
  try {
    const text = gb18030.decode(Uint8Array.from(bytes));
    // The user-defined areas of GBK map to private use: no font of a printer has a glyph there.
    if (/\p{Co}/u.test(text))
      return { kind: "none", complaint: "is in a user-defined area of GB18030: no glyph stands there" };
    return { kind: "character", text };
  } catch {
    return { kind: "none", complaint: "is no character of GB18030" };
  }
}
