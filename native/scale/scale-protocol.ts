import type { ScaleConfig } from "#contract/config/devices.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import type { SerialLine } from "../transport/serial-line.ts";
import { and18 } from "./and-18.ts";
import { cas10, cas22 } from "./cas.ts";
import { genericLine } from "./generic-line.ts";
import { toledo8217 } from "./toledo-8217.ts";

/** What stands at one place of the bytes received. */
export type FrameRead =
  /** A whole frame; `reading` is null where it was understood and says nothing of a weight. */
  | { readonly kind: "frame"; readonly length: number; readonly reading: WeightReading | null }
  /** May become a frame with more bytes. Only said of fewer bytes than `longestFrame`. */
  | { readonly kind: "partial" }
  | { readonly kind: "noise" };

/** One kind of scale. A new kind is a file like those beside this one, and a row in the table below. */
export interface ScaleProtocol {
  /** How its serial port is set when it leaves the factory. */
  readonly serial: SerialLine;
  /** What asks for a weight; null for a scale that sends by itself. */
  readonly poll: Buffer | null;
  /** False: its bytes do not tell whether the weight stands still; see `Steadiness`. */
  readonly saysStable: boolean;
  readonly longestFrame: number;
  /** Reads no further than `longestFrame` bytes from `at`; never throws, whatever they are. */
  readonly readFrame: (bytes: Buffer, at: number) => FrameRead;
}

export function scaleProtocol(config: ScaleConfig): ScaleProtocol {
  switch (config.protocol) {
    case "toledo-8217":
      return toledo8217(config.unit);
    case "cas-22":
      return cas22;
    case "cas-10":
      return cas10(config.unit);
    case "and-18":
      return and18;
    case "generic-line":
      return genericLine(config.line, config.unit);
  }
}
