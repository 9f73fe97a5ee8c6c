import { describe, expect, it } from "vitest";
import { seededRandom } from "#tests/support/random.ts";
import { changeJson } from "./change-json.ts";
import { controls, silenceMsOf } from "./controls.ts";
import { inputMaker } from "./make-input.ts";
import { type FuzzParser, usualBytes } from "./parser.ts";
import { parserNamed, parserNames } from "./registry.ts";
import { runInput, runParser } from "./run-parser.ts";
import { shrink } from "./shrink.ts";
import { tryInput } from "./try-input.ts";

async function loaded(): Promise<readonly FuzzParser[]> {
  const parsers = await Promise.all(parserNames.map(parserNamed));
  return parsers.filter((parser) => parser !== null);
}

describe("the fuzzer", () => {
  it("makes the same inputs for the same seed, others for another, and none longer than it may be", async () => {
    const parsers = await loaded();
    for (const parser of parsers) {
      const [make, again, other] = [inputMaker(parser, 7), inputMaker(parser, 7), inputMaker(parser, 8)];
      const first = Array.from({ length: 60 }, (_, index) => Buffer.from(make(index)));
      expect(first.map((_, index) => Buffer.from(again(index)))).toEqual(first);
      const { length } = parser.seeds();
      const isOther = first.some((input, index) => index >= length && !input.equals(Buffer.from(other(index))));
      expect([parser.name, isOther || length >= 60]).toEqual([parser.name, true]);
      for (const input of first.slice(length)) expect(input.length).toBeLessThanOrEqual(parser.mostBytes ?? usualBytes);
    }
  });

  it("has every parser once, each with samples that it takes, to the same answer each time", async () => {
    const parsers = await loaded();
    expect(parsers.map(({ name }) => name)).toEqual(parserNames);
    for (const parser of parsers) {
      for (const [index, sample] of parser.seeds().entries()) {
        const { isTaken, trouble, detail } = await tryInput(parser, sample, true);
        expect([parser.name, index, trouble, detail, isTaken]).toEqual([parser.name, index, null, "", true]);
      }
    }
  });

  it("nests and renames inside JSON, and leaves what is none to others", () => {
    const random = seededRandom(3);
    const changed = Array.from(
      { length: 400 },
      () => changeJson(random, '{"a":{"b":[1,"x"]},"c":2}', usualBytes) ?? "",
    );
    expect(changed.some((text) => text.includes("[[[[[[") || text.includes('{"a":{"a":{"a":'))).toBe(true);
    expect(changed.some((text) => text.includes('"__proto__":'))).toBe(true);
    expect(changed.some((text) => text.includes("\\ud800"))).toBe(true);
    expect(changeJson(random, "{", usualBytes)).toBeNull();
  });

  it("shrinks an input to what matters of it", async () => {
    const input = Buffer.from(`${"a".repeat(300)}!${"b".repeat(200)}`);
    const shrunk = await shrink(input, async (smaller) => Buffer.from(smaller).includes("!"), 2_000);
    expect(Buffer.from(shrunk).toString()).toBe("!");
  });
});

describe("a parser with a mistake in it", () => {
  it.each(controls.map((control) => [control.parser.name, control.trouble, control] as const))(
    "is noticed: %s, %s",
    async (name, trouble, control) => {
      const ran = await runParser({ parser: name, seed: 1, from: 0, to: 4_000 }, silenceMsOf(control));
      expect("failure" in ran ? ran.failure.trouble : ran.counts).toBe(trouble);
    },
    120_000,
  );

  it("is told by the input it was shrunk to, and that input alone shows it again", async () => {
    const ran = await runParser({ parser: "control-throws", seed: 1, from: 0, to: 4_000 });
    const shrunk = "failure" in ran ? ran.failure.shrunk : new Uint8Array();
    expect([...shrunk]).toEqual([0xff]);
    const again = await runInput("control-throws", shrunk);
    expect("failure" in again ? again.failure.trouble : "none").toBe("threw");
  });
});
