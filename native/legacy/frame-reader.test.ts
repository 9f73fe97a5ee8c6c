import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeFrame, frameBytes, mostPayloadBytes } from "./frame.ts";
import { FrameReader, type LineEvent } from "./frame-reader.ts";

const { stx, ack, nak } = frameBytes;

function read(...pieces: readonly (Uint8Array | "silence")[]) {
  const reader = new FrameReader();
  const events = pieces.flatMap((piece) => (piece === "silence" ? reader.silence() : reader.feed(piece)));
  return { told: events.map(tell), noiseBytes: reader.noiseBytes, isInFrame: reader.isInFrame };
}

function tell(event: LineEvent): string {
  if (event.kind === "message") return event.payload.toString();
  return event.kind === "damaged" ? `damaged: ${event.why}` : event.kind;
}

const frame = (text: string): Buffer => encodeFrame(Buffer.from(text));
const spoilt = (text: string): Buffer => {
  const bytes = frame(text);
  return bytes.fill((bytes[8] ?? 0) ^ 0x20, 8, 9);
};
/** JSON objects of all lengths that a line sees often, letters of several bytes among them. */
const message = fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => JSON.stringify({ text }));
const lineBytes = fc.uint8Array({ maxLength: 40 });

describe("the serial frame of an old till", () => {
  it("is STX, the length, the message, CRC-32 of both, ETX", () => {
    // The checksum by another implementation of the polynomial: gzip's trailer of the same bytes.
    expect(frame("{}").toString("hex")).toBe("02000000027b7d5039d87103");
  });

  it("is refused for a message of more than 64 KiB, and taken for one of just that", () => {
    expect(() => encodeFrame(Buffer.alloc(mostPayloadBytes + 1))).toThrow(RangeError);
    const longest = Buffer.concat([Buffer.from("{"), Buffer.alloc(mostPayloadBytes - 1, "x")]);
    expect(read(encodeFrame(longest)).told).toEqual([longest.toString()]);
  });

  it("comes whole however its bytes are cut, with answers before and behind it", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), fc.array(fc.nat({ max: 200 })), (texts, cuts) => {
        const bytes = Buffer.concat(texts.flatMap((text) => [Buffer.of(ack), frame(text), Buffer.of(nak)]));
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
        const pieces = [0, ...places].map((from, at) => bytes.subarray(from, places[at] ?? bytes.length));
        const wanted = texts.flatMap((text) => ["ack", text, "nak"]);
        expect(read(...pieces)).toEqual({ told: wanted, noiseBytes: 0, isInFrame: false });
      }),
    );
  });

  it("is never taken with any one bit turned, any byte lost or any byte too many", () => {
    const damage = fc.constantFrom("turned", "lost", "doubled");
    fc.assert(
      fc.property(message, fc.nat(), fc.nat({ max: 7 }), damage, (text, place, bit, how) => {
        const bytes = frame(text);
        const at = place % bytes.length;
        const byte = bytes[at] ?? 0;
        const middle = { turned: [byte ^ (1 << bit)], lost: [], doubled: [byte, byte] }[how];
        const damaged = Buffer.concat([bytes.subarray(0, at), Buffer.from(middle), bytes.subarray(at + 1)]);
        const messages = read(damaged, "silence").told.filter((told) => told.startsWith("{"));
        // A doubled STX or ETX is a byte of noise beside a whole frame.
        const isBeside = how === "doubled" && (at === 0 || at === bytes.length - 1);
        expect(messages).toEqual(isBeside ? [text] : []);
      }),
    );
  });

  it("is found again behind noise and a silence, and behind a frame that lost a byte without one", () => {
    fc.assert(
      fc.property(lineBytes, message, (noise, text) => {
        expect(read(noise, "silence", frame(text)).told.at(-1)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(message, message, fc.nat(), (first, second, place) => {
        const bytes = frame(first);
        const at = place % bytes.length;
        const cut = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
        expect(read(cut, frame(second), "silence").told).toContain(second);
      }),
    );
  });

  it("says of one that is damaged, cut off or too long what was wrong", () => {
    expect(read(spoilt('{"a":1}')).told).toEqual(["damaged: checksum"]);
    expect(read(frame('{"a":1}').subarray(0, 9), "silence").told).toEqual(["damaged: silence"]);
    const tooLong = Buffer.of(stx, 0, 2, 0, 0, 0x7b, ack, nak);
    expect(read(tooLong, "silence", Buffer.of(ack))).toMatchObject({ told: ["damaged: too-long", "ack"] });
  });

  it("takes nothing within a damaged frame for an answer", () => {
    const length = `{"a":"${"x".repeat(0x06_15 - 8)}"}`;
    const bytes = frame(length);
    expect([bytes[3], bytes[4]]).toEqual([ack, nak]);
    expect(read(bytes.fill(0, 20, 21), Buffer.of(ack)).told).toEqual(["damaged: checksum", "ack"]);
  });

  it("does not wait for 64 KiB because of a stray STX", () => {
    const stray = Buffer.from([stx, 0x41, stx, 0, 0x41, stx, 0, 0, 0, 0x41, 0x41]);
    expect(read(stray, frame("{}"))).toEqual({ told: ["{}"], noiseBytes: stray.length, isInFrame: false });
  });

  it("is forgotten half with the cable that was pulled", () => {
    const reader = new FrameReader();
    reader.feed(frame('{"half":1}').subarray(0, 8));
    reader.forget();
    expect(reader.feed(frame("{}")).map(tell)).toEqual(["{}"]);
    expect(reader.noiseBytes).toBe(8);
  });
});
