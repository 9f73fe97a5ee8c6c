import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { cellsOf } from "./cells.ts";
import { ways } from "./course.ts";
import { createScenes } from "./run-cell.ts";
import { type Entry, entryOf, renderTables, writeTables } from "./table.ts";

// npm run matrix            runs the fault matrix and says what came of it
// npm run matrix -- --write does so and brings the tables of docs/TESTING.md up to date; a test fails while they are not

const scenesAtOnce = 6;
const began = performance.now();
const scenes = createScenes();
const cells = ways.flatMap(cellsOf);
const entries = new Map<number, Entry>();
let courses = 0;
let complaints = 0;

const queue = cells.entries();
const lane = async (): Promise<void> => {
  for (const [place, cell] of queue) {
    const ran = await scenes.run(cell);
    courses += ran.length;
    entries.set(place, entryOf(cell, ran));
    for (const { course, complaints: found } of ran) {
      for (const complaint of found) console.log(`${cell.way} ${course.name}: ${complaint}`);
      complaints += found.length;
    }
  }
};
await Promise.all(Array.from({ length: scenesAtOnce }, lane));
await scenes.close();

if (process.argv.includes("--write")) {
  const page = join(projectRoot, "docs", "TESTING.md");
  const inOrder = cells.flatMap((_, place) => entries.get(place) ?? []);
  writeFileSync(page, writeTables(readFileSync(page, "utf8"), renderTables(inOrder)));
}
const ms = Math.round(performance.now() - began);
console.log(JSON.stringify({ cells: cells.length, courses, complaints, ms }));
process.exitCode = complaints === 0 ? 0 : 1;
