import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { cellsOf } from "./cells.ts";
import { type Way, ways } from "./course.ts";
import { createScenes } from "./run-cell.ts";
import { type Entry, entryOf, renderTables, writeTables } from "./table.ts";

// npm run matrix            runs the fault matrix and says what came of it
// npm run matrix -- --write does so and brings the tables of docs/TESTING.md up to date; a test fails while they are not

/** What one process, which runs one way, tells on its last line. */
interface Column {
  readonly entries: readonly Entry[];
  readonly courses: number;
  readonly complaints: readonly string[];
}

const scenesAtOnce = 5;

async function runColumn(way: Way): Promise<Column> {
  const scenes = createScenes();
  const cells = cellsOf(way);
  const entries: Entry[] = [];
  const complaints: string[] = [];
  let courses = 0;
  const queue = cells.entries();
  const lane = async (): Promise<void> => {
    for (const [place, cell] of queue) {
      const ran = await scenes.run(cell);
      courses += ran.length;
      entries[place] = entryOf(cell, ran);
      complaints.push(...ran.flatMap(({ course, complaints: found }) => found.map((one) => `${course.name}: ${one}`)));
    }
  };
  await Promise.all(Array.from({ length: scenesAtOnce }, lane));
  await scenes.close();
  return { entries, courses, complaints: complaints.map((one) => `${way} ${one}`) };
}

/** Each way in a process of its own, so that every core has something to do. */
async function runAll(): Promise<number> {
  const began = performance.now();
  const columns = await Promise.all(
    ways.map(async (way) => {
      const options = { maxBuffer: 64 * 1024 * 1024 };
      const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, "--column", way], options);
      // Written by this very file.
      return JSON.parse(stdout) as Column;
    }),
  );
  const entries = columns.flatMap((column) => column.entries);
  const complaints = columns.flatMap((column) => column.complaints);
  for (const complaint of complaints) console.log(complaint);
  if (process.argv.includes("--write")) {
    const page = join(projectRoot, "docs", "TESTING.md");
    writeFileSync(page, writeTables(readFileSync(page, "utf8"), renderTables(entries)));
  }
  const courses = columns.reduce((sum, column) => sum + column.courses, 0);
  const ms = Math.round(performance.now() - began);
  console.log(JSON.stringify({ cells: entries.length, courses, complaints: complaints.length, ms }));
  return complaints.length === 0 ? 0 : 1;
}

const way = ways.find((one) => one === process.argv[process.argv.indexOf("--column") + 1]);
if (process.argv.includes("--column") && way !== undefined) console.log(JSON.stringify(await runColumn(way)));
else process.exitCode = await runAll();
