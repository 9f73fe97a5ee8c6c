import type { Pty } from "#tests/support/pty.ts";
import { type Json, serviceOf } from "./messages.ts";

/*
 * The other end of the serial line, from the page's table of bytes: a checksum worked out bit by bit, and a reader of its own.
 */

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

export function frameOf(text: string): Buffer {
  const message = Buffer.from(text);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(message.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([head, message])));
  return Buffer.concat([Buffer.of(2), head, message, sum, Buffer.of(3)]);
}

export type PosHeard =
  | { readonly kind: "ack" | "nak" | "damaged" }
  | { readonly kind: "message"; readonly text: string };

/** Cuts what the till sends into frames and answers to frames. */
export class PosReader {
  #bytes = Buffer.alloc(0);

  /** What had begun is not waited for any longer. */
  forget(): void {
    this.#bytes = Buffer.alloc(0);
  }

  feed(bytes: Uint8Array): readonly PosHeard[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const heard: PosHeard[] = [];
    for (;;) {
      const [first] = this.#bytes;
      if (first === undefined) return heard;
      if (first === 2) {
        const frame = this.#takeFrame();
        if (frame === null) return heard;
        heard.push(frame);
        continue;
      }
      if (first === 6 || first === 21) heard.push({ kind: first === 6 ? "ack" : "nak" });
      this.#bytes = this.#bytes.subarray(1);
    }
  }

  /** Null: not whole yet. */
  #takeFrame(): PosHeard | null {
    if (this.#bytes.length < 5) return null;
    const length = this.#bytes.readUInt32BE(1);
    if (this.#bytes.length < length + 10) return null;
    const isWhole = this.#bytes.readUInt32BE(5 + length) === crc32(this.#bytes.subarray(1, 5 + length));
    const text = this.#bytes.subarray(5, 5 + length).toString();
    this.#bytes = this.#bytes.subarray(length + 10);
    return isWhole ? { kind: "message", text } : { kind: "damaged" };
  }
}

interface Waiting {
  readonly service: string;
  readonly resolve: (answer: Json) => void;
}

/** An old till on a serial line; each request has the answer of its ServiceID, a refused one the next that has none. */
export class SerialPos {
  readonly #line: Pty;
  readonly #reader = new PosReader();
  #waiting: Waiting[] = [];

  constructor(line: Pty) {
    this.#line = line;
    line.onReceived((bytes) => {
      for (const heard of this.#reader.feed(bytes)) {
        if (heard.kind === "ack" || heard.kind === "nak") continue;
        this.#line.write(Buffer.of(heard.kind === "message" ? 6 : 21));
        if (heard.kind === "message") this.#answered(JSON.parse(heard.text) as Json); // whatever it is
      }
    });
  }

  send(text: string): Promise<Json> {
    const { promise, resolve } = Promise.withResolvers<Json>();
    const service = /"ServiceID":"([^"]*)"/.exec(text)?.[1] ?? "";
    this.#waiting.push({ service, resolve });
    this.#line.write(frameOf(text));
    return promise;
  }

  #answered(answer: Json): void {
    const service = serviceOf(answer);
    const place = this.#waiting.findIndex((one) => one.service === service);
    const [mine] = this.#waiting.splice(Math.max(place, 0), 1);
    mine?.resolve(answer);
  }
}
