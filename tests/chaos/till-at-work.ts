import { until } from "#tests/support/poll.ts";
import type { FaultyProxy } from "#tests/sync/proxy.ts";
import type { Killable } from "./killable.ts";
import type { Printed, Standing, TillWord } from "./till-words.ts";

/** A till's process with its line to head office, and what it has told. */
export interface TillAtWork {
  readonly process: Killable;
  readonly dataDir: string;
  readonly terminalId: string;
  readonly printed: Printed[];
  readonly proxy: FaultyProxy;
  /** The last it told; null until it is asked. */
  standing: Standing | null;
  isSoldOut: boolean;
}

/**
 * A till takes note of a line it says; true for the one that means ready. A line that a kill cut off was not given out as a
 * paper: the customer holds none.
 */
export function hear(till: Pick<TillAtWork, "printed" | "standing" | "isSoldOut">, line: string): boolean {
  let word: TillWord;
  try {
    word = JSON.parse(line) as TillWord;
  } catch {
    return false;
  }
  if (word.kind === "printed") {
    const { saleId, saleNumber, totalFen, hash } = word;
    till.printed.push({ saleId, saleNumber, totalFen, hash });
  } else if (word.kind === "standing") till.standing = word;
  else if (word.kind === "sold-out") till.isSoldOut = true;
  return word.kind === "ready";
}

/** Whether every till, asked again and again, has said within `withinMs` that nothing waits and both sides agree. */
export async function waitUntilAgreed(tills: readonly TillAtWork[], withinMs: number): Promise<boolean> {
  const wholeSinceMs = Date.now();
  for (const till of tills) till.standing = null;
  const end = performance.now() + withinMs;
  while (performance.now() < end) {
    for (const { process } of tills) process.say("now");
    const at = performance.now() + 1_000;
    await until("the tills have had their turn", () => performance.now() >= at);
    const isDone = tills.every(({ standing }) => {
      if (standing === null) return false;
      const { waiting, lastAgreedAtMs, disagreedDates } = standing;
      return waiting === 0 && disagreedDates.length === 0 && (lastAgreedAtMs ?? 0) > wholeSinceMs;
    });
    if (isDone) return true;
  }
  return false;
}
