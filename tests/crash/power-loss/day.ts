// A day at the till, in its own process so that its calls to the disk can be recorded:
// `node day.ts DIRECTORY ROUNDS whole|split`. The till is the real one; hardware, gateway and time are the test's.
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { people } from "#tests/support/bench-shop.ts";
import { openTillBench } from "#tests/support/till-bench.ts";
import { dayActs } from "./day-acts.ts";
import { dayGateway, dayRefunds, openSplitStore, telling } from "./day-till.ts";
import { promisesFile } from "./disk-op.ts";

const [directory = "", rounds = "", manner = ""] = process.argv.slice(2);
const tell = telling(join(directory, promisesFile));
let act = "the till opened";
const left = { note: (number: string) => tell({ act, what: "left", number }), before: new Set<string>() };

const bench = openTillBench({
  directory,
  gateway: dayGateway(left),
  refunds: dayRefunds(left),
  ...(manner === "split" ? { openStore: openSplitStore } : {}),
});
// A paper in somebody's hand says that what stands on it is in the books.
bench.printed.push = (...papers) => {
  tell({ act, what: "left" });
  return papers.length;
};
await bench.atWork();
let signedIn: keyof typeof people = "cashier";
for (let round = 1; round <= Number(rounds); round += 1) {
  for (const { name, by, before, run } of dayActs) {
    const counter = { bench, press: bench.must, round };
    if (by !== signedIn) {
      await bench.must("sign-out", {});
      await bench.must("sign-in", { cashierId: people[by].id, pin: people[by].pin });
      signedIn = by;
    }
    act = `what comes before ${name}`;
    await before?.(counter);
    act = name;
    tell({ act, what: "begins" });
    await run(counter);
    assert(bench.faults.length === 0, bench.faults.join("; "));
    tell({ act, what: "done" });
  }
}
// No close: the power goes first.
process.exit(0);
