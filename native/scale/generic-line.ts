import type { ScaleConfig } from "#contract/config/devices.ts";
import type { WeightUnit } from "#core/quantity/weight-text.ts";
import { anyByte, type ByteClass, literally, matchFrame, printableByte, weightByte } from "./fixed-frame.ts";
import { noWeight, unitOf, weightReading } from "./reading.ts";
import type { FrameRead, ScaleProtocol } from "./scale-protocol.ts";

type LineConfig = NonNullable<ScaleConfig["line"]>;

const ends = { crlf: "\r\n", cr: "\r", lf: "\n" } as const;

/**
 * A scale that terminal.json describes: one pattern, a letter a byte, so its reading takes as long as the pattern is wide
 * and nothing in it can run away. Without an S in the pattern the till waits until the weight has stood for a second.
 */
export function genericLine(line: LineConfig | undefined, unit: WeightUnit): ScaleProtocol {
  // The schema asks for `line` with this protocol; a scale without one hears nothing it understands.
  const { pattern, end, stable, over, pollHex } = line ?? { ...nothingFits };
  const letters = [...pattern];
  const places = [...letters.map(placeOf), ...literally(ends[end])];
  const pick = (text: string, letter: string): string =>
    letters.map((one, place) => (one === letter ? text.charAt(place) : "")).join("");
  const [saysUnit, saysStable] = [letters.includes("U"), letters.includes("S")];

  function read(text: string): FrameRead {
    const status = pick(text, "S");
    const length = places.length;
    if (saysStable && status === over) return { kind: "frame", length, reading: { ...noWeight, isOver: true } };
    const written = saysUnit ? unitOf(pick(text, "U")) : unit;
    if (written === null) return { kind: "noise" };
    const isStable = saysStable && status === stable;
    const reading = weightReading(pick(text, "W"), written, { isStable, isNet: false });
    return reading === null ? { kind: "noise" } : { kind: "frame", length, reading };
  }

  return {
    serial: { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 },
    poll: pollHex === "" ? null : Buffer.from(pollHex, "hex"),
    saysStable,
    longestFrame: places.length,
    readFrame(bytes, at) {
      const match = matchFrame(bytes, at, places);
      return match === "whole" ? read(bytes.toString("latin1", at, at + letters.length)) : { kind: match };
    },
  };
}

const nothingFits: LineConfig = { pattern: "WW", stable: "ST", over: "OL", end: "crlf", pollHex: "" };

function placeOf(letter: string): ByteClass {
  switch (letter) {
    case "W":
      return weightByte;
    case "U":
    case "S":
      return printableByte;
    case "*":
      return anyByte;
    default:
      return (byte) => byte === letter.charCodeAt(0);
  }
}
