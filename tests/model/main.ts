import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Failure, ModelOptions, ModelRun } from "./run-model.ts";
import { mutants } from "./mutants.ts";
import { mutate } from "./mutate.ts";
import { runMutants } from "./run-mutants.ts";
import { runOverProcesses } from "./workers.ts";

// npm run model -- --runs N --seed S [--path P --replay-path R] [--workers W]
// npm run model -- --mutants [--runs N]
// npm run model -- --mutant NAME | none --runs N --seed S
//
// Random days of payments at the till, each with every kind of trouble, compared with the gateway's own book. The last
// line is the verdict as JSON. A failure prints its story and the line that runs it again. With --mutant the product is
// loaded with that mistake in it, in this process, and the verdict says which promise it broke; with --mutants each
// mistake is loaded in a process of its own and must be noticed, and the product without one must not be blamed.

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    path: { type: "string" },
    "replay-path": { type: "string" },
    workers: { type: "string", default: "2" },
    mutant: { type: "string" },
    mutants: { type: "boolean", default: false },
  },
});
// Every commit is fsynced all the same; on a file system in memory that costs nothing.
if (existsSync("/dev/shm")) process.env["TMPDIR"] = "/dev/shm";

const options = { runs: Number(values.runs), seed: Number(values.seed) };
if (values.mutants) process.exitCode = (await runMutants(options.seed, Number(values.workers))) ? 0 : 1;
else if (values.mutant === undefined) await proveIt();
else await runMutant(values.mutant);

async function proveIt(): Promise<void> {
  const began = performance.now();
  console.log(`seed ${options.seed}`);
  const run =
    values.path === undefined
      ? await runOverProcesses(options, Math.max(1, Number(values.workers)))
      : await runHere(replay());
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
  const { failure, runs } = await runHere({ ...replay(), isUnshrunk: true });
  if (notLoaded().length > 0)
    throw new Error(`${name} changes files the model does not load: ${notLoaded().join(", ")}`);
  if (failure !== null) tell(failure, options.seed, `--mutant ${name} `);
  const verdict = { mutant: name, caught: failure !== null, promise: failure?.promise ?? null, runs };
  console.log(JSON.stringify({ ...verdict, seed: options.seed }));
}

function replay(): ModelOptions {
  return { ...options, path: values.path, replayPath: values["replay-path"] };
}

/** Loaded here and not above: a mutant must be in place before the product is. */
async function runHere(what: ModelOptions): Promise<ModelRun> {
  const { runModel } = await import("./run-model.ts");
  return runModel(what);
}

function tell({ promise, error, story, path, replayPath }: Failure, seed: number, more = ""): void {
  console.log(`\nA promise was broken: ${promise}\n${error}\n\n${story}\n`);
  console.log(`npm run model -- ${more}--seed ${seed} --path "${path}" --replay-path "${replayPath}"\n`);
}
