import { scaleOnTill } from "#contract/config/devices.ts";
import { assert } from "#core/result.ts";
import { FrameReader } from "#native/scale/frame-reader.ts";
import { scaleProtocol } from "#native/scale/scale-protocol.ts";
import type { FuzzParser } from "../parser.ts";
import { piecesOf } from "./scanner-serial.ts";

const line = { pattern: "SS,WWWWWWWW UU", stable: "ST", over: "OL", end: "crlf", pollHex: "" };
const samples = {
  "toledo-8217": ["\u0002 01.234\r", "\u0002?\u0010\r", "\u000200.120N\r"],
  "cas-22": ["ST,GS,\u0001\u0002,  0.500  kg\r\n", "OL,NT,\u0001\u0002,         kg\r\n"],
  "cas-10": ["  0.5000\r\n", " -0.0010\r\n"],
  "and-18": ["ST,+00012.00  g\r\n", "US,-0000.500 kg\r\n"],
  "generic-line": ["ST,   0.500 kg\r\n", "OL,   0.000 kg\r\n"],
} as const;

/** A protocol that a till can speak, on the bytes of its scale. */
export function scale(name: string): FuzzParser {
  const found = scales.find((one) => one.name === name);
  assert(found !== undefined, `a scale called ${name}`);
  return found;
}

const scales: readonly FuzzParser[] = Object.entries(samples).map(([protocol, texts]) => {
  const transport = { kind: "tcp", host: "127.0.0.1", port: 9_000 };
  const config = scaleOnTill.parse({
    id: "scale",
    protocol,
    transport,
    ...(protocol === "generic-line" ? { line } : {}),
  });
  const { longestFrame } = scaleProtocol(config);
  const readings = (pieces: readonly Uint8Array[]) => {
    const reader = new FrameReader(scaleProtocol(config));
    const told = pieces.flatMap((piece) => reader.feed(piece));
    for (const { grams } of told) assert(grams === null || Number.isSafeInteger(grams), "whole grams or none");
    const { noiseBytes, frames } = reader;
    reader.forget();
    assert(reader.noiseBytes - noiseBytes < longestFrame, "less than a frame is held");
    return { told, noiseBytes, frames };
  };
  return {
    name: `scale-${protocol}`,
    reads: "bytes of a scale (native/scale)",
    seeds: () => texts.map((text) => Buffer.from(text, "latin1")),
    words: ["ST,", "US,", "OL,", "GS,", "NT,", "kg", " g", "\r\n", "\u0002", "?", "-", "+", "."],
    mostBytes: 2_048,
    read(input) {
      const whole = readings([input]);
      const cut = readings(piecesOf(input));
      assert(JSON.stringify(whole) === JSON.stringify(cut), "the same readings however the bytes are cut");
      return { isTaken: whole.frames > 0, told: whole };
    },
  };
});
