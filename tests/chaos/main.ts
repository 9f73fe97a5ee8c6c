import { parseArgs } from "node:util";
import { mutate } from "#tests/model/mutate.ts";
import { fsyncDropped, syncMutants } from "#tests/sync/simulation/mutants.ts";
import { runMutants } from "#tests/sync/simulation/run-mutants.ts";

// npm run chaos -- --seed S --seconds N [--tills N]        tills, relay and head office killed at random over bad lines
// npm run chaos -- --day [--tills N] [--sales N] [--minutes N] [--seed S]    24 hours in so many minutes, with outages
// npm run chaos -- --sim --seeds N [--seed FIRST]          days of tills, relay, line and head office in virtual time
// npm run chaos -- --sim --seeds N --engine postgres       and their journals once more on PostgreSQL, to the same rows
// npm run chaos -- --sim --mutant NAME | none --seeds N    the same with a mistake in the product
// npm run chaos -- --mutants                               every mistake, each in a process of its own
//
// The last line is the verdict as JSON. A broken promise prints what was broken and the seed that shows it again.

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seconds: { type: "string", default: "60" },
    tills: { type: "string" },
    day: { type: "boolean", default: false },
    sales: { type: "string", default: "20000" },
    minutes: { type: "string", default: "10" },
    seeds: { type: "string", default: "300" },
    sim: { type: "boolean", default: false },
    engine: { type: "string" },
    mutant: { type: "string" },
    mutants: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const run = values.mutants ? runMutants : values.sim ? simulate : values.day ? liveThrough : killAll;
process.exitCode = (await run(seed)) ? 0 : 1;

async function killAll(): Promise<boolean> {
  const { killEverything } = await import("./kill-everything.ts");
  const seconds = Number(values.seconds);
  const { tills, dead, kills, complaints, ...rest } = await killEverything({
    seed,
    seconds,
    tillCount: Number(values.tills ?? 3),
  });
  const sum = (of: "sales" | "entries" | "lost" | "duplicated" | "chainBreaks" | "apartFen" | "apartSales") =>
    tills.reduce((total, till) => total + till[of], 0);
  const findings = [...tills.flatMap((till) => till.findings), ...dead.findings];
  for (const finding of findings.slice(0, 100)) console.log(finding);
  const wrong = { lost: sum("lost") + dead.lost, duplicated: sum("duplicated"), chainBreaks: sum("chainBreaks") };
  const apart = { apartFen: sum("apartFen"), apartSales: sum("apartSales") };
  const isWell = [...Object.values(wrong), ...Object.values(apart)].every((count) => count === 0);
  const isGood = isWell && rest.isAgreed && rest.isShelfEmpty && sum("sales") > 0 && rest.crashes === 0;
  if (!isGood) for (const complaint of complaints.slice(-40)) console.log(complaint);
  const counts = { seed, seconds, sales: sum("sales"), entries: sum("entries"), ...wrong, ...apart };
  const killed = { tillKills: kills.tills, officeKills: kills.office, relayKills: kills.relay };
  const died = { deadTillKept: dead.kept, deadTillByRelayAlone: dead.byRelayAlone, deadTillPapers: dead.papers };
  const all = kills.tills + kills.office + kills.relay;
  console.log(JSON.stringify({ ...counts, kills: all, ...killed, ...died, ...rest }));
  return isGood;
}

async function liveThrough(): Promise<boolean> {
  const { liveDay } = await import("./day/live-day.ts");
  const { tellDay } = await import("./day/tell-day.ts");
  const [tills, sales, minutes] = [Number(values.tills ?? 4), Number(values.sales), Number(values.minutes)];
  const options = { seed, tills, sales, minutes };
  const told = tellDay(options, await liveDay(options));
  for (const line of told.lines) console.log(line);
  return told.isGood;
}

async function simulate(): Promise<boolean> {
  const began = performance.now();
  const { mutant: name } = values;
  const mutant = syncMutants.find((one) => one.name === name);
  const isWorlds = name === undefined || name === "none" || name === fsyncDropped;
  if (mutant === undefined && !isWorlds) throw new Error(`no mutant is called ${name}`);
  const notLoaded = mutate(mutant ?? { name: "none", mistake: "", edits: [] });
  // Loaded here and not above: a mistake must be in place before the product is.
  const { runSimulation } = await import("#tests/sync/simulation/run-simulation.ts");
  const isFsyncDropped = name === fsyncDropped;
  if (values.engine !== undefined && values.engine !== "postgres")
    throw new Error(`no engine is called ${values.engine}`);
  const lived = await runSimulation({ from: seed, seeds: Number(values.seeds), isFsyncDropped, engine: values.engine });
  if (notLoaded().length > 0) throw new Error(`${name} changes files that are not loaded: ${notLoaded().join(", ")}`);
  const { broken, ...counts } = lived;
  for (const { promise, what } of broken) console.log(`${promise}: ${what}`);
  if (lived.brokenSeed !== null) console.log(`npm run chaos -- --sim --seed ${lived.brokenSeed} --seeds 1`);
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(JSON.stringify({ ...counts, promise: broken[0]?.promise ?? null, failed: broken.length, seconds }));
  return broken.length === 0;
}
