import { assert } from "#core/result.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { isFinished } from "#core/tender/step-attempt.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { attemptRows } from "./attempt-rows.ts";
import type { CarriedRows } from "./carried.ts";
import type { Drafts } from "./drafts.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

type AttemptsPort = Pick<
  SalesStore,
  | "createAttempt"
  | "saveAttempt"
  | "settleAttempt"
  | "unfinishedAttempts"
  | "attemptsOfSale"
  | "attempt"
  | "nextAttemptNumber"
>;

export interface Attempts {
  /** What the till may call; the rest is for other parts of the store. */
  readonly port: AttemptsPort;
  /** Inside a transaction: the final step and its journal entry. The same step again changes nothing. */
  settle(attempt: Attempt): void;
}

/** Payments with a gateway, each on disk before its first byte leaves; a finished one is finished for ever. */
export function attempts(
  { db, change }: SalesDatabase,
  journal: Journal,
  drafts: Drafts,
  carried: Pick<CarriedRows, "begin" | "end">,
): Attempts {
  const rows = attemptRows(db);
  const isCommitted = db.prepare<[string]>("SELECT 1 FROM sales WHERE sale_id = ?").pluck();
  const takeNumber = db
    .prepare<[], number>(
      "UPDATE meta SET next_attempt_number = next_attempt_number + 1 RETURNING next_attempt_number - 1",
    )
    .pluck();

  /** The stored attempt this is a later step of; who pays whom how much never changes. */
  function earlierStepOf(attempt: Attempt): Attempt {
    const { outTradeNo, saleId, tenderId, amountFen, protocol } = attempt;
    const stored = rows.find(outTradeNo);
    assert(stored !== null, `attempt ${outTradeNo} was created first`);
    const isSamePayment = stored.saleId === saleId && stored.tenderId === tenderId && stored.amountFen === amountFen;
    assert(isSamePayment, `attempt ${outTradeNo} keeps its sale, tender and amount`);
    assert(stored.protocol === protocol, `attempt ${outTradeNo} keeps the protocol it was begun with`);
    return stored;
  }

  function settle(attempt: Attempt): void {
    assert(isFinished(attempt), "a settled attempt is paid, failed, reversed or abandoned");
    const stored = earlierStepOf(attempt);
    if (stored.state === attempt.state) return;
    assert(!isFinished(stored), `attempt ${attempt.outTradeNo} is ${stored.state} for ever`);
    rows.update(attempt);
    journal.append({ kind: "attempt-settled", body: attempt });
    if (attempt.kind === "carried") carried.end(attempt);
  }

  const port: AttemptsPort = {
    createAttempt(attempt) {
      const { saleId } = attempt;
      assert(!isFinished(attempt), "a new attempt is not settled");
      change(() => {
        assert(isCommitted.get(saleId) === undefined, `sale ${saleId} is not finished yet`);
        assert(rows.ofSale(saleId).every(isFinished), `sale ${saleId} has no other unfinished attempt`);
        rows.insert(attempt);
        journal.append({ kind: "attempt-created", body: attempt });
        if (attempt.kind === "carried") carried.begin(attempt);
      });
    },
    saveAttempt(attempt) {
      assert(!isFinished(attempt), "a final step is settled, with its journal entry");
      change(() => {
        const stored = earlierStepOf(attempt);
        assert(!isFinished(stored), `attempt ${attempt.outTradeNo} is ${stored.state} for ever`);
        rows.update(attempt);
      });
    },
    settleAttempt(attempt, draft) {
      change(() => {
        settle(attempt);
        if (draft !== null) drafts.put(draft);
      });
    },
    unfinishedAttempts: () => rows.unfinished(),
    attemptsOfSale: (saleId) => rows.ofSale(saleId),
    attempt: (outTradeNo) => rows.find(outTradeNo),
    nextAttemptNumber() {
      const number = change(() => takeNumber.get());
      assert(number !== undefined, "meta has its one row");
      return number;
    },
  };
  return { port, settle };
}
