import { AsyncLocalStorage } from "node:async_hooks";
import { assert } from "#core/result.ts";
import { StoreUnavailable } from "./sql.ts";

/**
 * SQLite has one writer: what is to be written waits here for its turn. At most `mostWaiting` wait, because at a
 * millisecond or two each the last of them has waited as long as a till does before it tries again.
 */
export function oneAtATime(mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const inside = new AsyncLocalStorage<true>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (work) => {
    assert(inside.getStore() === undefined, "transactions are never nested: the inner one would wait for the outer");
    if (waiting >= mostWaiting)
      throw new StoreUnavailable("busy", `${waiting} transactions are waiting for their turn`);
    waiting += 1;
    const turn = last.then(() => inside.run(true, work));
    // The next one's turn comes whatever became of this one; whoever asked for it hears of its failure.
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}
