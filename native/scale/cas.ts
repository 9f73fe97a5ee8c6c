import type { WeightUnit } from "#core/quantity/weight-text.ts";
import { anyByte, anyOf, type ByteClass, literally, matchFrame, printableByte, weightByte } from "./fixed-frame.ts";
import { noWeight, unitOf, weightReading } from "./reading.ts";
import type { FrameRead, ScaleProtocol } from "./scale-protocol.ts";

const serial = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 } as const;

/** `ST|US|OL , GS|NT , device id, lamp byte , eight characters of weight, blank, unit, CR LF`: 22 bytes. */
const places22: readonly ByteClass[] = [
  ...[anyOf("SUO"), anyOf("TSL"), ...literally(","), anyOf("GN"), anyOf("ST"), ...literally(",")],
  // Device id and lamps are bits: any byte may stand there, CR and LF too.
  ...[anyByte, anyByte, ...literally(",")],
  ...Array.from({ length: 8 }, () => printableByte),
  ...[...literally(" "), printableByte, printableByte, ...literally("\r\n")],
];

/** CAS scales and indicators that send 22 bytes by themselves. */
export const cas22: ScaleProtocol = {
  serial,
  poll: null,
  saysStable: true,
  longestFrame: places22.length,
  readFrame(bytes, at) {
    const match = matchFrame(bytes, at, places22);
    if (match !== "whole") return { kind: match };
    const text = bytes.toString("latin1", at, at + places22.length);
    const [head, kind] = [text.slice(0, 2), text.slice(3, 5)];
    if (!["ST", "US", "OL"].includes(head) || !["GS", "NT"].includes(kind)) return { kind: "noise" };
    const isNet = kind === "NT";
    if (head === "OL") return frame(places22.length, { ...noWeight, isOver: true, isNet });
    const unit = unitOf(text.slice(18, 20));
    if (unit === null) return { kind: "noise" };
    const reading = weightReading(text.slice(9, 17), unit, { isStable: head === "ST", isNet });
    return reading === null ? { kind: "noise" } : frame(places22.length, reading);
  },
};

const places10: readonly ByteClass[] = [...Array.from({ length: 8 }, () => weightByte), ...literally("\r\n")];

/** The short form: eight characters of weight, CR LF. It says neither its unit nor whether the weight stands still. */
export function cas10(unit: WeightUnit): ScaleProtocol {
  return {
    serial,
    poll: null,
    saysStable: false,
    longestFrame: places10.length,
    readFrame(bytes, at) {
      const match = matchFrame(bytes, at, places10);
      if (match !== "whole") return { kind: match };
      const reading = weightReading(bytes.toString("latin1", at, at + 8), unit, { isStable: false, isNet: false });
      return reading === null ? { kind: "noise" } : frame(places10.length, reading);
    },
  };
}

function frame(length: number, reading: Extract<FrameRead, { kind: "frame" }>["reading"]): FrameRead {
  return { kind: "frame", length, reading };
}
