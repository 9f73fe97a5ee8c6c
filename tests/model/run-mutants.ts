import { runTool } from "#scripts/tally.ts";
import { mutants } from "./mutants.ts";

/** The rarest mistakes need a race on the line; most are noticed within a score of runs, and the search ends there. */
const mostRuns = 1_500;
/** The product itself, loaded the same way. */
const cleanRuns = 100;

/** Loads the product with one mistake after the other; prints a line of JSON for each. False where one was not noticed. */
export async function runMutants(seed: number, workers: number): Promise<boolean> {
  const queue = ["none", ...mutants.map(({ name }) => name)].values();
  const verdicts: boolean[] = [];
  const lane = async (): Promise<void> => {
    for (const name of queue) verdicts.push(await judge(name, seed));
  };
  await Promise.all(Array.from({ length: Math.max(1, workers) }, lane));
  return verdicts.every(Boolean);
}

async function judge(name: string, seed: number): Promise<boolean> {
  const runs = String(name === "none" ? cleanRuns : mostRuns);
  const args = ["--mutant", name, "--runs", runs, "--seed", String(seed)] as const;
  const { code, output } = await runTool(["node", "tests/model/main.ts", ...args], { limitMinutes: 30 });
  const last = output.trim().split("\n").at(-1) ?? "";
  if (code !== 0) console.log(output);
  const verdict = code === 0 ? (JSON.parse(last) as Readonly<Record<string, unknown>>) : { mutant: name };
  const ok = verdict["caught"] === (name !== "none");
  console.log(JSON.stringify({ ...verdict, ok }));
  return ok;
}
