import { parseArgs } from "node:util";
import { runSimulation } from "#tests/sync/simulation/run-simulation.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "300" },
    sim: { type: "boolean", default: false },
  },
});
const began = performance.now();
const run = await runSimulation({ from: Number(values.seed), seeds: Number(values.seeds) });
const { broken, ...counts } = run;
for (const { promise, what } of broken) console.log(`${promise}: ${what}`);
console.log(
  JSON.stringify({ ...counts, failed: broken.length, seconds: Math.round((performance.now() - began) / 1000) }),
);
process.exitCode = broken.length === 0 ? 0 : 1;
