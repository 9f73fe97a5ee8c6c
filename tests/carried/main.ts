import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { runTool } from "#scripts/tally.ts";
import { mutate } from "#tests/model/mutate.ts";
import { mutants } from "./mutants.ts";
import type { Failure } from "./run-model.ts";
import { runOverProcesses } from "./workers.ts";

// npm run carried -- --runs N --seed S [--path P] [--workers W]
// npm run carried -- --mutants [--runs N]
// npm run carried -- --mutant NAME | none --runs N --seed S
//
// Random days of payments that customers carry: the till and head office as the product has them, each on its own files,
// the gateway's book, and a network that loses, delays and doubles. The last line is the verdict as JSON. A failure prints
// its story and the line that runs it again. With --mutants the product is loaded with one mistake after the other, each of
// which must break the promise it is known to break, and without one, which must not be blamed.

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    path: { type: "string" },
    workers: { type: "string", default: "2" },
    mutant: { type: "string" },
    mutants: { type: "boolean", default: false },
  },
});
// Every commit is flushed all the same; on a file system in memory that costs nothing.
if (existsSync("/dev/shm")) process.env["TMPDIR"] = "/dev/shm";

/** As many as CI has of the product itself. Most mistakes are noticed within a score, and the search ends there. */
const mostRuns = 2_000;
/** The product itself, loaded the same way. */
const cleanRuns = 100;
const options = { runs: Number(values.runs), seed: Number(values.seed), path: values.path };

if (values.mutants) process.exitCode = (await runMutants()) ? 0 : 1;
else if (values.mutant === undefined) await proveIt();
else await runMutant(values.mutant);

async function proveIt(): Promise<void> {
  const began = performance.now();
  const run =
    values.path === undefined
      ? await runOverProcesses(options, Math.max(1, Number(values.workers)))
      : // Loaded here and not above, as below.
        await (await import("./run-model.ts")).runModel(options);
  const { failure, ...counts } = run;
  if (failure !== null) tell(failure, run.seed);
  const seconds = Math.round((performance.now() - began) / 1000);
  const failed = failure === null ? 0 : 1;
  console.log(JSON.stringify({ ...counts, seed: options.seed, failed, seconds }));
  process.exitCode = failed;
}

async function runMutant(name: string): Promise<void> {
  const mutant = mutants.find((one) => one.name === name);
  if (mutant === undefined && name !== "none") throw new Error(`no mutant is called ${name}`);
  const notLoaded = mutate(mutant ?? { name, mistake: "", edits: [] });
  // A mutant must be in place before the product is.
  const { runModel } = await import("./run-model.ts");
  const { failure, runs } = await runModel({ ...options, isUnshrunk: true });
  if (notLoaded().length > 0)
    throw new Error(`${name} changes files the model does not load: ${notLoaded().join(", ")}`);
  const promise = failure?.promise ?? null;
  const isExpected = promise === null || mutant?.breaks.includes(promise) === true;
  const verdict = { mutant: name, caught: failure !== null, promise, isExpected, runs };
  console.log(JSON.stringify({ ...verdict, seed: options.seed }));
}

/** A line of JSON for each. False where one was not noticed, or the product was blamed. */
async function runMutants(): Promise<boolean> {
  let areAllNoticed = true;
  for (const name of ["none", ...mutants.map((one) => one.name)]) {
    const runs = String(name === "none" ? cleanRuns : mostRuns);
    const args = ["--mutant", name, "--runs", runs, "--seed", String(options.seed)] as const;
    const { code, output } = await runTool(["node", "tests/carried/main.ts", ...args], { limitMinutes: 15 });
    const last = output.trim().split("\n").at(-1) ?? "";
    if (code !== 0) console.log(output);
    const verdict = code === 0 ? (JSON.parse(last) as Readonly<Record<string, unknown>>) : { mutant: name };
    const ok = verdict["caught"] === (name !== "none") && verdict["isExpected"] === true;
    areAllNoticed &&= ok;
    console.log(JSON.stringify({ ...verdict, ok }));
  }
  return areAllNoticed;
}

function tell({ promise, error, story, path }: Failure, seed: number): void {
  console.log(`\nA promise was broken: ${promise}\n${error}\n\n${story}\n`);
  console.log(`npm run carried -- --seed ${seed} --path "${path}"\n`);
}
