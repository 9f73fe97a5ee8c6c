/** Bytes as the texts of docs/CARRIED.md write them. Every index below is within its alphabet: it is made of 5 or 6 bits. */

const base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base64UrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** RFC 4648 base32, capitals, no padding. */
export function base32(bytes: Uint8Array): string {
  return inGroups(bytes, 5, base32Alphabet);
}

/** RFC 4648 base64url, no padding. */
export function base64Url(bytes: Uint8Array): string {
  return inGroups(bytes, 6, base64UrlAlphabet);
}

/** Null where the text is none, or where it is not the one spelling of its bytes. */
export function bytesOfBase64Url(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let held = 0;
  let heldBits = 0;
  for (const letter of text) {
    const value = base64UrlAlphabet.indexOf(letter);
    if (value < 0) return null;
    held = (held << 6) | value;
    heldBits += 6;
    if (heldBits < 8) continue;
    heldBits -= 8;
    bytes.push((held >> heldBits) & 0xff);
    held &= (1 << heldBits) - 1;
  }
  const read = Uint8Array.from(bytes);
  return base64Url(read) === text ? read : null;
}

/** ASCII letters alone are asked of it: what goes in was checked against a narrower alphabet. */
export function asciiBytes(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** `byteCount` bytes of a whole number of at least 0, big-endian. */
export function bigEndian(value: number, byteCount: number): readonly number[] {
  return Array.from({ length: byteCount }, (_none, index) => Math.floor(value / 256 ** (byteCount - 1 - index)) % 256);
}

function inGroups(bytes: Uint8Array, bits: 5 | 6, alphabet: string): string {
  let text = "";
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    heldBits += 8;
    while (heldBits >= bits) {
      heldBits -= bits;
      text += alphabet.charAt(held >> heldBits);
      held &= (1 << heldBits) - 1;
    }
  }
  return heldBits === 0 ? text : text + alphabet.charAt((held << (bits - heldBits)) & ((1 << bits) - 1));
}
