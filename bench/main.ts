// `npm run bench -- NAME…` prints one JSON object per figure, all benches when no name is given. Exit 1 when a budget is
// missed, 2 when a name is unknown. `--rows N` makes `drain`, `feed` and `reports` smaller, to see that they work.
import { parseArgs } from "node:util";
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
  drain: () => import("./drain.ts"),
  feed: () => import("./feed.ts"),
  reports: () => import("./reports.ts"),
  // Last: it lowers the priority of this process for good.
  bill: () => import("./bill.ts"),
};

const { positionals: names, values } = parseArgs({ allowPositionals: true, options: { rows: { type: "string" } } });
const rows = values.rows === undefined ? null : Number(values.rows);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(`bench: no ${unknown.join(", ")}; there are ${Object.keys(benches).join(", ")}\n`);
  process.exit(2);
}
if (rows !== null && !(Number.isSafeInteger(rows) && rows >= 1_000 && rows <= 1_000_000)) {
  process.stderr.write("bench: --rows takes a whole number from 1000 to 1000000\n");
  process.exit(2);
}

// One for all of them: a second could not tell the first's display, already gone, from the machine's own.
const screen = await openScreen();
Object.assign(process.env, screen.env);
let isWithinBudget = true;
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const { run } = await bench();
  for (const result of await run({ rows })) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    isWithinBudget &&= result.ok;
  }
}
screen.close();
process.exitCode = isWithinBudget ? 0 : 1;
