import type { Check } from "#main/backup/archive-files.ts";
import type { Hands } from "../workbench.ts";

/** A stick of which nothing was heard for this long is not waited for any more. Milliseconds. */
const stalledAfterMs = 120_000;
/** Main ends a worker that is silent for 20 s; a slow flush of a stick is no silence. Milliseconds. */
const signEveryMs = 2_000;

/** What a disk that answers nothing is answered with, as the system would say it. */
class Stalled extends Error {
  readonly code = "ETIMEDOUT";
}

/**
 * Work that waits for disks: gives signs of life while it does, and is given up once nothing has moved for two minutes.
 * @param begin where the share begins and ends of the whole job's, 0 to 1
 */
export async function keepAlive<T>(
  hands: Hands,
  [begin, end]: readonly [number, number],
  work: (check: Check) => Promise<T>,
): Promise<T> {
  let share = begin;
  let movedAtMs = performance.now();
  const stalled = Promise.withResolvers<never>();
  const timer = setInterval(() => {
    if (performance.now() - movedAtMs > stalledAfterMs) stalled.reject(new Stalled("nothing was heard of the disk"));
    try {
      hands.check(share);
    } catch (cancelled) {
      stalled.reject(cancelled);
    }
  }, signEveryMs);
  try {
    return await Promise.race([
      stalled.promise,
      work(async (done) => {
        share = begin + (end - begin) * done;
        movedAtMs = performance.now();
        await hands.pause(share);
      }),
    ]);
  } finally {
    clearInterval(timer);
  }
}
