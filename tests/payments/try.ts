import { faultCells } from "./fault-courses.ts";
import { storyCells } from "./story-courses.ts";
import { createScenes } from "./run-cell.ts";
import { ways } from "./course.ts";
const only = process.argv[2];
const filter = process.argv[3];
const t0 = performance.now();
for (const way of ways.filter((w) => !only || only === "-" || w === only)) {
  const scenes = createScenes();
  const cells = [...storyCells(way), ...faultCells(way)].filter(
    (c) => !filter || `${c.stage} ${c.fault}`.includes(filter),
  );
  const started = performance.now();
  let courses = 0;
  const queue = cells.values();
  const lane = async () => {
    for (const cell of queue) {
      const ran = await scenes.run(cell).catch((e) => {
        console.log("THROW", way, cell.stage, cell.fault, e);
        return [];
      });
      courses += ran.length;
      const sum = ran.map((r) => `${r.end} ${r.waits.knownMs! / 1000}/${r.waits.goesOnMs! / 1000}`).join(" | ");
      console.log(`${way} ${cell.stage} ${cell.fault}: ${sum}`);
      for (const r of ran) for (const c of r.complaints) console.log("   !!", r.course.name, "::", c);
    }
  };
  await Promise.all([lane(), lane(), lane(), lane(), lane(), lane()]);
  await scenes.close();
  console.log(`== ${way}: ${cells.length} cells, ${courses} courses, ${Math.round(performance.now() - started)} ms`);
}
console.log(`${Math.round(performance.now() - t0)} ms`);
process.exit(0);
