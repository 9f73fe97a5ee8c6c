import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ScaleConfig } from "#contract/config/devices.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import { FrameReader } from "./frame-reader.ts";
import { scaleProtocol } from "./scale-protocol.ts";

const base = {
  id: "s",
  transport: { kind: "tcp", host: "h", port: 1 },
  unit: "kg",
  maxGrams: 15_000,
  minGrams: 1,
} as const;
const line = { pattern: "S=**WWWWWW U", stable: "1", over: "9", end: "cr", pollHex: "" } as const;
const configs = {
  "toledo-8217": { ...base, protocol: "toledo-8217" },
  "cas-22": { ...base, protocol: "cas-22" },
  "cas-10": { ...base, protocol: "cas-10" },
  "and-18": { ...base, protocol: "and-18" },
  "generic-line": { ...base, protocol: "generic-line", line },
} satisfies Record<string, ScaleConfig>;
type Kind = keyof typeof configs;

function read(kind: Kind, ...pieces: readonly string[]) {
  const reader = new FrameReader(scaleProtocol(configs[kind]));
  const readings = pieces.flatMap((piece) => reader.feed(Buffer.from(piece, "latin1")));
  return { readings, frames: reader.frames, noiseBytes: reader.noiseBytes };
}

const nothing = { grams: null, isStable: false, isOver: false, isUnder: false, isNet: false, isZero: false };
const weight = (grams: number, changes: Partial<WeightReading> = {}): WeightReading => ({
  ...{ grams, isStable: true, isOver: false, isUnder: grams < 0, isNet: false, isZero: grams === 0 },
  ...changes,
});
const lamp = "1\xc0";

describe("a scale's frame", () => {
  it.each<[string, Kind, string, WeightReading]>([
    ["weight", "toledo-8217", "\x02 00.845\r", weight(845)],
    ["net weight", "toledo-8217", "\x02 01.250N\r", weight(1250, { isNet: true })],
    ["zero", "toledo-8217", "\x02 00.000\r", weight(0)],
    ["motion", "toledo-8217", "\x02?\x01\r", nothing],
    [
      "too much, whose status byte is that which begins a frame",
      "toledo-8217",
      "\x02?\x02\r",
      { ...nothing, isOver: true },
    ],
    [
      "three troubles, whose status byte is that which ends a frame",
      ...(["toledo-8217", "\x02?\x0d\r", { ...nothing, isUnder: true }] as const),
    ],
    ["below zero and net", "toledo-8217", "\x02?\x24\r", { ...nothing, isUnder: true, isNet: true }],
    ["centre of zero", "toledo-8217", "\x02?\x10\r", weight(0)],
    ["22 bytes, stable", "cas-22", `ST,GS,${lamp},   0.845 kg\r\n`, weight(845)],
    [
      "22 bytes, net and moving",
      "cas-22",
      `US,NT,${lamp},   1.250 kg\r\n`,
      weight(1250, { isStable: false, isNet: true }),
    ],
    ["22 bytes, below zero", "cas-22", `ST,GS,${lamp},-  0.005 kg\r\n`, weight(-5)],
    ["22 bytes, too much", "cas-22", `OL,GS,${lamp},         kg\r\n`, { ...nothing, isOver: true }],
    ["22 bytes with CR and LF for lamps", "cas-22", "ST,GS,\r\n,   0.845 kg\r\n", weight(845)],
    ["22 bytes in grams", "cas-22", `ST,GS,${lamp},     845  g\r\n`, weight(845)],
    ["10 bytes", "cas-10", "   0.845\r\n", weight(845, { isStable: false })],
    ["17 bytes", "and-18", "ST,+00012.34 kg\r\n", weight(12_340)],
    ["18 bytes", "and-18", "ST,+00012.34  kg\r\n", weight(12_340)],
    ["18 bytes, moving and below zero", "and-18", "US,-0000.005  kg\r\n", weight(-5, { isStable: false })],
    ["17 bytes, too much", "and-18", "OL,+9999999E+19\r\n".padEnd(17), { ...nothing, isOver: true }],
    ["a described line", "generic-line", "1=x\x01 0.845 g\r".replace(" 0.845", "   845"), weight(845)],
    ["a described line that moves", "generic-line", "0=xx   845 g\r", weight(845, { isStable: false })],
    ["a described line, too much", "generic-line", "9=xx------ g\r", { ...nothing, isOver: true }],
  ])("%s", (_what, kind, bytes, reading) => {
    expect(read(kind, bytes).readings).toEqual([reading]);
  });

  it.each<[string, Kind, string]>([
    ["half a frame", "toledo-8217", "45\r"],
    ["an eighth bit in the status", "toledo-8217", "\x02?\x81\r"],
    ["parity bits in the weight", "toledo-8217", "\x82\xa0\xb0\xb0.\xb8\xb4\xb5\x8d"],
    ["an echo", "toledo-8217", "\x02E\rhello\x02F\r"],
    ["part of a gram", "toledo-8217", "\x02 0.8455\r"],
    ["another head", "cas-22", `SL,GS,${lamp},   0.845 kg\r\n`],
    ["a unit nobody knows", "cas-22", `ST,GS,${lamp},   0.845 st\r\n`],
    ["a byte lost in the middle", "cas-10", "  0.845\r\n"],
    ["pieces counted instead", "and-18", "QT,+00000012  PC\r\n"],
    ["another line", "generic-line", "ST,+00012.34 kg\r\n"],
  ])("says no weight by %s", (_what, kind, bytes) => {
    expect(read(kind, bytes).readings).toEqual([]);
  });

  it("is understood right after noise, and the noise is counted", () => {
    const { readings, noiseBytes } = read("toledo-8217", "\xff\x02\x02 1", "xyz\x02 00.845\r", "\x02?");
    expect({ readings, noiseBytes }).toEqual({ readings: [weight(845)], noiseBytes: 8 });
  });

  it("is read by the pattern that docs/DEVICES.md gives for it", () => {
    const line = { pattern: "SS,WWWWWWWWW UU", stable: "ST", over: "OL", end: "crlf", pollHex: "" } as const;
    const reader = new FrameReader(scaleProtocol({ ...base, protocol: "generic-line", line }));
    expect(reader.feed(Buffer.from("ST,+00012.34 kg\r\nUS,+00000.50 kg\r\n"))).toEqual([
      weight(12_340),
      weight(500, { isStable: false }),
    ]);
  });

  it("of a bad command says nothing of a weight, and is no noise", () => {
    expect(read("toledo-8217", "\x02?\x40\r")).toEqual({ readings: [], frames: 1, noiseBytes: 0 });
  });
});

