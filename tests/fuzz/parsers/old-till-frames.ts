import { assert } from "#core/result.ts";
import { encodeFrame, mostPayloadBytes } from "#native/legacy/frame.ts";
import { FrameReader, type LineEvent } from "#native/legacy/frame-reader.ts";
import type { FuzzParser } from "../parser.ts";
import { piecesOf } from "./scanner-serial.ts";

const messages = [
  '{"SaleToPOIRequest":{"MessageHeader":{"ServiceID":"1"}}}',
  '{"MessageHeader":{"MessageCategory":"Payment"},"金额":12.50}',
  "{}",
];
const ack = Buffer.of(0x06);

export const oldTillFrames: FuzzParser = {
  name: "old-till-frames",
  reads: "bytes of an old till on a serial line (native/legacy/frame-reader)",
  seeds: () => [
    ...messages.map((text) => encodeFrame(Buffer.from(text))),
    Buffer.concat([ack, ...messages.map((text) => encodeFrame(Buffer.from(text))), Buffer.of(0x15)]),
    Buffer.concat([Buffer.from("noise \u0002\u0000"), encodeFrame(Buffer.from(messages[0] ?? ""))]),
  ],
  words: ["\u0002", "\u0002\u0000\u0000", "\u0003", "\u0006", "\u0015", "{", "{}", "\u0000\u0001\u0000\u0000"],
  read(input) {
    const whole = eventsOf([input]);
    const cut = eventsOf(piecesOf(input));
    assert(JSON.stringify(whole) === JSON.stringify(cut), "the same events however the bytes are cut");
    return { isTaken: whole.events.some(({ kind }) => kind === "message"), told: whole };
  },
};

/** What a reader makes of the pieces and of a silence behind them. */
function eventsOf(pieces: readonly Uint8Array[]) {
  const reader = new FrameReader();
  const events: LineEvent[] = pieces.flatMap((piece) => reader.feed(piece));
  events.push(...reader.silence());
  assert(!reader.isInFrame, "nothing is held after a silence");
  let bytes = reader.noiseBytes;
  for (const event of events) {
    if (event.kind === "message") {
      assert(event.payload.length <= mostPayloadBytes && event.payload[0] === 0x7b, "a bounded JSON object");
      bytes += encodeFrame(event.payload).length;
    } else if (event.kind !== "damaged") bytes += 1;
  }
  assert(
    bytes === pieces.reduce((sum, piece) => sum + piece.length, 0),
    "every byte is of a frame, an answer or noise",
  );
  return { events, noiseBytes: reader.noiseBytes };
}
