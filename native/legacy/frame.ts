import { crc32 } from "node:zlib";

/**
 * How a message of an old till travels on a serial line (docs/LEGACY.md, "Serial frame"): STX, the length of the message
 * in 4 bytes, the message, the CRC-32 of length and message in 4 bytes, ETX. Numbers have their highest byte first.
 */
export const frameBytes = { stx: 0x02, etx: 0x03, ack: 0x06, nak: 0x15 } as const;

/** Of a message, bytes: what the door over HTTPS takes too. */
export const mostPayloadBytes = 65_536;
/** `{}` is the shortest JSON object. */
const leastPayloadBytes = 2;
/** STX and the length. */
export const headBytes = 5;
/** The checksum and ETX. */
const tailBytes = 5;
/** A length above this is no length: nobody means to send 16 MiB over a serial line. */
const mostMeantBytes = 0xff_ff_ff;
/** Every message is a JSON object, so this stands first in it. */
const openingBrace = 0x7b;

/** What stands at a place of the line: `damaged` once the head was one and the rest is not. */
export type FrameRead =
  | { readonly kind: "frame"; readonly payload: Buffer; readonly length: number }
  | { readonly kind: "partial" }
  | { readonly kind: "noise" }
  | { readonly kind: "too-long" | "damaged"; readonly length: number };

/** @param payload at most `mostPayloadBytes`, a JSON object as UTF-8 */
export function encodeFrame(payload: Uint8Array): Buffer {
  if (payload.length > mostPayloadBytes) throw new RangeError("a message of more than 64 KiB");
  const frame = Buffer.alloc(headBytes + payload.length + tailBytes);
  frame.writeUInt8(frameBytes.stx, 0);
  frame.writeUInt32BE(payload.length, 1);
  frame.set(payload, headBytes);
  const end = headBytes + payload.length;
  frame.writeUInt32BE(crc32(frame.subarray(1, end)), end);
  frame.writeUInt8(frameBytes.etx, end + 4);
  return frame;
}

/**
 * Looks for a frame place by place, so that noise is known at its first wrong byte: a false STX must not have the line wait
 * for 64 KiB that never come.
 */
export function readFrame(bytes: Buffer, at: number): FrameRead {
  const held = bytes.length - at;
  if (bytes[at] !== frameBytes.stx) return { kind: "noise" };
  if (held < headBytes) return isLengthSoFar(bytes.subarray(at + 1)) ? { kind: "partial" } : { kind: "noise" };
  const length = bytes.readUInt32BE(at + 1);
  if (length < leastPayloadBytes || length > mostMeantBytes) return { kind: "noise" };
  if (held === headBytes) return { kind: "partial" };
  if (bytes[at + headBytes] !== openingBrace) return { kind: "noise" };
  const whole = headBytes + length + tailBytes;
  if (length > mostPayloadBytes) return { kind: "too-long", length: whole };
  if (held < whole) return { kind: "partial" };
  const end = at + headBytes + length;
  const isSound = bytes[end + 4] === frameBytes.etx && bytes.readUInt32BE(end) === crc32(bytes.subarray(at + 1, end));
  if (!isSound) return { kind: "damaged", length: whole };
  return { kind: "frame", payload: Buffer.from(bytes.subarray(at + headBytes, end)), length: whole };
}

/** How many bytes a frame that has begun needs at least before it can be judged; 0 where none has begun. */
export function missingBytes(begun: Buffer): number {
  if (begun.length <= headBytes) return begun.length === 0 ? 0 : 1;
  return headBytes + begun.readUInt32BE(1) + tailBytes - begun.length;
}

function isLengthSoFar(bytes: Buffer): boolean {
  return bytes.length === 0 || bytes[0] === 0;
}
