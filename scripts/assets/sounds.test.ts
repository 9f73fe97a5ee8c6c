import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sampleRateHz, soundFiles } from "./sounds.ts";

const HEADER_BYTES = 44;
const sounds = soundFiles();

function samplesOf(wav: Buffer): readonly number[] {
  return Array.from({ length: (wav.length - HEADER_BYTES) / 2 }, (_, at) => wav.readInt16LE(HEADER_BYTES + at * 2));
}

/** The mean pitch by counting upward zero crossings. */
function pitchHz(samples: readonly number[]): number {
  const rises = samples.filter((sample, at) => at > 0 && sample >= 0 && (samples[at - 1] ?? 0) < 0).length;
  return (rises * sampleRateHz) / samples.length;
}

describe("the till's sounds", () => {
  test("are found, unknown, paid and refused, and no two are alike", () => {
    expect(sounds.map((sound) => sound.name)).toEqual(["found.wav", "unknown.wav", "paid.wav", "refused.wav"]);
    expect(new Set(sounds.map((sound) => sound.bytes.toString("base64"))).size).toBe(4);
  });

  test.each(sounds)("$name in resources is what the script writes", ({ name, bytes }) => {
    const written = readFileSync(new URL(`../../resources/sounds/${name}`, import.meta.url));
    expect(written.equals(bytes)).toBe(true);
  });

  test.each(sounds)(
    "$name is 16-bit mono under half a second, without clipping or a click at either end",
    ({ bytes }) => {
      expect(bytes.readUInt16LE(22)).toBe(1);
      expect(bytes.readUInt32LE(24)).toBe(sampleRateHz);
      expect(bytes.readUInt16LE(34)).toBe(16);
      expect(bytes.readUInt32LE(40)).toBe(bytes.length - HEADER_BYTES);
      const samples = samplesOf(bytes);
      expect(samples.length / sampleRateHz).toBeLessThan(0.5);
      expect(Math.max(...samples.map(Math.abs))).toBeLessThan(32_000);
      expect([samples.at(0), samples.at(-1)]).toEqual([0, 0]);
    },
  );

  test("rise for good news and are low or falling for bad", () => {
    const halves = Object.fromEntries(
      sounds.map(({ name, bytes }) => {
        const samples = samplesOf(bytes);
        const middle = Math.floor(samples.length / 2);
        return [name, { first: pitchHz(samples.slice(0, middle)), second: pitchHz(samples.slice(middle)) }];
      }),
    );
    expect(halves["found.wav"]?.second).toBeGreaterThan(halves["found.wav"]?.first ?? Infinity);
    expect(halves["paid.wav"]?.second).toBeGreaterThan(halves["paid.wav"]?.first ?? Infinity);
    expect(halves["refused.wav"]?.second).toBeLessThan(halves["refused.wav"]?.first ?? 0);
    expect(halves["unknown.wav"]?.first).toBeLessThan(400);
  });
});
