import type { WeightReading } from "#contract/devices/scale.ts";
import type { ScaleProtocol } from "./scale-protocol.ts";

/**
 * Cuts a scale's bytes into frames, however they were cut on their way. Holds less than one frame, whatever comes; bytes
 * that belong to none are dropped and counted.
 */
export class FrameReader {
  readonly #protocol: ScaleProtocol;
  #rest = Buffer.alloc(0);
  #noiseBytes = 0;
  #frames = 0;

  constructor(protocol: ScaleProtocol) {
    this.#protocol = protocol;
  }

  /** Bytes since the beginning that were part of no frame. */
  get noiseBytes(): number {
    return this.#noiseBytes;
  }

  /** Frames that were understood, those without a weight too. */
  get frames(): number {
    return this.#frames;
  }

  feed(piece: Uint8Array): readonly WeightReading[] {
    const bytes = Buffer.concat([this.#rest, piece]);
    const readings: WeightReading[] = [];
    let at = 0;
    while (at < bytes.length) {
      const read = this.#protocol.readFrame(bytes, at);
      if (read.kind === "partial") break;
      if (read.kind === "noise") {
        this.#noiseBytes += 1;
        at += 1;
        continue;
      }
      this.#frames += 1;
      at += read.length;
      if (read.reading !== null) readings.push(read.reading);
    }
    // A copy: a view would keep the whole piece alive.
    this.#rest = Buffer.from(bytes.subarray(at));
    return readings;
  }

  /** Half a frame from before the cable was pulled must not join the first one after it. */
  forget(): void {
    this.#noiseBytes += this.#rest.length;
    this.#rest = Buffer.alloc(0);
  }
}
