import type { FrameRead } from "./scale-protocol.ts";

/** Which bytes may stand at one place of a frame. */
export type ByteClass = (byte: number) => boolean;

export const anyByte: ByteClass = () => true;
/** Digits, point, signs and the blanks before them. */
export const weightByte: ByteClass = (byte) => " 0123456789.+-".includes(String.fromCharCode(byte));
export const printableByte: ByteClass = (byte) => byte >= 0x20 && byte < 0x7f;

export function oneByte(wanted: number): ByteClass {
  return (byte) => byte === wanted;
}

export function anyOf(letters: string): ByteClass {
  return (byte) => letters.includes(String.fromCharCode(byte));
}

/** Places of a frame that stand for themselves. */
export function literally(text: string): ByteClass[] {
  return Array.from(Buffer.from(text, "latin1"), oneByte);
}

/** Looks for a frame of fixed length place by place, so that noise is known at its first wrong byte. */
export function matchFrame(
  bytes: Buffer,
  at: number,
  places: readonly ByteClass[],
): "whole" | Exclude<FrameRead["kind"], "frame"> {
  for (const [place, fits] of places.entries()) {
    const byte = bytes[at + place];
    if (byte === undefined) return "partial";
    if (!fits(byte)) return "noise";
  }
  return "whole";
}
