import { parseArgs } from "node:util";
import { buildIfStale } from "#scripts/build.ts";
import { openScreen } from "#scripts/screen.ts";
import { seededRandom } from "#tests/support/random.ts";
import { killEitherSide } from "./kills/kill-either-side.ts";
import { forgetful, visits } from "./kills/visits.ts";

// npm run legacy -- --kills N --seed S [--control]
//
// An old till in a process of its own has its sales paid by the real till in Electron and gives some of them back, over HTTPS,
// a serial line and the drop folder. In the middle of each payment or reversal one of them is killed (SIGKILL), or both at
// once: before the request leaves, when it has, with the payment on the screen, at four places of its call to the gateway,
// when the answer is there and when it is written down. Started again, the old till sends what it has no answer to, word for
// word; what TransactionStatus says after the kill and at the end must be so. At the end what the old till was told, what the
// till has booked and what the gateway has charged and given back are compared, sale by sale. 51 kills are each side at each
// step once.
// With --control the till forgets what it was asked when it dies, as one that had kept it in memory would: that must be found.
// The last line is the verdict as JSON.

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "51" },
    seed: { type: "string", default: "1" },
    control: { type: "boolean", default: false },
  },
});
const random = seededRandom(Number(values.seed));
const count = Number(values.kills);
await buildIfStale();
const screen = await openScreen();
Object.assign(process.env, screen.env);
try {
  const planned = values.control ? forgetful(count) : visits(random, count);
  const verdict = await killEitherSide({ visits: planned, random, forgets: values.control });
  console.log(JSON.stringify(values.control ? { control: "a till that forgets", ...verdict } : verdict));
  const { kills, lost, duplicated, unresolved, untrue } = verdict;
  const isWhole = kills === count && lost + duplicated + unresolved + untrue === 0;
  // Of two, the second is a reversal: told that there is none, of money that has gone back.
  const isFound = duplicated > 0 && (count < 2 || lost > 0);
  process.exitCode = (values.control ? isFound : isWhole) ? 0 : 1;
} finally {
  screen.close();
}
