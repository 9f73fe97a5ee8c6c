import { frameBytes, missingBytes, readFrame } from "./frame.ts";

/** What came over the line, in its order. */
export type LineEvent =
  | { readonly kind: "message"; readonly payload: Buffer }
  | { readonly kind: "ack" }
  | { readonly kind: "nak" }
  /** Something that began as a frame and is none; the other end is told, and sends it again. */
  | { readonly kind: "damaged"; readonly why: "checksum" | "too-long" | "silence" };

/**
 * Cuts a line's bytes into frames and answers to frames, however they were cut on their way. Holds less than one frame of
 * the longest message, whatever comes. After a damaged frame it looks for the next one among the bytes it already has: a
 * lost byte costs its own frame and not the one behind it.
 */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  /** Behind `#rest`, of a frame that is not whole yet: 64 KiB that come byte by byte are not copied for each byte. */
  #pieces: Uint8Array[] = [];
  #missing = 0;
  /** Bytes to come that belong to a damaged frame: its length and its checksum may look like an answer, and are none. */
  #suspect = 0;
  #noiseBytes = 0;

  /** Bytes since the beginning that were part of no frame and no answer. */
  get noiseBytes(): number {
    return this.#noiseBytes;
  }

  /** Whether a frame has begun that is not whole: the rest must come before long. */
  get isInFrame(): boolean {
    return this.#rest.length > 0 || this.#suspect > 0;
  }

  feed(piece: Uint8Array): readonly LineEvent[] {
    this.#pieces.push(Buffer.from(piece));
    this.#missing -= piece.length;
    if (this.#missing > 0) return [];
    const bytes = Buffer.concat([this.#rest, ...this.#pieces]);
    return this.#read(bytes, false);
  }

  /** The line has been silent for longer than a frame may pause: what has begun ends here. */
  silence(): readonly LineEvent[] {
    const bytes = Buffer.concat([this.#rest, ...this.#pieces]);
    const events = this.#read(bytes, true);
    this.#suspect = 0;
    return events;
  }

  /** Half a frame from before the cable was pulled must not join the first one after it. */
  forget(): void {
    this.#noiseBytes += this.#rest.length + this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
    this.#suspect = 0;
    this.#hold(Buffer.alloc(0));
  }

  #read(bytes: Buffer, isSilent: boolean): readonly LineEvent[] {
    const events: LineEvent[] = [];
    let at = 0;
    while (at < bytes.length) {
      const read = readFrame(bytes, at);
      if (read.kind === "partial" && !isSilent) break;
      if (read.kind === "frame") {
        events.push({ kind: "message", payload: read.payload });
        this.#suspect = 0;
        at += read.length;
        continue;
      }
      const answer = this.#suspect > 0 ? null : answerOf(bytes[at]);
      if (answer !== null) events.push({ kind: answer });
      else this.#noiseBytes += 1;
      this.#suspect = Math.max(0, this.#suspect - 1);
      at += 1;
      if (read.kind === "noise") continue;
      events.push({ kind: "damaged", why: whyOf(read.kind) });
      this.#suspect = Math.max(this.#suspect, read.kind === "partial" ? bytes.length - at : read.length - 1);
    }
    this.#hold(Buffer.from(bytes.subarray(at)));
    return events;
  }

  #hold(rest: Buffer): void {
    this.#rest = rest;
    this.#pieces = [];
    this.#missing = missingBytes(rest);
  }
}

function answerOf(byte: number | undefined): "ack" | "nak" | null {
  if (byte === frameBytes.ack) return "ack";
  return byte === frameBytes.nak ? "nak" : null;
}

function whyOf(kind: "partial" | "too-long" | "damaged"): "checksum" | "too-long" | "silence" {
  if (kind === "partial") return "silence";
  return kind === "damaged" ? "checksum" : kind;
}
