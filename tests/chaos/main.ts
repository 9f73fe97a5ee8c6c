import { parseArgs } from "node:util";
import { mutate } from "#tests/model/mutate.ts";
import { fsyncDropped, syncMutants } from "#tests/sync/simulation/mutants.ts";
import { runMutants } from "#tests/sync/simulation/run-mutants.ts";

// npm run chaos -- --sim --seeds N [--seed FIRST]          days of tills, line and head office in virtual time
// npm run chaos -- --sim --mutant NAME | none --seeds N    the same with a mistake in the product
// npm run chaos -- --mutants                               every mistake, each in a process of its own
//
// The last line is the verdict as JSON. A broken promise prints what was broken and the seed that shows it again.

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "300" },
    sim: { type: "boolean", default: false },
    mutant: { type: "string" },
    mutants: { type: "boolean", default: false },
  },
});
const isGood = values.mutants ? await runMutants(Number(values.seed)) : await simulate();
process.exitCode = isGood ? 0 : 1;

async function simulate(): Promise<boolean> {
  const began = performance.now();
  const { mutant: name } = values;
  const mutant = syncMutants.find((one) => one.name === name);
  const isWorlds = name === undefined || name === "none" || name === fsyncDropped;
  if (mutant === undefined && !isWorlds) throw new Error(`no mutant is called ${name}`);
  const notLoaded = mutate(mutant ?? { name: "none", mistake: "", edits: [] });
  // Loaded here and not above: a mistake must be in place before the product is.
  const { runSimulation } = await import("#tests/sync/simulation/run-simulation.ts");
  const run = await runSimulation({
    from: Number(values.seed),
    seeds: Number(values.seeds),
    isFsyncDropped: name === fsyncDropped,
  });
  if (notLoaded().length > 0) throw new Error(`${name} changes files that are not loaded: ${notLoaded().join(", ")}`);
  const { broken, ...counts } = run;
  for (const { promise, what } of broken) console.log(`${promise}: ${what}`);
  if (run.brokenSeed !== null) console.log(`npm run chaos -- --sim --seed ${run.brokenSeed} --seeds 1`);
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(JSON.stringify({ ...counts, promise: broken[0]?.promise ?? null, failed: broken.length, seconds }));
  return broken.length === 0;
}