const samples: Readonly<Record<Kind, readonly string[]>> = {
  "toledo-8217": ["\x02 00.845\r", "\x02?\x02\r", "\x02?\x0d\r", "\x02 01.250N\r", "\x02?\x40\r"],
  "cas-22": [`ST,GS,${lamp},   0.845 kg\r\n`, "US,NT,\r\n,   1.250 kg\r\n"],
  "cas-10": ["   0.845\r\n", "-  1.250\r\n"],
  "and-18": ["ST,+00012.34 kg\r\n", "US,-0000.005  kg\r\n"],
  "generic-line": ["1=xx   845 g\r", "0=\r\r 1.250kg\r"],
};

describe.each(Object.keys(configs) as Kind[])("bytes that come as a %s may send them", (kind) => {
  const protocol = scaleProtocol(configs[kind]);
  const bytes = fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc.constantFrom(...samples[kind].map((one) => Buffer.from(one, "latin1"))),
      ),
      {
        maxLength: 12,
      },
    )
    .map((pieces) => Buffer.concat(pieces));

  it("give the same readings however they are cut, never throw, and leave less than a frame behind", () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(20)), (all, cuts) => {
        const whole = new FrameReader(protocol);
        const wanted = whole.feed(all);
        const cut = new FrameReader(protocol);
        const got: WeightReading[] = [];
        let at = 0;
        for (const length of [...cuts, all.length]) {
          got.push(...cut.feed(all.subarray(at, at + length)));
          at += length;
        }
        expect(got).toEqual(wanted);
        expect(cut.noiseBytes).toBe(whole.noiseBytes);
        const before = cut.noiseBytes;
        cut.forget();
        expect(cut.noiseBytes - before).toBeLessThan(protocol.longestFrame);
      }),
      { numRuns: 2_000 },
    );
  });

  it("are read at a line's full speed: a megabyte of noise takes no second", () => {
    const noise = Buffer.alloc(1_000_000, "\x02 00.8ST,GS 1=");
    const began = performance.now();
    expect(new FrameReader(protocol).feed(noise)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
