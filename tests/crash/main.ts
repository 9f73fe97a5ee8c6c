import { parseArgs } from "node:util";
import { buildIfStale } from "#scripts/build.ts";
import { openScreen } from "#scripts/screen.ts";
import { openShop } from "#tests/support/shop.ts";
import { type Acknowledged, readThreeBooks } from "./books.ts";
import { runCycle } from "./cycle.ts";
import { judge, type Verdict } from "./judge.ts";
import { killAtEveryPoint } from "./payments/kill-at-every-point.ts";
import { sweepTill } from "./sweep-till.ts";
import { exploreAll } from "./power-loss/explore-all.ts";
import { powerLossStates } from "./power-loss/power-loss-states.ts";
import { seededRandom } from "#tests/support/random.ts";

// npm run crash -- --cycles N --seed S [--states N] [--payments], or npm run crash -- --power-loss [--cuts N] [--seed S]
//
// With --power-loss nothing is killed: the power is cut in every act of a day, in migrations, in a list of goods and in the
// till's own files (tests/crash/power-loss/explore-all.ts), and each control must be found out. A line for each; the last one
// adds them up.
// First the power is cut on a simulated disk, at `states` points of real selling, once as the till sells
// (synchronous=FULL) and once as SQLite would by default (NORMAL): the control, which must lose some.
// Then the real till sells and is killed (SIGKILL) at random points over one data directory; at the end every payment is
// resolved, and the till's books are compared with what the screen acknowledged and with the gateway's own ledger.
// With --payments it is killed at chosen points instead: around both commits and around every call to the gateway, each
// cycle at the next one, in an order of the seed; a point that is never reached fails the run.
// The last line is the verdict as JSON.

const { values } = parseArgs({
  options: {
    cycles: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    states: { type: "string" },
    payments: { type: "boolean", default: false },
    "power-loss": { type: "boolean", default: false },
    /** Power cuts in each act; without it one of each kind after every call to the disk. */
    cuts: { type: "string" },
  },
});
const seed = Number(values.seed);
const cycles = Number(values.cycles);
if (values["power-loss"]) {
  const isWhole = await exploreAll({ seed, cuts: values.cuts === undefined ? "every" : Number(values.cuts) });
  process.exit(isWhole ? 0 : 1);
}
const isDurable = await cutThePower(Number(values.states ?? (values.payments ? 0 : 300)));
await buildIfStale();
const screen = await openScreen();
Object.assign(process.env, screen.env);
try {
  const isGood = values.payments ? await killInPayments() : await killAnywhere();
  process.exitCode = isDurable && isGood ? 0 : 1;
} finally {
  screen.close();
}

async function cutThePower(states: number): Promise<boolean> {
  if (states === 0) return true;
  const full = await powerLossStates({ states, seed, synchronous: "FULL" });
  console.log(JSON.stringify({ powerLoss: "FULL", states, ...full }));
  const normal = await powerLossStates({ states, seed, synchronous: "NORMAL" });
  console.log(JSON.stringify({ powerLoss: "NORMAL, the control that must lose", states, ...normal, findings: [] }));
  return full.acknowledged > 0 && full.lost + full.corrupt + full.half === 0 && normal.lost > 0;
}

async function killInPayments(): Promise<boolean> {
  const verdict = await killAtEveryPoint({ cycles, random: seededRandom(seed) });
  console.log(JSON.stringify({ cycles, ...verdict }));
  const { onScreenFen, inBooksFen, atGatewayFen } = verdict;
  const isEqual = onScreenFen === inBooksFen && inBooksFen === atGatewayFen;
  return isEqual && isClean(verdict) && verdict.missed + verdict.violations + verdict.secretsFound === 0;
}

async function killAnywhere(): Promise<boolean> {
  const { verdict, secretsFound } = await sellAndKill();
  console.log(JSON.stringify({ cycles, ...verdict }));
  return isClean(verdict) && secretsFound === 0 && verdict.acknowledged > 0;
}

function isClean({ lost, duplicated, unresolved }: Verdict): boolean {
  return lost + duplicated + unresolved === 0;
}

async function sellAndKill(): Promise<{ readonly verdict: Verdict; readonly secretsFound: number }> {
  const shop = await openShop();
  const random = seededRandom(seed);
  const pins = new Map<string, string>();
  const acknowledged: Acknowledged[] = [];
  try {
    // Kills that all came before a sale say nothing of sales: a short run goes on until one was acknowledged.
    const most = cycles * 10;
    for (let cycle = 1; cycle <= cycles || (acknowledged.length === 0 && cycle <= most); cycle += 1) {
      const sold = await runCycle({ shop, random, pins, isLast: false });
      acknowledged.push(...sold);
      console.log(`cycle ${cycle}/${cycles}: ${sold.length} sales acknowledged before the kill`);
    }
    acknowledged.push(...(await runCycle({ shop, random, pins, isLast: true })));
    const seen = { sales: acknowledged, givenBack: [], baskets: [] };
    const { verdict, findings } = judge(await readThreeBooks(shop, seen));
    for (const { kind, what } of findings) console.log(`${kind}: ${what}`);
    return { verdict, secretsFound: sweepTill(shop) };
  } finally {
    await shop.close();
  }
}
