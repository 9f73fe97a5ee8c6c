import { parseArgs } from "node:util";
import { buildIfStale } from "#scripts/build.ts";
import { openScreen } from "#scripts/screen.ts";
import { openShop } from "#tests/support/shop.ts";
import { runCycle, type Acknowledged } from "./cycle.ts";
import { judge, type Verdict } from "./judge.ts";
import { powerLossStates } from "./power-loss/power-loss-states.ts";
import { seededRandom } from "#tests/support/random.ts";

// npm run crash -- --cycles N --seed S [--states N]
//
// First the power is cut on a simulated disk, at `states` points of real selling, once as the till sells
// (synchronous=FULL) and once as SQLite would by default (NORMAL): the control, which must lose some.
// Then the real till sells and is killed (SIGKILL) at random points over one data directory; at the end every payment is
// resolved, and the till's books are compared with what the screen acknowledged and with the gateway's own ledger.
// The last line is the verdict as JSON.

const { values } = parseArgs({
  options: {
    cycles: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    states: { type: "string", default: "300" },
  },
});
const seed = Number(values.seed);
const isDurable = await cutThePower(Number(values.states));
const verdict = { cycles: Number(values.cycles), ...(await killAndCompare(Number(values.cycles))) };
console.log(JSON.stringify(verdict));
process.exitCode = isDurable && verdict.lost + verdict.duplicated + verdict.unresolved === 0 ? 0 : 1;

async function cutThePower(states: number): Promise<boolean> {
  if (states === 0) return true;
  const full = await powerLossStates({ states, seed, synchronous: "FULL" });
  console.log(JSON.stringify({ powerLoss: "FULL", states, ...full }));
  const normal = await powerLossStates({ states, seed, synchronous: "NORMAL" });
  console.log(JSON.stringify({ powerLoss: "NORMAL, the control that must lose", states, ...normal, findings: [] }));
  return full.acknowledged > 0 && full.lost + full.corrupt + full.half === 0 && normal.lost > 0;
}

async function killAndCompare(cycles: number): Promise<Verdict> {
  await buildIfStale();
  const screen = await openScreen();
  Object.assign(process.env, screen.env);
  const shop = await openShop();
  const random = seededRandom(seed);
  const pins = new Map<string, string>();
  const acknowledged: Acknowledged[] = [];
  try {
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const sold = await runCycle({ shop, random, pins, isLast: false });
      acknowledged.push(...sold);
      console.log(`cycle ${cycle}/${cycles}: ${sold.length} sales acknowledged before the kill`);
    }
    acknowledged.push(...(await runCycle({ shop, random, pins, isLast: true })));
    return await judge(shop, acknowledged);
  } finally {
    await shop.close();
    screen.close();
  }
}
