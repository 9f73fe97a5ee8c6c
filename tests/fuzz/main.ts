import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { type Control, controls, silenceMsOf } from "./controls.ts";
import { inputsFor } from "./parser.ts";
import { parserNamed, parserNames } from "./registry.ts";
import { type Failure, runInput, runParser } from "./run-parser.ts";

// npm run fuzz -- [--inputs N] [--seed S] [--parser NAME]… [--from I] [--workers W]
// npm run fuzz -- --list
// npm run fuzz -- --parser NAME --input FILE
// npm run fuzz -- --controls
//
// Every parser of bytes from outside on N inputs made from valid samples and from nothing, in processes of their own. One
// line of JSON for each parser, with `ok`; a failure prints what happened and the line that runs it again, and its input lies
// in test-results/fuzz. With --controls parsers with mistakes in them must be noticed. Exit code 1 if any is not ok.

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    workers: { type: "string", default: "2" },
    parser: { type: "string", multiple: true },
    input: { type: "string" },
    list: { type: "boolean", default: false },
    controls: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const asked = values.parser ?? parserNames;
for (const name of asked)
  if ((await parserNamed(name)) === null) throw new Error(`no parser is called ${name}; --list shows them`);

if (values.list)
  for (const name of parserNames) console.log(`${name.padEnd(24)}${(await parserNamed(name))?.reads ?? ""}`);
else if (values.input !== undefined) await runFile(values.input);
else if (values.controls) await inLanes(controls, runControl);
else await inLanes(asked, runNamed);

async function runNamed(name: string): Promise<boolean> {
  const began = performance.now();
  const parser = await parserNamed(name);
  if (parser === null) return false;
  const from = Number(values.from);
  const ran = await runParser({ parser: name, seed, from, to: from + inputsFor(parser, Number(values.inputs)) });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  if ("failure" in ran) tell(name, ran.failure);
  const figures = "counts" in ran ? ran.counts : { trouble: ran.failure.trouble, index: ran.failure.index };
  console.log(JSON.stringify({ parser: name, ...figures, seed, seconds, ok: "counts" in ran }));
  return "counts" in ran;
}

async function runFile(file: string): Promise<void> {
  const name = asked[0] ?? "";
  const ran = await runInput(name, readFileSync(file));
  if ("failure" in ran) tell(name, ran.failure);
  console.log(JSON.stringify({ parser: name, input: file, ok: "counts" in ran }));
  process.exitCode = "counts" in ran ? 0 : 1;
}

async function runControl(control: Control): Promise<boolean> {
  const { parser, trouble } = control;
  const ran = await runParser({ parser: parser.name, seed, from: 0, to: 4_000 }, silenceMsOf(control));
  const seen = "failure" in ran ? ran.failure.trouble : null;
  console.log(JSON.stringify({ control: parser.name, expected: trouble, seen, ok: seen === trouble }));
  return seen === trouble;
}

async function inLanes<T>(all: readonly T[], run: (one: T) => Promise<boolean>): Promise<void> {
  const queue = all.values();
  let isWell = true;
  const lane = async () => {
    for (const one of queue) if (!(await run(one))) isWell = false;
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.workers)) }, lane));
  process.exitCode = isWell ? 0 : 1;
}

function tell(name: string, { index, trouble, detail, input, shrunk }: Failure): void {
  const folder = join("test-results", "fuzz");
  mkdirSync(join(projectRoot, folder), { recursive: true });
  const file = join(folder, `${name}-${seed}-${index}.bin`);
  writeFileSync(join(projectRoot, file), shrunk);
  console.log(`\n${name}, seed ${seed}, input ${index}: ${trouble}\n${detail}`);
  console.log(`${input.length} bytes, shrunk to ${shrunk.length}: ${file}`);
  console.log(`npm run fuzz -- --parser ${name} --input ${file}`);
  console.log(`npm run fuzz -- --parser ${name} --seed ${seed} --from ${index} --inputs 1\n`);
}
