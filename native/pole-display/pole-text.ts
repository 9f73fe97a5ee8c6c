import type { PoleDisplayConfig } from "#contract/config/devices.ts";
import { codePages } from "../code-pages.ts";

/** Longest text looked at: three rows' worth, so that no name costs time. */
const mostCharacters = 60;

/**
 * A row of exactly so many columns: cut or padded with blanks, one byte a column. Nothing but printable ASCII, and two-byte
 * Chinese where the display's firmware has it, gets through: a control byte in an item's name would command the display.
 */
export function poleText(text: string, columns: number, chinese: PoleDisplayConfig["chinese"]): Buffer {
  const bytes: number[] = [];
  for (const character of Array.from(plain(text)).slice(0, mostCharacters)) {
    const shown = bytesOf(character, chinese);
    // Half a Chinese character would take the next column with it.
    if (bytes.length + shown.length > columns) break;
    bytes.push(...shown);
  }
  return Buffer.from([...bytes, ...Array.from({ length: columns - bytes.length }, () => 0x20)]);
}

/** Accents come off, so that "Häagen" is "Haagen" and not "H?agen". */
function plain(text: string): string {
  return text
    .slice(0, 4 * mostCharacters)
    .normalize("NFKD")
    .replaceAll(/[\p{Mn}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .normalize("NFC")
    .replaceAll(/\p{Zs}/gu, " ")
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-");
}

const questionMark = [0x3f];

function bytesOf(character: string, chinese: PoleDisplayConfig["chinese"]): readonly number[] {
  const code = character.codePointAt(0) ?? 0x3f;
  if (code >= 0x20 && code < 0x7f) return [code];
  if (chinese === "none") return questionMark;
  const [lead = 0, trail = 0, ...more] = codePages().encode(character, "gb18030");
  // The two-byte part is all that such firmware has.
  const isTwoByte = more.length === 0 && lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail !== 0x7f;
  return isTwoByte ? [lead, trail] : questionMark;
}
