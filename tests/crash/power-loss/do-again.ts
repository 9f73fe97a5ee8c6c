import { join } from "node:path";
import { openingMs, people } from "#tests/support/bench-shop.ts";
import { openTillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock } from "#tests/support/virtual-clock.ts";
import { type Act, wholePaymentMs } from "./day-acts.ts";
import { dayGateway, dayRefunds } from "./day-till.ts";
import { lookAtBooks, type Tally } from "./look-at-books.ts";

/** Later than anything the day did, on the same business day. */
const afterTheDayMs = 8 * 3_600_000;

/**
 * What a shop does after a power cut: the till starts on what is left and takes up what was under way; then whoever was
 * pressing the keys, and was told nothing, presses them again. Answers what is in the books at the end.
 */
export async function doAgain(found: {
  readonly directory: string;
  readonly act: Act;
  readonly round: number;
  /** What had left the till before the power went, and so was done outside. */
  readonly left: ReadonlySet<string>;
}): Promise<Tally> {
  const { directory, act, round } = found;
  const left = { note: () => {}, before: found.left };
  const clock = createVirtualClock(openingMs + afterTheDayMs);
  const bench = openTillBench({
    ...{ directory, clock, gateway: dayGateway(left), refunds: dayRefunds(left), idsBegin: "again" },
  });
  const who = people[act.by];
  await bench.must("sign-in", { cashierId: who.id, pin: who.pin });
  await clock.advance(wholePaymentMs);
  await act.run({ bench, press: bench.send, round });
  await clock.advance(wholePaymentMs);
  bench.setAside();
  return lookAtBooks(join(directory, "sales.db")).tally;
}
