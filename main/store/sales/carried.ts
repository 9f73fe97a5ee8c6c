import type { CarriedOrderState } from "#core/carried/order-word.ts";
import { fen } from "#core/money/fen.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { CarriedStore } from "#main/till/ports/carried-store.ts";
import { attemptOf } from "./attempt-rows.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

export interface CarriedRows {
  readonly port: CarriedStore;
  /** Inside a transaction: the attempt is new. */
  begin(attempt: Attempt): void;
  /** Inside a transaction: it has ended, with what else must be on disk and in the journal then. */
  end(attempt: Attempt): void;
}

interface OpenRow {
  readonly body: string;
  readonly there: CarriedOrderState | null;
}

/** What stands beside carried attempts: tries, the day's sum of typed codes, head office's word. */
export function carriedRows({ db, change }: SalesDatabase, journal: Journal): CarriedRows {
  const insert = db.prepare("INSERT INTO carried_attempts (out_trade_no) VALUES (?)");
  const tries = db.prepare<[string], number>("SELECT tries FROM carried_attempts WHERE out_trade_no = ?").pluck();
  const addTry = db.prepare("UPDATE carried_attempts SET tries = tries + 1, tried_on = ? WHERE out_trade_no = ?");
  const takeByCode = db.prepare("UPDATE carried_attempts SET by_code_fen = ? WHERE out_trade_no = ?");
  const agree = db.prepare("UPDATE carried_attempts SET is_agreed = 1 WHERE out_trade_no = ?");
  const note = db.prepare(
    "UPDATE carried_attempts SET there = ?, is_agreed = ? WHERE out_trade_no = ? AND is_agreed = 0",
  );
  const taken = db
    .prepare<[string], number>(
      "SELECT coalesce(sum(by_code_fen), 0) FROM carried_attempts WHERE tried_on = ? AND by_code_fen > 0",
    )
    .pluck();
  const open = db.prepare<[number], OpenRow>(`
    SELECT body, there FROM carried_attempts INDEXED BY carried_not_agreed JOIN attempts USING (out_trade_no)
    WHERE is_agreed = 0 ORDER BY created_at_ms, out_trade_no LIMIT ?`);
  const ended = db
    .prepare<[], number>(
      `SELECT count(*) FROM carried_attempts INDEXED BY carried_not_agreed JOIN attempts USING (out_trade_no)
       WHERE is_agreed = 0 AND state IN ('paid', 'abandoned')`,
    )
    .pluck();

  return {
    port: {
      codeTries: (outTradeNo) => tries.get(outTradeNo) ?? 0,
      noteCodeTry(outTradeNo, businessDate) {
        change(() => addTry.run(businessDate, outTradeNo));
      },
      takenByCodeFen: (businessDate) => fen(taken.get(businessDate) ?? 0),
      openCarried: (limit) => open.all(limit).map((row) => ({ attempt: attemptOf(row), there: row.there })),
      endedOpenCarried: () => ended.get() ?? 0,
      noteCarriedWord(outTradeNo, there, isAgreed) {
        change(() => note.run(there, isAgreed ? 1 : 0, outTradeNo));
      },
    },
    begin: ({ outTradeNo }) => void insert.run(outTradeNo),
    end(attempt) {
      const { outTradeNo, amountFen, saleId, state, carried, paid, undoReason } = attempt;
      if (paid !== null && "proof" in paid && paid.proof.by === "code") takeByCode.run(amountFen, outTradeNo);
      // Its QR was never shown: there is nothing to agree on.
      if (state === "failed") agree.run(outTradeNo);
      if (state !== "abandoned") return;
      const body = { outTradeNo, amountFen, nonce: carried?.nonce, saleId, reason: undoReason };
      journal.append({ kind: "carried-abandoned", body });
    },
  };
}
