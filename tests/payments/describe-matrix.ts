import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { cellsOf } from "./cells.ts";
import type { Way } from "./course.ts";
import { createScenes } from "./run-cell.ts";
import { columnOf, type Entry, entryOf, readColumn } from "./table.ts";

/** A cell takes a second; on a machine that is busy with ten other things, this long and no longer. */
const patienceMs = 600_000;

/**
 * One column of the fault matrix as tests: a cell is green when the simulator's ledger and the till agree at the end of
 * every course, no word on a screen was ever wrong, and nobody waited longer than stated.
 */
export function describeMatrix(way: Way): void {
  const scenes = createScenes();
  const entries: Entry[] = [];
  afterAll(() => scenes.close());

  describe.concurrent(`${way}: gateway and till agree, whatever fails`, { timeout: patienceMs }, () => {
    it.each(cellsOf(way))("$stage: $fault", async (cell) => {
      const ran = await scenes.run(cell);
      entries.push(entryOf(cell, ran));
      const complaints = ran.flatMap(({ course, complaints }) => complaints.map((one) => `${course.name}: ${one}`));
      expect(complaints).toEqual([]);
    });
  });

  it("docs/TESTING.md tells the same of every cell (npm run matrix -- --write)", () => {
    const page = readFileSync(join(projectRoot, "docs", "TESTING.md"), "utf8");
    expect(readColumn(page, way)).toEqual(columnOf(entries));
  });
}
