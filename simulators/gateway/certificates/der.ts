/*
 * Just enough DER (X.690) to write an X.509 certificate: Node reads certificates and makes none, and a simulator that
 * called a command for it would not start where that command is missing.
 */

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...parts);
}

/** A non-negative integer given as hex: never with a sign bit, never with needless zeros. */
export function integer(hex: string): Buffer {
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
  const short = bytes.subarray(from);
  return tlv(0x02, (short[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), short]) : short);
}

/** `1.2.840.113549.1.1.11`: the first two arcs share a byte, the others are written in base 128. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

export function utf8(text: string): Buffer {
  return tlv(0x0c, Buffer.from(text, "utf8"));
}

/** GeneralizedTime, to the second, in UTC: X.509 wants it from 2050 on and readers take it before. */
export function time(atMs: number): Buffer {
  const digits = new Date(atMs).toISOString().slice(0, 19).replaceAll(/[-:T]/g, "");
  const isEarly = Number(digits.slice(0, 4)) < 2050;
  return isEarly ? tlv(0x17, Buffer.from(`${digits.slice(2)}Z`)) : tlv(0x18, Buffer.from(`${digits}Z`));
}

/** Bits that fill whole bytes. */
export function bitString(bytes: Uint8Array): Buffer {
  return tlv(0x03, Buffer.from([0]), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return tlv(0x04, bytes);
}

export function yes(): Buffer {
  return tlv(0x01, Buffer.from([0xff]));
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
}

function base128(arc: number): readonly number[] {
  const low = arc % 128;
  const high = Math.floor(arc / 128);
  return high === 0 ? [low] : [...base128(high).map((byte) => byte + (byte < 128 ? 128 : 0)), low];
}
