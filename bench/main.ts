// `npm run bench -- NAME…` prints one JSON object per figure, all benches when no name is given. Exit 1 when a budget is
// missed, 2 when a name is unknown.
import { openScreen } from "#scripts/screen.ts";
import type { RunBench } from "./result.ts";

/** Loaded when asked for: some need a built till and a screen, others nothing. */
const benches: Readonly<Record<string, () => Promise<{ readonly run: RunBench }>>> = {
  scan: () => import("./scan.ts"),
  commit: () => import("./commit.ts"),
  search: () => import("./search.ts"),
  start: () => import("./start.ts"),
  memory: () => import("./memory.ts"),
  print: () => import("./print.ts"),
  sync: () => import("./sync.ts"),
  // Last: it lowers the priority of this process for good.
  bill: () => import("./bill.ts"),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(`bench: no ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}\n`);
  process.exit(2);
}

// One for all of them: a second could not tell the first's display, already gone, from the machine's own.
const screen = await openScreen();
Object.assign(process.env, screen.env);
let isWithinBudget = true;
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const { run } = await bench();
  for (const result of await run()) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    isWithinBudget &&= result.ok;
  }
}
screen.close();
process.exitCode = isWithinBudget ? 0 : 1;
