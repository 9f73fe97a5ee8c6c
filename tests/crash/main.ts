import { parseArgs } from "node:util";
import { buildIfStale } from "#scripts/build.ts";
import { openScreen } from "#scripts/screen.ts";
import { openShop } from "#tests/support/shop.ts";
import { judge } from "./judge.ts";
import { runCycle, type Acknowledged } from "./cycle.ts";
import { randomFrom } from "./random.ts";

// npm run crash -- --cycles N --seed S: sells on the real till and kills it (SIGKILL) at random points, again and again,
// over one data directory; then lets every payment be resolved and compares the till's books with what was acknowledged
// on the screen and with the gateway's own ledger. The last line is the verdict as JSON.

const { values } = parseArgs({
  options: { cycles: { type: "string", default: "10" }, seed: { type: "string", default: "1" } },
});
const cycles = Number(values.cycles);
const seed = Number(values.seed);

await buildIfStale();
const screen = await openScreen();
Object.assign(process.env, screen.env);
const shop = await openShop();
const random = randomFrom(seed);
const acknowledged: Acknowledged[] = [];
const pins = new Map<string, string>();
try {
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const sold = await runCycle({ shop, random, pins, isLast: false });
    acknowledged.push(...sold);
    console.log(`cycle ${cycle}/${cycles}: ${sold.length} sales acknowledged before the kill`);
  }
  acknowledged.push(...(await runCycle({ shop, random, pins, isLast: true })));
  const verdict = { cycles, ...(await judge(shop, acknowledged)) };
  console.log(JSON.stringify(verdict));
  process.exitCode = verdict.lost + verdict.duplicated + verdict.unresolved === 0 ? 0 : 1;
} finally {
  await shop.close();
  screen.close();
}
