// `npm run bench -- NAME…` prints one JSON object per figure, all benches when no name is given; `sync` is `ingest drain feed`.
// Exit 1 when a budget is missed, 2 when a name is unknown. `--rows N` makes `drain`, `feed`, `import` and `reports` smaller, to
// see that they work. `--data DIR`, or TILLWAY_BENCH_DATA, is a directory that `npm run seed` has made: `all` is then the six
// benches that know it, which sell and import into it as a shop would.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openScreen } from "#scripts/screen.ts";
import type { RunBench } from "./result.ts";
import { readSeeded, type SeededDirectory } from "./support/seeded-till.ts";

/** Loaded when asked for: some need a built till and a screen, others nothing. */
const benches: Readonly<Record<string, () => Promise<{ readonly run: RunBench }>>> = {
  scan: () => import("./scan.ts"),
  commit: () => import("./commit.ts"),
  search: () => import("./search.ts"),
  start: () => import("./start.ts"),
  memory: () => import("./memory.ts"),
  print: () => import("./print.ts"),
  ingest: () => import("./ingest.ts"),
  drain: () => import("./drain.ts"),
  feed: () => import("./feed.ts"),
  promotions: () => import("./promotions.ts"),
  import: () => import("./import.ts"),
  reports: () => import("./reports.ts"),
  // Last: it lowers the priority of this process for good.
  bill: () => import("./bill.ts"),
};

/** What a seeded directory is measured by. */
const seededBenches = ["scan", "commit", "search", "start", "memory", "reports"];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: "string" }, data: { type: "string" } },
});
const rows = values.rows === undefined ? null : Number(values.rows);
const data = values.data ?? process.env["TILLWAY_BENCH_DATA"];
/** Several by one name. */
const groups = new Map([
  ["all", data === undefined ? Object.keys(benches) : seededBenches],
  ["sync", ["ingest", "drain", "feed"]],
]);
const asked = positionals.length === 0 ? ["all"] : positionals;
const names = asked.flatMap((name) => groups.get(name) ?? [name]);
const unknown = names.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  process.stderr.write(
    `bench: no ${unknown.join(", ")}; there are ${[...Object.keys(benches), ...groups.keys()].join(", ")}\n`,
  );
  process.exit(2);
}
if (rows !== null && !(Number.isSafeInteger(rows) && rows >= 1_000 && rows <= 1_000_000)) {
  process.stderr.write("bench: --rows takes a whole number from 1000 to 1000000\n");
  process.exit(2);
}

const unseeded = data === undefined ? [] : names.filter((name) => !seededBenches.includes(name));
if (unseeded.length > 0) {
  process.stderr.write(
    `bench: ${unseeded.join(", ")} makes data of its own; --data is for ${seededBenches.join(", ")}\n`,
  );
  process.exit(2);
}
const seeded = data === undefined ? null : lookAt(resolve(data));

// One for all of them: a second could not tell the first's display, already gone, from the machine's own.
const screen = await openScreen();
Object.assign(process.env, screen.env);
let isWithinBudget = true;
for (const [name, bench] of Object.entries(benches)) {
  if (!names.includes(name)) continue;
  const { run } = await bench();
  for (const result of await run({ rows, seeded })) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    isWithinBudget &&= result.ok;
  }
}
screen.close();
process.exitCode = isWithinBudget ? 0 : 1;

function lookAt(dataDir: string): SeededDirectory {
  try {
    return readSeeded(dataDir);
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
