// A till that lives one compressed day, in a process of its own:
// `node day-till.ts DATA-DIR URL STORE TERMINAL CODE SPEED SALES SEED [MISTAKE]`. Store, signatures and synchronisation are
// the till's own. What it writes down has the day's time; timetables and pauses run at the day's speed, or nearly; signatures
// are dated by the machine's clock, as head office's are. Words and answers are those of selling-till.ts.
import { createInterface } from "node:readline";
import { uuidV7 } from "#main/ids/uuid-v7.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { seededRandom } from "#tests/support/random.ts";
import { openTillParts } from "../till-parts.ts";
import type { TillWord } from "../till-words.ts";
import { openCounter } from "./counter.ts";
import { createDayClock } from "./day-clock.ts";
import { mistakes } from "./mistakes.ts";

const [dataDir = "", url = "", storeCode = "", terminalId = "", code = "", ...numbers] = process.argv.slice(2);
const [speed = 1, sales = 0, seed = 0] = numbers.slice(0, 3).map(Number);
const mistake = mistakes.find((one) => one === numbers[3]) ?? null;
/** In a very short day pauses of milliseconds would be no pauses any more. */
const pauseSpeed = Math.min(speed, 200);
/** Two changes in the day, and one a few minutes after the next one has begun. */
const shiftChanges: readonly number[] = [8 / 24, 16 / 24, (22 + 10 / 60) / 24];
/** Sales made in one go where the till is behind, before the rest of the process has its turn; the day waits for them. */
const mostAtOnce = 5;

let sold = 0;
let changes = 0;
const day = createDayClock(speed, () => (sold + mostAtOnce) / sales);
const newId = () => uuidV7(day.now());
const clock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms / pauseSpeed);
    return () => clearTimeout(timer);
  },
};
const time = { now: day.now, newId, clock, steadyMs: () => performance.now() * pauseSpeed };
const till = await openTillParts({ dataDir, url, storeCode, terminalId, relayUrl: "" }, time, code);
const counter = openCounter({
  ...{ store: till.store, terminalId, now: day.now, newId, random: seededRandom(seed), mistake },
  onPaper: (paper) => tell({ kind: "printed", ...paper }),
});
till.sync.start();
tell({ kind: "ready" });
for await (const word of createInterface({ input: process.stdin })) await obey(word);

async function obey(word: string): Promise<void> {
  if (word === "begin") {
    day.begin();
    counter.changeShift();
    liveOn();
  } else if (word === "standing" || word === "now") {
    if (word === "now") till.sync.now();
    tell({ kind: "standing", ...till.standing() });
  } else if (word === "end") {
    await till.close();
    process.exit(0);
  }
}

/** Makes the sales that are due; as many in a minute as in any other. */
function liveOn(): void {
  const due = Math.min(sales, Math.floor(day.share() * sales));
  for (let count = 0; count < mostAtOnce && sold < due; count += 1) {
    counter.serve();
    sold += 1;
  }
  if (day.share() >= (shiftChanges[changes] ?? Infinity)) {
    changes += 1;
    if (counter.changeShift()) till.sync.shiftClosed();
  }
  if (sold >= sales && changes >= shiftChanges.length) tell({ kind: "sold-out" });
  else setTimeout(liveOn, sold < due ? 0 : 2);
}

function tell(word: TillWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}
