import { anyOf, type ByteClass, literally, matchFrame, printableByte } from "./fixed-frame.ts";
import { noWeight, unitOf, weightReading } from "./reading.ts";
import type { ScaleProtocol } from "./scale-protocol.ts";

/** `ST,+00012.34` and the unit in three or four characters, blanks before it. Manuals print both widths. */
const forms: readonly (readonly ByteClass[])[] = [3, 4].map((unitWidth) => [
  ...[anyOf("SUO"), anyOf("TSL"), ...literally(","), anyOf("+-")],
  ...Array.from({ length: 8 + unitWidth }, () => printableByte),
  ...literally("\r\n"),
]);

/** A&D's standard format: 17 or 18 bytes that the scale sends by itself. ST stands still, US moves, OL is too much. */
export const and18: ScaleProtocol = {
  serial: { baudRate: 2400, dataBits: 7, parity: "even", stopBits: 1 },
  poll: null,
  saysStable: true,
  longestFrame: 18,
  readFrame(bytes, at) {
    let isPartial = false;
    for (const places of forms) {
      const match = matchFrame(bytes, at, places);
      if (match === "partial") isPartial = true;
      if (match !== "whole") continue;
      const text = bytes.toString("latin1", at, at + places.length);
      const head = text.slice(0, 2);
      if (head === "OL") return { kind: "frame", length: places.length, reading: { ...noWeight, isOver: true } };
      const unit = unitOf(text.slice(12, -2));
      if (unit === null || !["ST", "US"].includes(head)) return { kind: "noise" };
      const reading = weightReading(text.slice(3, 12), unit, { isStable: head === "ST", isNet: false });
      return reading === null ? { kind: "noise" } : { kind: "frame", length: places.length, reading };
    }
    return { kind: isPartial ? "partial" : "noise" };
  },
};
