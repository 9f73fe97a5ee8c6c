import { writeSync } from "node:fs";
import { assert } from "#core/result.ts";
import { inputMaker } from "./make-input.ts";
import { memoryWatch } from "./memory-watch.ts";
import type { FuzzParser } from "./parser.ts";
import { parserNamed } from "./registry.ts";
import { shrink } from "./shrink.ts";
import { tryInput, type Tried } from "./try-input.ts";
import type { Word, Work } from "./work.ts";

// A process of run-parser.ts: reads inputs until one makes trouble or there are no more.

/** Between two signs of life, milliseconds. */
const betweenSigns = 200;
/** Every so many inputs are read a second time, to the same answer. */
const twiceEvery = 4;
const mostLooks = 1_500;
const words = 3;

// What run-parser.ts wrote.
const work = JSON.parse(process.argv[2] ?? "") as Work;
const parser = await parserNamed(work.parser);
assert(parser !== null, `a parser called ${work.parser}`);
if (work.input === undefined) await run(parser);
else await runOne(parser, Buffer.from(work.input, "base64"), -1);
process.exit(0);

async function run(parser: FuzzParser): Promise<void> {
  const make = inputMaker(parser, work.seed);
  const samples = parser.seeds().length;
  const memory = memoryWatch(work.to - work.from);
  let [taken, slowestMs, signedAt] = [0, 0, 0];
  for (let index = work.from; index < work.to; index += 1) {
    const now = performance.now();
    if (work.isStepping || now - signedAt > betweenSigns) {
      say({ kind: "at", index });
      signedAt = now;
      memory.look();
    }
    const input = make(index);
    const tried = await tryInput(parser, input, index % twiceEvery === 0);
    slowestMs = Math.max(slowestMs, performance.now() - now);
    const isUnknownSample = index < samples && tried.trouble === null && !tried.isTaken;
    if (tried.trouble !== null) return tell(parser, index, input, tried);
    if (isUnknownSample)
      return tell(parser, index, input, { isTaken: false, trouble: "not-taken", detail: "a valid sample" });
    if (tried.isTaken) taken += 1;
    await memory.after(index - work.from + 1);
  }
  const { heapGrowth, rssRatio, fault } = await memory.end();
  if (fault !== null)
    return tell(parser, work.to - 1, new Uint8Array(), { isTaken: false, trouble: "leak", detail: fault });
  const counts = { inputs: work.to - work.from, taken, slowestMs: Math.round(slowestMs), cpuSeconds: cpuSeconds() };
  say({ kind: "done", ...counts, heapGrowth, rssRatio });
}

async function runOne(parser: FuzzParser, input: Uint8Array, index: number): Promise<void> {
  say({ kind: "at", index });
  const tried = await tryInput(parser, input, true);
  if (tried.trouble !== null) return tell(parser, index, input, tried);
  const taken = tried.isTaken ? 1 : 0;
  say({ kind: "done", inputs: 1, taken, slowestMs: 0, cpuSeconds: 0, heapGrowth: 0, rssRatio: 1 });
}

/** Shrunk here where reading it again costs little; what hangs or kills is shrunk by who watches this process. */
async function tell(parser: FuzzParser, index: number, input: Uint8Array, tried: Tried): Promise<void> {
  const { trouble, detail } = tried;
  if (trouble === null) return;
  const isShort = trouble === "threw" || trouble === "differs";
  const isStillWrong = async (smaller: Uint8Array) => (await tryInput(parser, smaller, true)).trouble === trouble;
  const shrunk = isShort ? await shrink(input, isStillWrong, mostLooks) : input;
  const [whole, small] = [input, shrunk].map((bytes) => Buffer.from(bytes).toString("base64"));
  say({ kind: "trouble", index, trouble, detail, input: whole ?? "", shrunk: small ?? "" });
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 100_000) / 10;
}

function say(word: Word): void {
  writeSync(words, `${JSON.stringify(word)}\n`);
}
