import { type ActReport, exploreDay, type Spoilt } from "./explore-day.ts";
import { type CarelessWith, exploreKept } from "./explore-kept.ts";
import { keptThings } from "./kept-things.ts";

/** Power cuts of each kept thing that has thousands of calls; one with fewer is cut after every call, by each kind. */
const mostKeptCuts = 2_000;
/** A look at an old file brings it up to date, which takes a second. */
const mostMigrationCuts = 300;
/** Enough to find any control out. */
const controlCuts = 40;

/**
 * Explores everything and prints what was found, a line of JSON each: all zeros for the till, findings for every control. True
 * where both is so.
 */
export async function exploreAll(options: {
  readonly seed: number;
  readonly cuts: number | "every";
}): Promise<boolean> {
  const { seed, cuts } = options;
  const reports: ActReport[] = [];
  const tell = (report: ActReport): void => {
    reports.push(report);
    console.log(JSON.stringify({ powerLoss: "the till", ...report }));
  };
  for (const report of await exploreDay({ seed, rounds: 1, cuts, spoilt: null })) tell(report);
  for (const thing of keptThings) {
    const most = thing.endsWith("of every earlier version") ? mostMigrationCuts : mostKeptCuts;
    const kept = { seed, cuts: cuts === "every" ? most : Math.min(cuts, most), versions: "every" } as const;
    tell(await exploreKept(thing, { ...kept, careless: null }));
  }
  const missed = await controls(seed);
  const sum = (of: "states" | "lost" | "doubled" | "half" | "traces"): number =>
    reports.reduce((total, report) => total + report[of], 0);
  const [lost, doubled, half, traces] = [sum("lost"), sum("doubled"), sum("half"), sum("traces")];
  console.log(JSON.stringify({ states: sum("states"), lost, doubled, half, traces, controlsMissed: missed }));
  return lost + doubled + half + traces + missed === 0;
}

/** How many controls were not found out; must be none. */
async function controls(seed: number): Promise<number> {
  let missed = 0;
  const tell = (control: Spoilt | CarelessWith, reports: readonly ActReport[]): void => {
    for (const { act, states, lost, doubled, half } of reports) {
      console.log(
        JSON.stringify({ powerLoss: `control ${control}, which must lose`, act, states, lost, doubled, half }),
      );
      if (lost + doubled + half === 0) missed += 1;
    }
  };
  tell("split", await exploreDay({ seed, rounds: 1, cuts: 0, spoilt: "split" }));
  for (const spoilt of ["log-not-synced", "names-not-synced"] as const)
    tell(spoilt, await exploreDay({ seed, rounds: 1, cuts: controlCuts, spoilt, only: "a sale held" }));
  for (const thing of keptThings) {
    const careless = thing.endsWith("of every earlier version") ? "migrations" : "syncs";
    tell(careless, [await exploreKept(thing, { seed, cuts: controlCuts, versions: "some", careless })]);
  }
  return missed;
}
