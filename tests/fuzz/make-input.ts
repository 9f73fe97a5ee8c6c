import { pick, pickOne, type Random, seededRandom } from "#tests/support/random.ts";
import { changeBytes, randomBytes } from "./change-bytes.ts";
import { changeJson } from "./change-json.ts";
import { type FuzzParser, usualBytes } from "./parser.ts";

/** Makes a parser's inputs: the same for the same seed and index, on any machine. The first ones are its valid samples. */
export function inputMaker(parser: FuzzParser, seed: number): (index: number) => Uint8Array {
  const { name, words = [], mostBytes = usualBytes } = parser;
  const seeds = parser.seeds();
  const nameNumber = [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7);
  const beside = { seeds, words, mostBytes };

  return (index) => {
    const sample = seeds[index];
    if (sample !== undefined) return sample;
    const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b) ^ nameNumber);
    // The first numbers after a seed near another are alike.
    for (let count = 0; count < 3; count += 1) random();
    const way = pick(random, 10);
    if (way === 0) return randomBytes(random, mostBytes);
    const from = pickOne(random, seeds);
    const structured = way < 6 ? structure(random, from, parser, mostBytes) : null;
    return structured ?? changeBytes(random, from, beside);
  };
}

function structure(random: Random, from: Uint8Array, { jsonFrom }: FuzzParser, mostBytes: number): Uint8Array | null {
  if (jsonFrom === undefined) return null;
  const head = from.subarray(0, jsonFrom);
  const text = changeJson(random, Buffer.from(from.subarray(jsonFrom)).toString(), mostBytes);
  return text === null ? null : Buffer.concat([head, Buffer.from(text)]).subarray(0, mostBytes);
}
