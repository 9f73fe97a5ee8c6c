import { runTool } from "#scripts/tally.ts";
import { fsyncDropped, syncMutants } from "./mutants.ts";

/** The rarest are noticed within a hundred days; the search ends at the first. */
const mostSeeds = 300;
/** The product itself, loaded the same way. */
const cleanSeeds = 20;

/** Loads the product with one mistake after the other; prints a line of JSON for each. False where one was not noticed. */
export async function runMutants(from: number): Promise<boolean> {
  const verdicts: boolean[] = [];
  for (const name of ["none", fsyncDropped, ...syncMutants.map((mutant) => mutant.name)]) {
    const seeds = name === "none" ? cleanSeeds : mostSeeds;
    const args = ["--sim", "--mutant", name, "--seed", String(from), "--seeds", String(seeds)] as const;
    const { output } = await runTool(["node", "tests/chaos/main.ts", ...args]);
    const verdict = JSON.parse(output.trim().split("\n").at(-1) ?? "{}") as Readonly<Record<string, unknown>>;
    const isCaught = verdict["brokenSeed"] !== null && verdict["brokenSeed"] !== undefined;
    const ok = isCaught === (name !== "none") && typeof verdict["seeds"] === "number";
    console.log(
      JSON.stringify({ mutant: name, caught: isCaught, promise: verdict["promise"], seeds: verdict["seeds"], ok }),
    );
    verdicts.push(ok);
  }
  return verdicts.every(Boolean);
}
