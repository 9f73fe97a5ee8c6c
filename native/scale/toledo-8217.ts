import type { WeightReading } from "#contract/devices/scale.ts";
import type { WeightUnit } from "#core/quantity/weight-text.ts";
import { noWeight, weightReading } from "./reading.ts";
import type { FrameRead, ScaleProtocol } from "./scale-protocol.ts";

const STX = 0x02;
const CR = 0x0d;
const QUESTION_MARK = 0x3f;
/** STX, a blank, "dd.ddd" or one digit more, N, CR; some send more blanks. */
const longestFrame = 12;
const weightBytes = /^ *(\d{1,6}(?:\.\d{1,4})?) *(N?)$/;

/**
 * Toledo 8217, which most counter scales with a till connection can speak. Asked with `W` it answers `02 ␠dd.ddd[N] 0D`,
 * or `02 ? S 0D` while there is no weight to sell by. S is read by its place: "over" alone is 02, which elsewhere begins a
 * frame, and "motion, under, outside zero" is 0D, which ends one.
 */
export function toledo8217(unit: WeightUnit): ScaleProtocol {
  return {
    serial: { baudRate: 9600, dataBits: 7, parity: "even", stopBits: 1 },
    poll: Buffer.from("W", "latin1"),
    saysStable: true,
    longestFrame,
    readFrame: (bytes, at) => readFrame(bytes, at, unit),
  };
}

function readFrame(bytes: Buffer, at: number, unit: WeightUnit): FrameRead {
  if (bytes[at] !== STX) return { kind: "noise" };
  if (bytes.length === at + 1) return { kind: "partial" };
  if (bytes[at + 1] === QUESTION_MARK) return readStatus(bytes, at);
  const end = bytes.subarray(at, at + longestFrame).indexOf(CR);
  const text = bytes.toString("latin1", at + 1, end < 0 ? at + longestFrame : at + end);
  if (end < 0) {
    const mayGoOn = /^[ \d.N]*$/.test(text) && text.length < longestFrame - 1;
    return mayGoOn ? { kind: "partial" } : { kind: "noise" };
  }
  const [, digits, net] = weightBytes.exec(text) ?? [];
  if (digits === undefined) return { kind: "noise" };
  const reading = weightReading(digits, unit, { isStable: true, isNet: net === "N" });
  return reading === null ? { kind: "noise" } : { kind: "frame", length: end + 1, reading };
}

function readStatus(bytes: Buffer, at: number): FrameRead {
  const status = bytes[at + 2];
  const last = bytes[at + 3];
  if (status === undefined) return { kind: "partial" };
  // Seven data bits: an eighth is parity that was not taken off.
  if (status > 0x7f) return { kind: "noise" };
  if (last === undefined) return { kind: "partial" };
  return last === CR ? { kind: "frame", length: 4, reading: readingOf(status) } : { kind: "noise" };
}

/** Bits: 0 motion, 1 over, 2 under zero, 3 outside the zero range, 4 centre of zero, 5 net, 6 bad command. */
function readingOf(status: number): WeightReading | null {
  const has = (bit: number): boolean => (status & (1 << bit)) !== 0;
  if (has(6)) return null;
  const isTrouble = has(0) || has(1) || has(2) || has(3);
  if (has(4) && !isTrouble) return { ...noWeight, grams: 0, isStable: true, isNet: has(5), isZero: true };
  return { ...noWeight, isOver: has(1), isUnder: has(2), isNet: has(5) };
}
