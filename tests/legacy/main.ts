import { parseArgs } from "node:util";
import { buildIfStale } from "#scripts/build.ts";
import { openScreen } from "#scripts/screen.ts";
import { seededRandom } from "#tests/support/random.ts";
import { killEitherSide } from "./kills/kill-either-side.ts";
import { forgetful, visits } from "./kills/visits.ts";

// npm run legacy -- --kills N --seed S [--control]
//
// An old till in a process of its own has its sales paid by the real till in Electron, over HTTPS and the drop folder. In the
// middle of each payment one of them is killed (SIGKILL), or both at once: before the request leaves, when it has, with the
// payment on the screen, at four places of its call to the gateway, when the answer is there and when it is written down.
// Started again, the old till sends what it has no answer to, word for word. At the end what it was told, what the till has
// booked and what the gateway has charged are compared, sale by sale.
// With --control the till forgets what it was asked when it dies, as one that had kept it in memory would: that must be found.
// The last line is the verdict as JSON.

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "27" },
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
  const { kills, lost, duplicated, unresolved } = verdict;
  const isWhole = kills === count && lost + duplicated + unresolved === 0;
  process.exitCode = (values.control ? duplicated > 0 : isWhole) ? 0 : 1;
} finally {
  screen.close();
}
