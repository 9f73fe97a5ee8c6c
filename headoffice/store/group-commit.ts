import { AsyncLocalStorage } from "node:async_hooks";
import { assert } from "#core/result.ts";
import { StoreUnavailable } from "./sql.ts";
import { alone, type Turn } from "./turn.ts";

/** The one transaction that may be open; each of these is over when it returns. */
export interface OneTransaction {
  /** @param isDurable a power cut must not undo it once it is committed */
  begin(isDurable: boolean): void;
  commit(): void;
  /** An error of the disk may have undone it already. */
  isOpen(): boolean;
  rollback(): void;
}

/** How much may come together. */
export interface GroupLimits {
  /** Pieces of work that wait or are under way; one more is refused as busy. */
  readonly mostWaiting: number;
  /** Pieces of work of one commit. */
  readonly mostTogether: number;
}

export interface WorkOptions {
  readonly isAlone?: boolean;
  /** sql.ts says what that means. Beside work that may not be lost it is not either. */
  readonly mayBeLost?: boolean;
}

export type Committed = <T>(work: () => Promise<T>, options?: WorkOptions) => Promise<T>;

interface Waiting {
  readonly work: () => Promise<unknown>;
  readonly isAlone: boolean;
  readonly mayBeLost: boolean;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A database with one writer: what is to be written waits for its turn, and what came while the writer was busy is written
 * in one transaction, since a commit waits for the disk as long for many as for one. Each piece of work is as good as in a
 * transaction of its own: nobody is answered before the commit; where one fails, all is undone and each is done by itself,
 * so that it takes no other with it; a commit that fails fails for all. Work may therefore run twice (sql.ts).
 * @param turn of this thread among those that write the same database
 */
export function groupCommit(
  database: OneTransaction,
  { mostWaiting, mostTogether }: GroupLimits,
  turn: Turn = alone,
): Committed {
  const inside = new AsyncLocalStorage<true>();
  const queue: Waiting[] = [];
  let waiting = 0;
  let isBusy = false;

  async function settle(group: readonly Waiting[]): Promise<void> {
    const refuseAll = (error: unknown) => {
      undo(database);
      for (const { reject } of group) reject(error);
    };
    try {
      database.begin(group.some(({ mayBeLost }) => !mayBeLost));
    } catch (error) {
      return refuseAll(error);
    }
    const answers: unknown[] = [];
    try {
      for (const { work } of group) {
        answers.push(await inside.run(true, work));
        assert(database.isOpen(), "work that tells of an error which has undone the transaction");
      }
    } catch (error) {
      if (group.length === 1) return refuseAll(error);
      undo(database);
      for (const one of group) await settle([one]);
      return;
    }
    try {
      database.commit();
    } catch (error) {
      return refuseAll(error);
    }
    // The answers of the works, in their order.
    group.forEach(({ resolve }, index) => resolve(answers[index] as never));
  }

  /** Whoever is heard in this turn of the event loop comes along. */
  function nextTurn(): void {
    setImmediate(() => void takeTurn());
  }

  async function takeTurn(): Promise<void> {
    await turn.take();
    try {
      await settle(nextGroup(queue, mostTogether));
    } finally {
      turn.give();
    }
    isBusy = queue.length > 0;
    if (isBusy) nextTurn();
  }

  return async (work, { isAlone = false, mayBeLost = false } = {}) => {
    assert(inside.getStore() === undefined, "transactions are never nested: the inner one would wait for the outer");
    if (waiting >= mostWaiting)
      throw new StoreUnavailable("busy", `${waiting} transactions are waiting for their turn`);
    waiting += 1;
    try {
      return await new Promise((resolve, reject) => {
        queue.push({ work, isAlone, mayBeLost, resolve, reject });
        if (isBusy) return;
        isBusy = true;
        nextTurn();
      });
    } finally {
      waiting -= 1;
    }
  };
}

function undo(database: OneTransaction): void {
  try {
    if (database.isOpen()) database.rollback();
  } catch {
    // Whoever begins next finds it open, is refused and undoes it.
  }
}

/** Taken out of the queue: one that is to be alone, or all up to the next such one. */
function nextGroup(queue: Waiting[], mostTogether: number): readonly Waiting[] {
  if (queue[0]?.isAlone === true) return queue.splice(0, 1);
  const count = queue.findIndex(({ isAlone }, index) => index === mostTogether || isAlone);
  return queue.splice(0, count === -1 ? mostTogether : count);
}
